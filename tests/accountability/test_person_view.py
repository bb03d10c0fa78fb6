"""What a person is shown of who opened their file; and what everybody else is, which is nothing."""

import re
from datetime import timedelta
from unittest import mock

import pytest
from django.urls import reverse

from himaya.accountability.models import Release
from himaya.accountability.operations import person
from himaya.accountability.operations.overseeing import record_order
from himaya.accountability.queries import reads_of
from himaya.accountability.rules import Asker, Office
from himaya.agencies.models import Agency, Desk
from himaya.audit.record import record
from himaya.audit.sequencer import number_pending
from himaya.cases.models import Case
from himaya.kernel.access import Actor
from himaya.kernel.errors import NotPermitted
from tests.factories import offices
from tests.factories.browsers import Browser, words_of
from tests.factories.catalogue import ask, refused
from tests.factories.moments import NOON
from tests.factories.threats import threat

pytestmark = [pytest.mark.usefixtures("db"), pytest.mark.slow]
DAY = timedelta(days=1)
READ_AT = NOON - 3 * DAY
KINDS = {
    "pam": "CentralGovernmentOrganisation",
    "ngo": "NGO",
    "pp": "LegalService",
    "police": "LawEnforcement",
}


@pytest.fixture(scope="module")
def readers(scene):
    """A desk of each class of office, each of an agency of a fitting kind."""
    for code, kind in KINDS.items():
        Agency.objects.filter(pk=offices.agency(code).pk).update(kind=kind)
    return {
        Office.SHELTER: offices.desk(Desk.Kind.SHELTER, of=offices.agency("ngo")),
        Office.POLICE: scene.prosecutor.desk,
        Office.CASE_DESK: scene.worker.desk,
        Office.OVERSIGHT: offices.desk(Desk.Kind.OVERSIGHT, of=offices.agency("ngo")),
    }


@pytest.fixture
def read_by_all(case, readers):
    """The file of a case that each class of office has opened once, on a day of its own."""
    roles = {Office.SHELTER: "shelter_worker", Office.POLICE: "prosecutor"}
    for number, (office, desk) in enumerate(readers.items()):
        record(
            act="vault.read",
            actor=Actor(kind="officer", name=roles.get(office, "case_worker"), agency_id=None),
            at=READ_AT + number * timedelta(hours=1),
            subject_id=case.report_id if office is Office.CASE_DESK else case.pk,
            desk_id=desk.pk,
            purpose="casework",
            facts={"kind": "needs"},
        )
    while number_pending():
        pass
    return case


def shown_to(who, case, asker, *, at=NOON, number=None):
    """Which classes of office this asker is told of."""
    with who.works():
        found = person.show(actor=who.actor, number=number or case.pseudonym, asker=asker, at=at)
    return {each.office for each in found}


SEEN = {Office.SHELTER, Office.CASE_DESK, Office.OVERSIGHT}


@pytest.mark.parametrize(
    ("asker", "child", "seen"),
    [
        (Asker.PERSON, Case.Child.NO, SEEN),
        (Asker.PERSON, Case.Child.YES, SEEN),
        (Asker.GUARDIAN, Case.Child.YES, SEEN - {Office.SHELTER}),
        (Asker.GUARDIAN, Case.Child.UNKNOWN, SEEN - {Office.SHELTER}),
        (Asker.GUARDIAN, Case.Child.NO, set()),
        (Asker.INFORMANT, Case.Child.NO, set()),
        (Asker.SUSPECT, Case.Child.NO, set()),
        (Asker.STRANGER, Case.Child.NO, set()),
    ],
)
def test_who_asks_decides_what_is_shown(people, read_by_all, asker, child, seen):
    Case.objects.filter(pk=read_by_all.pk).update(child=child)

    assert shown_to(people.worker, read_by_all, asker) == seen


def nothing_is_held():
    """Reads by police and prosecution are shown at once."""
    return mock.patch.object(person, "police_reads_held", return_value=timedelta(0))


@threat("B8", off=nothing_is_held)
def test_what_the_prosecution_opened_is_held_back_until_time_releases_it(people, read_by_all):
    assert Office.POLICE not in shown_to(people.worker, read_by_all, Asker.PERSON)
    later = shown_to(people.worker, read_by_all, Asker.PERSON, at=NOON + 178 * DAY)

    assert Office.POLICE in later


def test_a_judges_order_releases_what_was_opened_before_it_and_nothing_after(people, read_by_all):
    with people.overseer.works():
        record_order(
            actor=people.overseer.actor,
            case_id=read_by_all.pk,
            ordered_on=NOON.date(),
            at=READ_AT - DAY,
        )
    assert Office.POLICE not in shown_to(people.worker, read_by_all, Asker.PERSON)

    with people.overseer.works():
        record_order(
            actor=people.overseer.actor, case_id=read_by_all.pk, ordered_on=NOON.date(), at=NOON
        )
    assert Office.POLICE in shown_to(people.worker, read_by_all, Asker.PERSON)
    assert shown_to(people.worker, read_by_all, Asker.SUSPECT) == set()


