"""The screening card on a telephone: no network, sealed, sent once, read by the desk alone."""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, StorageState

from himaya.fieldwork.rules import act_shown, answers_for, instrument_for, is_child
from himaya.identification.models import Answer
from himaya.identification.rules import advise
from himaya.packs.loader import current
from tests.factories.canary import files_below, look_for
from tests.factories.fieldphone import ALL_SIGNS, FieldPhone, sign_in
from tests.factories.threats import OFF, threat
from tests.journeys.conftest import CHROMIUM, FLAGS
from tests.journeys.people import PHONE, Officer, Person
from tests.journeys.service import Service

WHO, HOW, SAID = "CANARY-NAME-8d1f", "CANARY-REACH-2b7e", "CANARY-WORDS-5a90 كناري"
PLAIN = """addEventListener("DOMContentLoaded", () => {
  if (self.age) self.age = {keyPair: age.keyPair, seal: async (bytes) => bytes};
});"""
CHANGED = """(signature) => kept.device().then((device) =>
  kept.register({...device, desk: {...device.desk, signature}}))"""
ONE_DRAFT = "() => kept.drafts().then((all) => all.length === 1)"
SLEPT = """() => {
  const now = Date.now;
  Date.now = () => now() + 16 * 60_000;
  document.dispatchEvent(new Event("visibilitychange"));
}"""
WAITING = "() => kept.put(crypto.randomUUID(), 'done', new Uint8Array(400))"
SIGN_OUT = "() => document.querySelector('form[action$=\"/logout\"]').requestSubmit()"
ADVISE = """(asked) => {
  const card = JSON.parse(document.getElementById("card").dataset.said);
  return asked.map(([age, given]) => advise(card, age, given));
}"""
FLAT = "A" * 86 + "=="  # sixty-four bytes that nobody signed


@contextmanager
def telephone(browser: Browser, profile: Path, language: str = "en") -> Iterator[BrowserContext]:
    """A browser whose own files lie in a directory, as on a telephone that is stolen."""
    context = browser.browser_type.launch_persistent_context(
        profile,
        executable_path=CHROMIUM,
        chromium_sandbox=False,
        args=FLAGS,
        locale=language,
        viewport=PHONE,
        has_touch=True,
    )
    try:
        yield context
    finally:
        context.close()


@dataclass(frozen=True)
class Field:
    """The field officer: how they sign in, and a session begun once, for each code counts once."""

    site: str
    known: dict[str, str]
    session: StorageState


@pytest.fixture(scope="module")
def field(service: Service, browser: Browser) -> Field:
    """The field officer, signed in."""
    known = service.credentials("field_officer")
    context = browser.new_context()
    sign_in(context.new_page(), service.officers, known)
    session = context.storage_state()
    context.close()
    return Field(service.officers, known, session)


@pytest.fixture(scope="module")
def desk_session(service: Service, browser: Browser) -> StorageState:
    """That of an officer of the desk, unlocked."""
    desk = Officer(browser, service, "en", "identification_officer")
    desk.unlock()
    state = desk.context.storage_state()
    desk.context.close()
    return state


Phones = Callable[..., FieldPhone]


@pytest.fixture
def a_phone(browser: Browser, field: Field) -> Iterator[Phones]:
    """Telephones just registered."""
    contexts = []

    def make(language: str = "en") -> FieldPhone:
        context = browser.new_context(
            locale=language, viewport=PHONE, has_touch=True, storage_state=field.session
        )
        contexts.append(context)
        phone = FieldPhone(context, field.site, language)
        phone.register(field.known)
        return phone

    yield make
    for context in contexts:
        context.close()


@threat("C10")
def test_a_stolen_telephone_holds_no_word_before_it_sends_and_none_after(
    browser: Browser, field: Field, tmp_path: Path, control: str
) -> None:
    with telephone(browser, tmp_path) as context:
        context.add_cookies(field.session["cookies"])
        phone = FieldPhone(context, field.site)
        phone.register(field.known)
        if control == OFF:
            context.add_init_script(PLAIN)
        context.set_offline(True)
        phone.open()
        phone.begin()
        phone.answer(ALL_SIGNS)
        phone.finish(who=WHO, how=HOW, said=SAID)
        assert "point to trafficking" in phone.text()
        phone.done()
        assert [each["state"] for each in phone.kept()] == ["done"]
    before = look_for([WHO, HOW, SAID], files_below(tmp_path))

    assert before.looked_at > 100_000
    assert before.places == []
    with telephone(browser, tmp_path) as context:
        phone = FieldPhone(context, field.site)
        phone.open()
        phone.page.locator("[data-sent=signin]").wait_for()
        context.add_cookies(field.session["cookies"])
        phone.open()
        phone.page.locator("#sent").wait_for()
        assert phone.kept() == []
    assert look_for([WHO, HOW, SAID], files_below(tmp_path)).places == []


