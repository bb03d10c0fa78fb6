"""The screening card on an officer's cheap telephone: what it weighs, how fast it asks and sends.

The telephone is Chromium, six times slower than this machine, on a slow line while it installs and
sends, and without any while it asks. A scripted officer answers sixteen questions by keyboard and
by touch. What the machine takes is measured; what people take is counted beside it: two words a
second to read a question aloud in the person's language, and five seconds for an answer.
HIMAYA_BENCH_RECORDS sets how many records wait to be sent, for a quick look.
"""

import importlib.util
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median

from playwright.sync_api import Browser, CDPSession

from himaya.installation.temporary import Running
from himaya.packs.loader import current
from tests.factories import phone as slow
from tests.factories.fieldphone import ALL_SIGNS, KEYS, FieldPhone, sign_in

MOST_BYTES = 100 * 1024  # over the wire, compressed, once: ten seconds of a slow line
MOST_A_SCREEN_MS = 1000
MOST_INTERVIEW_SECONDS = 300
MOST_SYNC_SECONDS = 120
RECORDS = int(os.environ.get("HIMAYA_BENCH_RECORDS", "500"))
WORDS_A_SECOND, ANSWER_SECONDS, REST_SECONDS = 2.0, 5.0, 45.0
# 400 kilobits a second, 400 milliseconds there and back.
LINE = {
    "offline": False,
    "latency": 400,
    "downloadThroughput": 400_000 / 8,
    "uploadThroughput": 400_000 / 8,
}
NO_LINE = {**LINE, "offline": True}
QUEUE = """async (many) => {
  const device = await kept.device();
  const interview = (place) => ({
    id: crypto.randomUUID(), began: Date.now() - place, ended: Date.now(), version: "1",
    age: "adult", informed: true, private: true, sex: "female", language: "en",
    interpreter: "", bound: false, stopped: false, answers: {papers: "yes", pay: "yes"},
    who: "", how: "", said: "x".repeat(200),
  });
  for (let place = 0; place < many; place += 1) {
    const one = interview(place);
    await kept.put(one.id, "done", await kept.sealed(one, device));
  }
}"""
SIZE = "() => kept.waiting().then((all) => all.reduce((sum, {record}) => sum + record.length, 0))"


def _known(running: Running) -> dict[str, str]:
    """How the invented field officer signs in."""
    found: dict[str, dict[str, str]] = json.loads(
        running.place.officers.read_text(encoding="utf-8")
    )
    return found["field_officer"]


@contextmanager
def a_phone(browser: Browser, running: Running) -> Iterator[tuple[FieldPhone, CDPSession]]:
    """A slow telephone on which a field officer has signed in."""
    site = f"http://localhost:{running.addresses.officers_port}"
    context = browser.new_context(locale="en", viewport=slow.SCREEN, has_touch=True)
    held = FieldPhone(context, site)
    held.page.set_default_timeout(300_000)
    line = context.new_cdp_session(held.page)
    line.send("Network.enable")
    line.send("Emulation.setCPUThrottlingRate", {"rate": slow.SLOWER})
    try:
        sign_in(held.page, site, _known(running))
        yield held, line
    finally:
        context.close()


def installed(held: FieldPhone) -> dict[str, int]:
    """Bytes over the wire of each thing that the telephone keeps, as a browser asks for it."""
    kept = held.page.evaluate(
        "() => fetch('/card/worker.js').then((answer) => answer.text())"
        ".then((text) => JSON.parse(text.match(/const KEPT = (\\[.*?\\]);/)[1]))"
    )
    return {path: _over_the_wire(held, path) for path in ["/card/worker.js", *kept]}


def _over_the_wire(held: FieldPhone, path: str) -> int:
    answer = held.context.request.get(
        f"{held.site}{path}", headers={"Accept-Encoding": "gzip", "Range": ""}
    )
    return int(answer.headers.get("content-length") or len(answer.body()))


