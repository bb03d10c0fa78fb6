"""The operator's pages: safety first, two languages side by side, every word kept."""

import re
from html import unescape

import pytest

from himaya.config.languages import CODES
from himaya.hotline import script
from himaya.hotline.forms import CallForm, in_tongue
from himaya.hotline.models import Call, Draft, Handover
from himaya.hotline.notes import Notes
from himaya.hotline.presenters import parts, words
from himaya.packs.loader import current
from himaya.packs.vocabulary import ChannelKind
from himaya.reporting.conversation import conversation_of
from himaya.reporting.models import Report
from himaya.reporting.public.answers import NAMES
from himaya.reporting.receipts import digits_in, open_receipt
from tests.factories.calls import NUMBER, handed, notes, on_line, over

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("db")]
SAID = {
    "safe": "no",
    "heard": "yes",
    "place": "behind the market",
    "story": "canary-typed-story",
    "role": "self",
    "contact_how": "her sister",
    "language": "bn",
    "seed": "5e" * 32,
}


@pytest.fixture
def began(people):
    """A browser of the operator with a call on the line, and the call's address."""
    browser = people.operator.browser()
    answer = browser.post("/hotline/calls/", {"language": "hi", "number": ""})
    assert answer.status_code == 302
    return browser, answer.headers["Location"]


def text(answer):
    return unescape(answer.content.decode())


def test_the_call_page_asks_first_whether_the_caller_is_safe(began):
    browser, address = began
    page = text(browser.get(address))

    questions = re.findall(r'name="(\w+)"', page.partition('name="call"')[2])
    asked = [name for name in dict.fromkeys(questions) if name in {"safe", *NAMES}]
    assert asked[0] == "safe"
    assert set(NAMES) <= set(asked)
    for line in current().channels:
        if line.kind is ChannelKind.EMERGENCY:
            assert line.address in page.partition('name="call"')[0]


def test_what_to_do_at_once_follows_the_answers():
    calm = words.at_once(Notes(safe="yes", heard="no", speaks="yes"), current())
    worst = words.at_once(Notes(safe="no", heard="yes", speaks="no"), current())

    assert calm == []
    assert any("112" in each for each in worst)
    assert len(worst) == 5


@pytest.mark.parametrize("language", sorted(CODES))
def test_every_question_is_said_in_the_callers_language_beside_the_officers(language):
    pack = current()
    form = CallForm(pack=pack)
    made = parts.parts(form, in_tongue(pack, language, Notes()), pack, language)

    questions = [question for part in made for question in part.questions]
    assert {question.field.name for question in questions} == {
        *NAMES,
        "safe",
        "speaks",
        "heard",
        "place",
    }
    assert made[0].id == parts.SAFETY
    for said in [line for part in made for line in part.lines] + [each.said for each in questions]:
        assert said.text
        assert "\ue000" not in said.text
        assert said.direction == script.direction_of(said.language)
        assert said.lacking or said.language == language


def test_every_part_has_a_key_of_its_own_and_the_list_names_each():
    keys = [key for key, _does in parts.KEYS]

    assert len(set(keys)) == len(keys)
    assert {plan.key for plan in parts.PLAN} <= set(keys)


def test_each_button_keeps_all_words_and_another_language_loses_none(began):
    browser, address = began
    answer = browser.post(address, SAID | {"go": "language"})
    assert answer.status_code == 302
    page = text(browser.get(answer.headers["Location"]))

    assert Call.objects.get().language == "bn"
    for kept in ("canary-typed-story", "behind the market", "her sister"):
        assert kept in page
    assert 'lang="bn"' in page
    assert "On another telephone" in page


def test_a_button_leads_to_the_next_part_without_a_script(began):
    browser, address = began
    answer = browser.post(address, SAID | {"go": "story"})

    assert answer.headers["Location"].endswith("?at=story#story")
    page = text(browser.get(answer.headers["Location"].partition("#")[0]))
    assert re.search(r'<h2 id="story"[^>]* autofocus', page)
    assert page.count("autofocus") == 1


def test_what_the_script_sends_is_kept_and_answered_with_nothing(began):
    browser, address = began
    answer = browser.post(f"{address}keep", SAID)

    assert (answer.status_code, answer.content) == (204, b"")
    assert "canary-typed-story" in text(browser.get(address))


def test_it_is_kept_also_when_the_key_was_locked_meanwhile(people, began):
    """Sealing needs the public half only: a long call outlasts the half-hour."""
    browser, address = began
    locked = people.operator.browser(unlocked=False)

    assert locked.post(f"{address}keep", SAID).status_code == 204
    assert locked.get(address).status_code == 403
    assert "canary-typed-story" in text(browser.get(address))