def test_a_revoked_device_keeps_what_it_has_and_sends_nothing(
    service: Service, a_phone: Phones, field: Field
) -> None:
    phone = a_phone()
    phone.context.set_offline(True)
    phone.begin()
    phone.answer({"papers": "yes"})
    phone.finish()
    phone.done()
    mark = phone.page.locator("#mark").inner_text()
    service.sql(
        "UPDATE fieldwork_device SET revoked_at = now(), ended = 'supervisor'"
        f" WHERE mark = '{mark}'"
    )
    phone.context.set_offline(False)
    phone.page.locator("[data-state=revoked]").wait_for()

    assert [each["state"] for each in phone.kept()] == ["done"]
    phone.register(field.known)
    phone.page.locator("#sent").wait_for()
    assert phone.kept() == []


@pytest.mark.parametrize("language", ["en", "ar"])
def test_sixteen_questions_by_keyboard_reach_the_desk_which_reads_and_takes_them_in(
    service: Service,
    browser: Browser,
    a_phone: Phones,
    desk_session: StorageState,
    language: str,
) -> None:
    phone = a_phone(language)
    looks = Person.of(phone.context, service.officers, language)
    looks.page.close()
    looks.page = phone.page
    looks.look()
    phone.context.set_offline(True)
    phone.page.reload()
    phone.ready()
    phone.begin(language="hi", interpreter="ur" if language == "en" else "")
    looks.look()
    phone.answer(ALL_SIGNS, by="keyboard")
    looks.look()
    phone.finish(who=f"{WHO}-{language}", said=SAID)
    looks.look()
    phone.done()
    phone.context.set_offline(False)
    phone.page.locator("#sent").wait_for()

    context = browser.new_context(locale=language, storage_state=desk_session)
    desk = Person.of(context, service.officers, language)
    newest = service.sql("SELECT id FROM fieldwork_card ORDER BY arrived_at DESC LIMIT 1")
    desk.goto("/cards/")
    desk.goto(f"/cards/{newest}/")
    desk.click("form[action$='/words'] button")
    assert f"{WHO}-{language}" in desk.text()
    desk.page.locator("main [name=into]").select_option("new")
    desk.page.locator("main [name=desk]").select_option(index=1)
    desk.choose(act="recruitment")
    desk.send("form[action$='/take']")
    path = desk.path()
    context.close()

    assert "/status" in path


def test_somebody_comes_and_everything_is_hidden_at_once(a_phone: Phones) -> None:
    phone = a_phone()
    phone.begin()
    first = current().card.questions[0].ask.en
    assert first in phone.text()

    phone.page.locator("#hide").tap()
    assert first not in phone.text()
    assert phone.page.title() == "Notes"
    for key in ("s", "1", "b"):
        phone.page.keyboard.press(key)
    assert phone.page.locator("#cover").is_visible()
    phone.page.keyboard.press("Escape")
    assert first in phone.text()
    phone.page.keyboard.press("s")
    phone.finish()
    assert "nothing can be advised" in phone.text()


@pytest.mark.parametrize("covered", [False, True], ids=["open", "covered"])
def test_whoever_wakes_a_telephone_that_slept_finds_no_interview(
    a_phone: Phones, covered: bool
) -> None:
    phone = a_phone()
    phone.begin()
    phone.page.keyboard.press("1")
    phone.page.wait_for_function(ONE_DRAFT)
    if covered:
        phone.page.keyboard.press("Escape")

    phone.page.evaluate(SLEPT)

    if covered:
        phone.page.wait_for_timeout(300)
        assert phone.page.locator("#cover").is_visible()
        phone.page.keyboard.press("Escape")
    phone.page.locator("#cut").wait_for()
    assert current().card.questions[1].ask.en not in phone.text()


