"""What the running service writes to its logs while marked requests come to both sites."""

import contextlib
import urllib.error
import urllib.request

from tests.factories.canary import files_below, look_for
from tests.journeys.service import Service

AGENT, PATH, WORDS = "canary-agent-61f0", "canary-path-b25e", "canary-words-7ad1"
ADDRESS = "203.0.113.179"
MARKED = [AGENT, PATH, WORDS, ADDRESS]
HEADERS = {"User-Agent": AGENT, "X-Forwarded-For": ADDRESS, "Cookie": f"session={PATH}"}


def ask(site: str, method: str, path: str, body: bytes | None = None, **more: str) -> None:
    """One request, whatever becomes of it."""
    headers = {**HEADERS, "Referer": f"{site}/{PATH}", **more}
    request = urllib.request.Request(f"{site}{path}", body, headers, method=method)
    with contextlib.suppress(urllib.error.HTTPError, OSError):
        urllib.request.urlopen(request, timeout=10).close()


def ask_everything(service: Service) -> None:
    """Pages that are there, pages that are not, forms, and what nobody can read."""
    for site in (service.public, service.officers):
        ask(site, "GET", f"/?{PATH}={WORDS}")
        ask(site, "GET", f"/{PATH}")
        ask(site, "PROPFIND", f"/{PATH}")
        ask(site, "GET", f"/{PATH * 400}")
        ask(site, "POST", "/2", f"story={WORDS}".encode())
        ask(site, "POST", "/login", f"login={WORDS}&password={WORDS}".encode())
        ask(
            site,
            "POST",
            "/2",
            f"--x\r\n{WORDS}".encode(),
            **{"Content-Type": "multipart/form-data"},
        )
        ask(site, "POST", "/4", b"x", **{"Content-Length": "99999999999"})
        ask(site, "GET", "/", Host=f"{PATH}.example.org:99999")


def test_no_log_of_the_service_tells_of_a_request(service: Service) -> None:
    before = (service.data / "up.log").stat().st_size
    ask_everything(service)
    logs = [(name, content) for name, content in files_below(service.data) if "log" in name]

    assert look_for(MARKED, logs).places == []
    assert before > 0
    assert any(name.endswith("up.log") for name, _content in logs)


def test_the_search_finds_what_a_log_would_tell() -> None:
    told = [("log", f"GET /{PATH} {AGENT} {ADDRESS}".encode())]

    assert look_for(MARKED, told).places == ["log"]