@pytest.mark.parametrize("wrong", [{"persons": "hundreds"}, {"story": "canary-typed-story" * 2000}])
def test_words_survive_a_refusal(began, wrong):
    browser, address = began
    page = browser.post(address, SAID | wrong | {"go": "wrap_up"})

    assert page.status_code == 422
    assert "canary-typed-story" in text(page)
    assert "her sister" in text(browser.get(address))


def test_a_form_that_is_none_of_ours_keeps_nothing(began):
    browser, address = began

    assert browser.post(f"{address}keep", SAID | {"seed": "short"}).status_code == 422
    assert "canary-typed-story" not in text(browser.get(address))


def test_filed_the_number_is_read_out_once_and_the_words_are_gone(began):
    browser, address = began
    browser.post(address, SAID)
    wrap_up = text(browser.get(f"{address}end"))
    assert "canary-typed-story" in wrap_up

    filed = browser.post(f"{address}file", follow=True)
    number = digits_in(re.search(r'class="receipt"[^>]*>([^<]+)<', text(filed))[1])
    assert conversation_of(open_receipt(number)).report_id == Report.objects.get().pk
    assert "canary-typed-story" not in text(filed)
    again = browser.post(f"{address}file", follow=True)
    assert digits_in(re.search(r'class="receipt"[^>]*>([^<]+)<', text(again))[1]) == number
    after = text(browser.post(f"{address}said", follow=True))
    assert "receipt" not in after
    assert not Draft.objects.exists()
    assert Report.objects.count() == 1


def test_a_call_ends_with_a_code_and_what_was_noted_is_asked_about_first(began):
    browser, address = began
    browser.post(address, SAID)

    assert browser.post(f"{address}end", {"outcome": "hung_up"}).status_code == 422
    ended = browser.post(f"{address}end", {"outcome": "hung_up", "destroy": "on"})
    assert ended.status_code == 302
    assert Call.objects.get().outcome == "hung_up"


def test_the_number_is_told_of_and_shown_on_no_page(people, began):
    browser, _address = began
    over(people.operator, Call.objects.get())
    pages = []
    for _call in range(2):
        answer = browser.post("/hotline/calls/", {"language": "en", "number": NUMBER}, follow=True)
        pages.append(text(answer))
        over(people.operator, Call.objects.get(ended_at=None))

    assert "Nobody is known to have called" in pages[0]
    assert "once before" in pages[1]
    assert not any("5512" in page for page in pages)


def test_a_number_that_is_none_is_refused_with_a_sentence_and_the_call_goes_on(began):
    browser, address = began
    page = browser.post(f"{address}number", {"number": "12"})

    assert page.status_code == 422
    assert "no telephone number" in text(page)
    assert 'value="12"' not in text(page)


def test_a_caller_is_handed_on_from_page_to_page(people, began):
    browser, address = began
    browser.post(address, SAID)
    waiting = browser.post(f"{address}offer", {"desk": str(people.colleague.desk.pk)})
    handing = waiting.headers["Location"]
    assert "Waiting for somebody" in text(browser.get(handing))

    colleague = people.colleague.browser()
    assert "A caller waits on the line" in text(colleague.get("/"))
    assert handing in text(colleague.get("/hotline/"))
    taken = colleague.post(f"{handing}take", follow=True)
    assert "canary-typed-story" in text(taken)
    assert "You can hang up" in text(browser.get(handing))
    for gone in (address, f"{address}end", f"{address}said"):
        assert browser.get(gone).status_code == 404
    assert browser.post(f"{address}keep", SAID).status_code == 404


def test_strangers_are_told_that_there_is_nothing(people):
    call = on_line(people.operator, told=notes())
    handover = handed(people.operator, call, people.operator.desk.pk)
    for who, status in ((people.elsewhere, 404), (people.intake, 403)):
        browser = who.browser()
        for path in (f"calls/{call.pk}/", f"calls/{call.pk}/end", f"handing/{handover.pk}/"):
            assert browser.get(f"/hotline/{path}").status_code == status
        assert browser.post(f"/hotline/handing/{handover.pk}/take").status_code == status
    assert Handover.objects.get().taken_at is None


def test_an_open_call_stands_on_the_day_until_it_ends(people, began):
    browser, address = began

    assert address in text(browser.get("/"))
    assert browser.post("/hotline/calls/", {"language": "en"}).status_code == 409
    over(people.operator, Call.objects.get())
    assert address not in text(browser.get("/"))