def test_one_press_and_one_tap_answer_one_question_however_long_or_often(a_phone: Phones) -> None:
    phone = a_phone()
    place = phone.page.locator("#place")
    phone.begin()

    for _held in range(5):
        phone.page.keyboard.down("1")
    phone.page.keyboard.up("1")
    assert place.inner_text() == "2 / 16"

    phone.page.locator("#answers button[value=yes]").dblclick()
    assert place.inner_text() == "3 / 16"


@pytest.mark.parametrize("age", ["child", "unsure"])
def test_whoever_may_be_a_child_is_not_asked(a_phone: Phones, age: str) -> None:
    phone = a_phone()
    phone.begin(age=age)
    assert "Treat the person as a child" in phone.text()
    phone.page.locator("#child-end").tap()
    phone.finish(who=WHO)

    assert "The questions were not asked." in phone.text()


def test_an_interview_that_was_cut_off_is_sealed_and_goes_or_is_destroyed(
    a_phone: Phones,
) -> None:
    phone = a_phone()
    phone.begin()
    phone.page.keyboard.press("1")
    phone.page.keyboard.press("1")
    phone.page.wait_for_function(ONE_DRAFT)
    phone.open()
    assert "An interview was cut off" in phone.text()
    phone.page.locator("#destroy").tap()
    phone.page.locator("#cut").wait_for(state="hidden")
    assert phone.kept() == []

    phone.begin()
    phone.page.keyboard.press("1")
    phone.page.wait_for_function(ONE_DRAFT)
    phone.open()
    phone.page.locator("#keep").tap()
    phone.page.locator("#sent").wait_for()
    assert phone.kept() == []


def test_a_draft_that_nobody_went_on_with_expires(a_phone: Phones) -> None:
    phone = a_phone()
    phone.begin()
    phone.page.keyboard.press("1")
    phone.page.wait_for_function(ONE_DRAFT)
    phone.page.evaluate("() => { const now = Date.now; Date.now = () => now() + 25 * 3600_000; }")
    phone.page.evaluate("() => kept.expire()")

    assert phone.kept() == []


def test_nothing_is_sealed_to_a_key_that_the_registrar_did_not_sign(a_phone: Phones) -> None:
    phone = a_phone()
    phone.context.set_offline(True)
    phone.page.evaluate(CHANGED, FLAT)
    phone.open()

    assert "The desk's key cannot be confirmed." in phone.text()
    assert not phone.page.locator("#begin").is_visible()


def test_the_device_advises_as_the_server_does(a_phone: Phones) -> None:
    pack, draw = current(), random.Random(16)
    sets = {each.code: each for each in pack.instruments}
    questions = [each.id for each in pack.card.questions]
    given = [
        {each: draw.choice(offered) for each in questions}
        for offered in (Answer.Value.values, ("yes", "no"))
        for _case in range(300)
    ]
    asked = [(draw.choice(("adult", "child", "unsure")), answers) for answers in given]

    found = a_phone().page.evaluate(ADVISE, asked)

    for (age, answers), said in zip(asked, found, strict=True):
        instrument = instrument_for(sets, pack.card, age)
        advice = advise(
            instrument,
            answers_for(pack.card, instrument, answers),
            act_present=act_shown(pack.card, answers),
            child=is_child(age),
        )
        assert (said["instrument"], said["category"]) == (instrument.code, advice.category.value)
    assert {each["category"] for each in found} >= {"trafficking", "exploitation", "no_signs"}


def test_whoever_signs_out_keeps_the_card_and_what_waits(browser: Browser, field: Field) -> None:
    context = browser.new_context(viewport=PHONE, has_touch=True)
    phone = FieldPhone(context, field.site)
    sign_in(phone.page, field.site, field.known)
    phone.register(field.known)
    phone.page.evaluate(WAITING)

    phone.page.goto(f"{field.site}/devices/")
    phone.page.evaluate(SIGN_OUT)
    phone.page.wait_for_url("**/login**")
    context.set_offline(True)
    phone.open()

    assert [each["state"] for each in phone.kept()] == ["done"]
    assert phone.page.locator("#begin").is_visible()
    context.close()