def asked(held: FieldPhone, by: str) -> tuple[list[float], float]:
    """Milliseconds from each answer to the next question on the screen; seconds of all."""
    took, began = [], time.perf_counter()
    held.begin()
    for place, question in enumerate(current().card.questions):
        last = place == len(current().card.questions) - 1
        then = "!document.getElementById('end').hidden" if last else f"{place + 2} / "
        shown = (
            f"() => {then}" if last
            else f"() => document.getElementById('place').textContent.startsWith('{then}')"
        )  # fmt: skip
        value = ALL_SIGNS[question.id]
        start = time.perf_counter()
        if by == "keyboard":
            held.page.keyboard.press(str(KEYS.index(value) + 1))
        else:
            held.page.locator(f"#answers button[value={value}]").tap()
        held.page.wait_for_function(shown)
        took.append(1000 * (time.perf_counter() - start))
    held.finish(who="Somebody", said="They keep the passport.")
    whole = time.perf_counter() - began
    held.done()
    return took, whole


def of_people() -> float:
    """Seconds that people need for an interview, whatever the machine."""
    words = sum(len(each.ask.en.split()) for each in current().card.questions)
    answers = ANSWER_SECONDS * len(current().card.questions)
    return words / WORDS_A_SECOND + answers + REST_SECONDS


def sent(held: FieldPhone, line: CDPSession) -> tuple[float, int]:
    """Seconds to send all that waits on the slow line, and its bytes."""
    line.send("Network.emulateNetworkConditions", NO_LINE)
    held.page.evaluate(QUEUE, RECORDS)
    size = int(held.page.evaluate(SIZE))
    line.send("Network.emulateNetworkConditions", LINE)
    start = time.perf_counter()
    stands = held.page.evaluate("() => deliver()")
    took = time.perf_counter() - start
    assert stands == "", f"not everything arrived: {stands}"
    assert held.kept() == []
    return took, size


def measured(running: Running) -> dict[str, object]:
    """Everything, on one telephone after another."""
    with slow.a_browser() as browser, a_phone(browser, running) as (held, line):
        line.send("Network.emulateNetworkConditions", LINE)
        start = time.perf_counter()
        held.register(_known(running))
        installing = time.perf_counter() - start
        sizes = installed(held)
        line.send("Network.emulateNetworkConditions", NO_LINE)
        held.open()
        by = {way: asked(held, way) for way in ("keyboard", "touch")}
        seconds, size = sent(held, line)
    return {
        "bytes": sum(sizes.values()),
        "install_seconds": round(installing, 1),
        "screen_ms": round(max(median(took) for took, _whole in by.values())),
        "slowest_screen_ms": round(max(max(took) for took, _whole in by.values())),
        "keyboard_seconds": round(by["keyboard"][1], 1),
        "touch_seconds": round(by["touch"][1], 1),
        "with_people_seconds": round(max(whole for _took, whole in by.values()) + of_people()),
        "records": RECORDS + len(by),
        "record_bytes": size,
        "sync_seconds": round(seconds, 1),
        "files": sizes,
    }


def main(running: Running, *, as_json: bool) -> int:
    """Measure, print, and end with one line of JSON. Fails when an aim is missed."""
    aims = {
        "bytes": MOST_BYTES,
        "screen_ms": MOST_A_SCREEN_MS,
        "with_people_seconds": MOST_INTERVIEW_SECONDS,
        "sync_seconds": MOST_SYNC_SECONDS,
    }
    if importlib.util.find_spec("playwright") is None or slow.chromium() is None:
        print("There is no browser here to measure with.")
        return 1
    found = measured(running)
    if not as_json:
        for name, said in found.items():
            if name != "files":
                print(f"{name:22}{said:>10}" + (f"   aim {aims[name]}" if name in aims else ""))
        for path, size in found["files"].items():  # type: ignore[attr-defined]  # bytes by path
            print(f"  {size:8} {path}")
    print(json.dumps({"aims": aims, **found}))
    return 0 if all(found[name] <= most for name, most in aims.items()) else 1  # type: ignore[operator]  # numbers