def test_only_data_protection_records_an_order(people, case, supervisors):
    for who in (people.worker, people.prosecutor, supervisors["own"]):
        with who.works(), pytest.raises(NotPermitted):
            record_order(actor=who.actor, case_id=case.pk, ordered_on=NOON.date(), at=NOON)
        with who.works():
            assert refused(
                "INSERT INTO accountability_release VALUES"
                " (gen_random_uuid(), %s, now(), now(), now(), %s)",
                case.pk,
                who.officer.pk,
            )
    assert not Release.objects.exists()


def test_the_database_answers_the_desk_that_leads_the_case_and_names_nobody(people, read_by_all):
    for who, rows in (
        (people.worker, 4),
        (people.stranger, 0),
        (people.identifier, 0),
        (people.intake, 0),
    ):
        with who.works():
            found = reads_of(read_by_all)
        assert len(found) == rows
    with people.worker.works():
        names = {
            column
            for (column,) in ask(
                "SELECT unnest(proargnames) FROM pg_proc WHERE proname = 'accountability_reads_of'"
            )
        }
    assert names == {
        "asked",
        "at",
        "office",
        "desk_kind",
        "agency_kind",
        "prosecutes",
        "purpose",
    }


def sheet(who, number, asker, language="en"):
    """The page that is shown or printed, without what differs on every page."""
    typed = {"number": number, "asker": asker, "language": language}
    page = Browser(who).post(reverse("accountability:asked"), typed)
    assert page.status_code == 200
    text = page.content.decode()
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"|nonce="[^"]*"', "", text)


def suspects_see_what_the_person_sees():
    """Whoever asks is shown everything that is not held back."""
    return mock.patch.object(
        person, "is_shown", lambda _asker, office, **_more: office is not Office.POLICE
    )


@threat("B8", off=suspects_see_what_the_person_sees)
def test_a_suspect_gets_the_page_of_a_stranger_and_of_a_number_that_is_none(people, read_by_all):
    """The same bytes: for this case, for one of another desk, and for no case at all."""
    pages = {
        sheet(people.worker, number, asker)
        for number, asker in (
            (read_by_all.pseudonym, "suspect"),
            (read_by_all.pseudonym, "stranger"),
            (read_by_all.pseudonym, "informant"),
            ("ZZ-9999", "suspect"),
            ("ZZ-9999", "person"),
        )
    }

    assert len(pages) == 1
    assert "There is nothing to show." in pages.pop()
    assert sheet(people.stranger, read_by_all.pseudonym, "person").count("<tr>") == 0


def test_a_suspects_question_asks_the_database_as_much_as_the_persons(people, read_by_all):
    counts = set()
    for asker, number in (
        ("person", read_by_all.pseudonym),
        ("suspect", read_by_all.pseudonym),
        ("suspect", "ZZ-9999"),
    ):
        browser = Browser(people.worker)
        typed = {"number": number, "asker": asker, "language": "en"}
        browser.post(reverse("accountability:asked"), typed)
        counts.add(len(browser.queries))

    assert len(counts) == 1


def test_the_page_names_offices_and_days_in_the_persons_language_and_no_officer(
    people, read_by_all
):
    page = sheet(people.worker, read_by_all.pseudonym.lower(), "person")
    table = page[page.index("<table>") : page.index("</table>")]
    assert table.count("<tr>") == 4
    assert "A shelter · Civil society" in table
    assert "to work on the case" in table
    assert people.worker.officer.username not in table
    assert people.worker.desk.label() not in table
    assert not re.search(r"\d\d:\d\d", table)

    arabic = sheet(people.worker, read_by_all.pseudonym, "person", "ar")
    assert 'lang="ar" dir="rtl"' in arabic
    assert "A shelter" not in arabic


def test_the_case_leads_to_the_page_with_its_number_and_an_empty_form_comes_back(people, case):
    browser = Browser(people.worker)
    page = browser.get(reverse("pathway:case", args=[case.pk]))
    assert "Show who opened the file" in words_of(page)

    form = browser.post(reverse("accountability:asked"), {"number": case.pseudonym})
    assert form.status_code == 200
    assert f'value="{case.pseudonym}"' in form.content.decode()
    typed = {"number": "", "asker": "person", "language": "en"}
    assert browser.post(reverse("accountability:asked"), typed).status_code == 422


def test_that_somebody_asked_is_recorded_by_what_they_are(people, read_by_all):
    shown_to(people.worker, read_by_all, Asker.SUSPECT)
    shown_to(people.worker, read_by_all, Asker.PERSON, number="ZZ-9999")

    rows = ask("SELECT subject_id, facts FROM audit_pending WHERE act = 'access.person_asked'")
    assert {row[0] for row in rows} == {read_by_all.pk, None}
    assert all('"asker":' in row[1] for row in rows)
