"""In person and on paper: the questions of the screen, entered once, read by the right desk."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from himaya.config.languages import CODES
from himaya.doors.paper.entering import enter_report
from himaya.doors.paper.forms import QUESTIONS, EntryForm
from himaya.doors.paper.sheet import content, sheet
from himaya.kernel.errors import NotKnown, NotPermitted
from himaya.packs.loader import current
from himaya.reporting.contents import Told
from himaya.reporting.conversation import conversation_of
from himaya.reporting.models import Report
from himaya.reporting.operations.read import read
from himaya.reporting.public.forms import ReadersForm, RoleForm, StoryForm
from himaya.reporting.queries import report_for
from himaya.reporting.receipts import digits_in, open_receipt
from himaya.vault import upload
from himaya.vault.models import Sealed
from tests.factories.desks import seat
from tests.factories.roles import as_officer

RECEIPT = re.compile(r'class="receipt"[^>]*>([^<]+)<')
STORY = "canary-counter-story-7f3a"
SEED = "5e" * 32
WHOLE = {
    "language": "ar",
    "role": "other",
    "story": STORY,
    "danger": "not_now",
    "child": "unknown",
    "persons": "6-20",
    "involved": "nobody",
    "contact_channel": "person",
    "contact_how": "her sister",
    "contact_hours": "06-12",
    "contact_when": "not on Friday",
    "contact_answer": "only_me",
    "contact_say": "the tailor",
    "seed": SEED,
}


def test_paper_and_screen_ask_the_same_questions_under_the_same_names():
    on_screen = {
        *RoleForm().fields,
        *StoryForm().fields,
        *ReadersForm(pack=current()).fields,
    }
    printed = [each["id"] for page in content(current())["pages"] for each in page]

    assert set(printed) == set(QUESTIONS) == on_screen
    assert printed == [name for name in EntryForm(pack=current()).fields if name in QUESTIONS]


def test_the_form_on_paper_says_nothing_of_what_it_is_for():
    assert "report" not in str(content(current())["title"]).lower()


@pytest.mark.slow
@pytest.mark.parametrize("language", sorted(CODES))
def test_the_form_is_two_pages_in_every_public_language(language):
    made = sheet(current(), language)

    assert made.startswith(b"%PDF-")
    assert re.search(rb"/Type\s*/Pages\b.{0,400}?/Count 2\b", made, re.DOTALL)
    assert made == sheet(current(), language)


@pytest.mark.slow
def test_what_was_said_reaches_the_desk_field_by_field(officers):
    officer = officers["pnc_intake"]
    page = officer.browser().post("/walk-in/", WHOLE).content.decode()

    report = Report.objects.get()
    assert (report.channel, report.language, report.role) == ("walk_in", "ar", "other")
    assert (report.danger, report.child, report.persons) == (["not_now"], "unknown", "6-20")
    opened = read(
        actor=officer.actor,
        keyring=officer.keyring,
        report_id=report.pk,
        at=timezone.now(),
        reason="day_list",
    )
    said = {f"contact_{name}": getattr(opened.contact, name) for name in
            ("channel", "how", "hours", "when", "answer", "say")}  # fmt: skip
    assert said.items() <= WHOLE.items()
    assert opened.story == STORY
    number = digits_in(re.search(r'class="receipt"[^>]*>([^<]+)<', page)[1])
    assert conversation_of(open_receipt(number)).report_id == report.pk


@pytest.mark.slow
def test_the_same_form_twice_is_one_report_and_one_number(officers):
    browser = officers["pnc_intake"].browser()
    numbers = [
        re.search(
            r'class="receipt"[^>]*>([^<]+)<', browser.post("/walk-in/", WHOLE).content.decode()
        )
        for _press in range(2)
    ]

    assert numbers[0][1] == numbers[1][1]
    assert Report.objects.count() == 1


@pytest.mark.slow
@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"story": "", "danger": ""}, 422),
        ({"story": STORY + "x" * 20_000}, 422),
        ({"persons": "hundreds"}, 422),
        ({"seed": "short"}, 422),
    ],
)
def test_words_survive_a_refusal(officers, wrong, status):
    page = officers["pnc_intake"].browser().post("/walk-in/", WHOLE | wrong)

    assert page.status_code == status
    assert "the tailor" in page.content.decode()
    assert (WHOLE | wrong)["story"][:20] in page.content.decode()
    assert not Report.objects.exists()


def paper(content, name="passport.jpg"):
    return SimpleUploadedFile(name, content, "image/jpeg")


@pytest.mark.slow
def test_photographs_and_papers_are_sealed_as_they_were_handed_over(officers):
    officer = officers["pnc_intake"]
    came = [b"\xff\xd8 canary-of-a-page", b""]
    browser = officer.browser()
    first = browser.post("/walk-in/", WHOLE | {"papers": [paper(each) for each in came]})
    again = browser.post("/walk-in/", WHOLE | {"papers": [paper(each) for each in came]})

    report = Report.objects.get()
    opened = read(
        actor=officer.actor,
        keyring=officer.keyring,
        report_id=report.pk,
        at=timezone.now(),
        reason="day_list",
    )
    files = [attached.file for attached in opened.files]
    assert sorted(file.content for file in files) == sorted(came)
    assert {file.name for file in files} == {"passport.jpg"}
    shown = [RECEIPT.search(page.content.decode())[1] for page in (first, again)]
    assert shown[0] == shown[1]
    sealed = b"".join(bytes(each.content) for each in Sealed.objects.all())
    assert b"canary-of-a-page" not in sealed


@pytest.mark.slow
def test_a_paper_alone_is_a_report(officers):
    only = dict.fromkeys(WHOLE, "") | {"language": "ar", "seed": SEED}
    page = officers["pnc_intake"].browser().post("/walk-in/", only | {"papers": [paper(b"page")]})

    assert page.status_code == 200
    assert Report.objects.get().channel == "walk_in"


@pytest.mark.slow
def test_papers_that_are_too_large_are_refused_and_the_words_stay(officers, monkeypatch):
    monkeypatch.setattr(upload.InMemory.__init__, "__defaults__", (None, 1000))

    page = (
        officers["pnc_intake"].browser().post("/walk-in/", WHOLE | {"papers": [paper(b"x" * 2000)]})
    )

    assert page.status_code == 413
    assert STORY in page.content.decode()
    assert not Report.objects.exists()


@pytest.mark.slow
def test_whoever_entered_it_for_another_desk_cannot_read_it(officers):
    writer, receiver = officers["pnc_intake"], officers["ndhr_independent"]
    told = Told(language="en", story=STORY, involved="any_official")
    at = timezone.now()

    with as_officer(writer.actor):
        enter_report(actor=writer.actor, told=told, seed=bytes.fromhex(SEED), at=at)
        assert not Report.objects.exists()

    report = Report.objects.get()
    assert report.desk.code == "ndhr_independent"
    with pytest.raises(NotKnown):
        report_for(writer.actor, report.pk)
    assert report_for(receiver.actor, report.pk) == report


@pytest.mark.slow
def test_only_an_officer_of_intake_may_enter_one(officers):
    worker = seat("pnc_intake", "case_worker")

    assert worker.browser().get("/walk-in/").status_code == 403
    with pytest.raises(NotPermitted):
        enter_report(
            actor=worker.actor,
            told=Told(language="en", story=STORY),
            seed=bytes.fromhex(SEED),
            at=timezone.now(),
        )


@pytest.mark.slow
def test_the_printed_form_is_a_file_and_of_a_public_language(officers):
    browser = officers["pnc_intake"].browser()

    made = browser.get("/walk-in/form-ar.pdf")
    assert made.headers["Content-Type"] == "application/pdf"
    assert browser.get("/walk-in/form-xx.pdf").status_code == 404
