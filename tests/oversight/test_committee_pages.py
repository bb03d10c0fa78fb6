"""The committee's pages, as an officer's browser gets them and with the officers' database role."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client

from himaya.kernel.access import job
from himaya.oversight.models import Action, Decision, Meeting
from himaya.statistics.operations import store_file
from himaya.statistics.reading.incoming import read_ctdc, read_glotip
from tests.factories.committee import make_action, make_agency, make_decision, make_meeting
from tests.factories.facts import make_facts
from tests.factories.moments import NOON
from tests.factories.officers import make_officer, signed_in
from tests.factories.published import PERSON, ctdc_file, glotip_file, glotip_row
from tests.factories.roles import as_role

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
ALL_PAGES = ["/committee/", "/committee/meetings/", "/committee/actions/"]
MEETING = {
    "number": "4/2026",
    "held_on": "2026-11-15",
    "place": "Ministry of Justice",
    "agenda": "Shelters\n\n  Figures of the year \n",
}


def browser_of(role: str) -> Client:
    return signed_in(make_officer(role))


@pytest.fixture
def secretary() -> Iterator[Client]:
    """The secretariat's browser. The site works with the rights of its own database role."""
    make_agency()
    browser = browser_of("committee_secretariat")
    with as_role("staff"):
        yield browser


@pytest.fixture
def reader() -> Iterator[Client]:
    """A browser of somebody who reads the figures and does not keep the record."""
    browser = browser_of("data_protection_officer")
    with as_role("staff"):
        yield browser


@pytest.fixture
def published() -> None:
    """UNODC's table and a file of CTDC are there."""
    unodc = glotip_file(
        glotip_row(),
        glotip_row(Year="2016", txtVALUE="<5"),
        glotip_row(Year="2015", txtVALUE="7"),
        glotip_row(Year="2014", txtVALUE="62"),
        glotip_row(Year="2014", txtVALUE="43"),
        glotip_row(Indicator="Persons convicted", txtVALUE="1,018"),
    )
    for incoming in (
        read_glotip(unodc, latest_year=2026),
        read_ctdc(ctdc_file(*[PERSON] * 9), latest_year=2026),
    ):
        store_file(actor=job("import"), at=NOON, name="file.csv", incoming=incoming)


def text_of(page: str) -> str:
    """What a reader sees, without the markup and the marks of direction."""
    words = re.sub(r"<(style|script|title|desc)\b.*?</\1>|<[^>]*>", " ", page, flags=re.DOTALL)
    return " ".join(words.replace("\u2068", "").replace("\u2069", "").split())


def table_of(page: str, name: str) -> list[list[str]]:
    """The cells of one figure's table, row by row."""
    section = page.partition(f'id="{name}"')[2].partition("</section>")[0]
    body = section.partition("<tbody>")[2].partition("</tbody>")[0]
    rows = re.findall(r"<tr>(.*?)</tr>", body, flags=re.DOTALL)
    return [
        [text_of(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, flags=re.DOTALL)]
        for row in rows
    ]


def page_of(browser: Client, address: str = "/committee/") -> str:
    response = browser.get(address)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("address", ALL_PAGES)
@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("committee_secretariat", 200),
        ("data_protection_officer", 200),
        ("case_worker", 403),
        ("intake_officer", 403),
        ("prosecutor", 403),
    ],
)
def test_only_who_reads_the_figures_comes_in(role: str, status: int, address: str) -> None:
    browser = browser_of(role)
    with as_role("staff"):
        assert browser.get(address).status_code == status


@pytest.mark.parametrize("address", ALL_PAGES)
def test_who_has_not_signed_in_is_sent_to_sign_in(client: Client, address: str) -> None:
    assert client.get(address).status_code == 302


def test_without_a_case_the_page_says_so_and_shows_no_empty_table(secretary: Client) -> None:
    page = page_of(secretary)
    assert "No case has been recorded yet." in page
    assert "No table of UNODC has been imported yet." in page
    assert "<table" not in page


def test_the_first_case_shows_and_is_not_pointed_at() -> None:
    make_facts(1)
    browser = browser_of("committee_secretariat")
    with as_role("staff"):
        page = page_of(browser)

    assert "There are fewer than 5 persons so far" in page
    assert {cell for row in table_of(page, "status") for cell in row[1:]} == {"fewer than 5"}
    assert page.count("url(#status-few)") == 4


def test_each_figure_is_a_sentence_a_picture_a_table_and_where_it_comes_from() -> None:
    make_facts(12, protected=True, referred=True)
    make_facts(7, sex="male", form="organ_removal", status="identified")
    make_facts(6, status="none", status_month=None)
    browser = browser_of("committee_secretariat")
    with as_role("staff"):
        page = page_of(browser)

    assert "The largest group is “Presumed victim”: 12 of 25 persons." in page
    assert table_of(page, "status") == [
        ["Not decided yet", "6"],
        ["Presumed victim", "12"],
        ["Identified victim", "7"],
        ["Not a victim of trafficking", "0"],
        ["All persons", "25"],
    ]
    assert "Of 25 persons, 12 have been taken on by a service." in page
    assert ["All persons", "25"] in table_of(page, "step")
    for name in ("status", "step", "form", "sex_age", "month"):
        section = page.partition(f'id="{name}"')[2].partition("</section>")[0]
        places = [section.index(part) for part in ("<figcaption>", "<svg", "<table", "<dl")]
        assert places == sorted(places)
        for term in ("What is counted", "Unit", "Out of", "Period", "Source", "Taken out on"):
            assert f"<dt>{term}</dt>" in section


def test_a_small_number_cannot_be_taken_from_the_steps_instead() -> None:
    """21 persons of whom 19 are recognised: the step would give the other two away."""
    make_facts(19)
    make_facts(2, status="none", status_month=None)
    browser = browser_of("committee_secretariat")
    with as_role("staff"):
        page = page_of(browser)

    shown = {row[0]: row[1] for name in ("status", "step") for row in table_of(page, name)}
    assert shown["Presumed or identified as a victim"] == "kept back"
    assert shown["Presumed victim"] == "19"
    # Nobody is identified; that this reads the same as the two is what covers them.
    assert shown["Identified victim"] == shown["Not decided yet"] == "fewer than 5"


def test_what_others_publish_stands_beside_with_source_period_and_file(
    published: None, secretary: Client
) -> None:
    page = page_of(secretary)

    assert "for 2017: 48 persons" in text_of(page)
    assert table_of(page, "unodc") == [
        ["2014", "62 or 43", *["not published"] * 4],
        ["2015", "7", *["not published"] * 4],
        ["2016", "fewer than 5", *["not published"] * 4],
        ["2017", "48", *["not published"] * 3, "1,018"],
    ]
    assert "The file has 9 persons who were exploited in this country" in text_of(page)
    assert table_of(page, "ctdc_k_2020_reduced")[0] == ["Forced labour recorded", "9"]
    for known in ("UNODC data portal", "2014–2017", "CTDC Global Dataset", "SHA-256"):
        assert known in page


def test_the_page_is_whole_in_arabic_and_its_pictures_are_mirrored(
    published: None, secretary: Client
) -> None:
    english = page_of(secretary)
    secretary.post("/language", {"language": "ar", "next": "/committee/"})
    secretary.cookies["language"] = "ar"
    arabic = secretary.get("/committee/", headers={"accept-language": "ar"}).content.decode()

    assert 'dir="rtl"' in arabic
    assert 'text-anchor="end"' in arabic
    assert 'text-anchor="end"' not in english
    assert arabic.count('<svg class="chart"') == english.count('<svg class="chart"')


def test_nothing_on_the_page_is_inline_that_the_policy_bars(
    published: None, secretary: Client
) -> None:
    page = page_of(secretary)
    assert not re.search(r"<style|<script(?! src)|\sstyle=|\son[a-z]+=", page)
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_a_meeting_is_recorded_and_shown(secretary: Client) -> None:
    response = secretary.post("/committee/meetings/new/", MEETING)

    meeting = Meeting.objects.get()
    assert response.headers["Location"] == f"/committee/meetings/{meeting.pk}/"
    page = page_of(secretary, response.headers["Location"])
    assert [part in page for part in ("4/2026", "15 November 2026", "Ministry of Justice")]
    assert '<li dir="auto">Shelters</li><li dir="auto">Figures of the year</li>' in page
    assert "4/2026" in page_of(secretary, "/committee/meetings/")


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"number": ""}, "This field is required."),
        ({"held_on": "the day before yesterday"}, "Enter a valid date."),
        ({"agenda": "  \n "}, "This field is required."),
        ({"agenda": "x" * 301}, "An item is at most 300 characters long."),
        ({"agenda": "x\n" * 41}, "An agenda has at most 40 items."),
        ({"place": "\x00"}, "Null characters are not allowed."),
        ({"number": "n" * 21}, "at most 20 characters"),
    ],
)
def test_a_wrong_meeting_keeps_what_was_typed_and_says_what_is_wrong(
    secretary: Client, changed: dict[str, str], sentence: str
) -> None:
    response = secretary.post("/committee/meetings/new/", MEETING | changed)

    page = response.content.decode()
    assert response.status_code == 422
    assert sentence in page
    kept = [value for name, value in (MEETING | changed).items() if name not in changed]
    assert all(value.split("\n")[0] in page for value in kept)
    assert not Meeting.objects.exists()


def test_the_same_meeting_sent_twice_says_so_and_keeps_the_words(secretary: Client) -> None:
    secretary.post("/committee/meetings/new/", MEETING)
    response = secretary.post("/committee/meetings/new/", MEETING | {"place": "Elsewhere"})

    assert response.status_code == 422
    assert "recorded already" in response.content.decode()
    assert "Elsewhere" in response.content.decode()
    assert Meeting.objects.count() == 1


def test_a_decision_and_what_is_due_from_it_are_recorded_and_done_with_one_click() -> None:
    agency = make_agency()
    meeting = make_meeting()
    browser = browser_of("committee_secretariat")
    with as_role("staff"):
        browser.post(
            f"/committee/meetings/{meeting.pk}/decisions/", {"number": "1", "text": "Open it."}
        )
        decision = Decision.objects.get()
        browser.post(
            f"/committee/decisions/{decision.pk}/actions/",
            {"what": "Name a building", "agency": str(agency.pk), "due_on": "2026-11-16"},
        )
        action = Action.objects.get()
        before = page_of(browser, "/committee/actions/")
        answer = browser.post(f"/committee/actions/{action.pk}/done/", {"back": "actions"})
        again = browser.post(f"/committee/actions/{action.pk}/done/", {"back": "meeting"})
        after = page_of(browser, "/committee/actions/")

    assert "Name a building" in before
    assert "Overdue" in before
    assert 'aria-label="Done: Name a building"' in before
    assert answer.headers["Location"] == "/committee/actions/"
    assert again.headers["Location"] == f"/committee/meetings/{meeting.pk}/"
    assert "Overdue" not in after
    assert "Done</button>" not in after


def test_a_decision_that_cannot_be_recorded_keeps_the_words_on_the_page() -> None:
    decision = make_decision()
    browser = browser_of("committee_secretariat")
    with as_role("staff"):
        response = browser.post(
            f"/committee/meetings/{decision.meeting_id}/decisions/",
            {"number": decision.number, "text": "Words that took an hour"},
        )
    assert response.status_code == 422
    assert "has a decision with this number already" in response.content.decode()
    assert "Words that took an hour" in response.content.decode()


def test_an_action_due_too_early_or_sent_twice_keeps_the_words_on_the_page() -> None:
    action = make_action()
    form = {"what": action.what, "agency": str(action.agency_id), "due_on": "2026-12-01"}
    address = f"/committee/decisions/{action.decision_id}/actions/"
    browser = browser_of("committee_secretariat")
    with as_role("staff"):
        twice = browser.post(address, form)
        early = browser.post(address, form | {"due_on": "2026-11-01"})
    assert (twice.status_code, early.status_code) == (422, 422)
    assert "This action is recorded already." in twice.content.decode()
    assert "cannot be due before the meeting" in early.content.decode()
    assert early.content.decode().count("Name a building") == 1


def test_a_reader_sees_the_record_and_no_way_to_change_it() -> None:
    action = make_action()
    browser = browser_of("data_protection_officer")
    pages = ["/committee/meetings/", "/committee/actions/"]
    pages.append(f"/committee/meetings/{action.decision.meeting_id}/")
    with as_role("staff"):
        for address in pages:
            main = page_of(browser, address).partition("<main")[2]
            assert "<form" not in main
            assert "Record a" not in main
        for address in (
            "/committee/meetings/new/",
            f"/committee/meetings/{action.decision.meeting_id}/decisions/",
            f"/committee/decisions/{action.decision_id}/actions/",
            f"/committee/actions/{action.pk}/done/",
        ):
            assert browser.post(address, {}).status_code == 403
    action.refresh_from_db()
    assert action.done_at is None


@pytest.mark.parametrize(
    "address",
    [
        "/committee/meetings/00000000-0000-4000-8000-000000000000/",
        "/committee/decisions/00000000-0000-4000-8000-000000000000/actions/",
    ],
)
def test_what_is_not_there_is_not_found(secretary: Client, address: str) -> None:
    assert secretary.get(address).status_code == 404


def test_markup_in_a_decision_stays_text() -> None:
    meeting = make_meeting(agenda=["<b>Shelters</b>"])
    browser = browser_of("committee_secretariat")
    with as_role("staff"):
        page = page_of(browser, f"/committee/meetings/{meeting.pk}/")
    assert "<b>Shelters" not in page
    assert "&lt;b&gt;Shelters" in page


def test_the_figures_page_asks_the_database_little(
    published: None, secretary: Client, django_assert_max_num_queries: object
) -> None:
    make_more = page_of(secretary)
    assert make_more
    with django_assert_max_num_queries(20):  # type: ignore[operator]  # pytest-django's fixture
        page_of(secretary)
