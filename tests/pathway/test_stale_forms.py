"""Of two who change one thing, the later one sees both versions, and nothing typed is lost."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.db.models import Model

from himaya.agencies.models import Desk
from himaya.directory.models import Roster
from himaya.inquiries.models import Suspect
from himaya.tasks.models import Task
from himaya.tasks.operations.giving import give
from tests.factories import journey, persons, services
from tests.factories.browsers import Browser, words_of
from tests.factories.moments import NOON
from tests.factories.people import People, Seat, seat

pytestmark = pytest.mark.slow  # a long series


@dataclass(frozen=True)
class Changed:
    """A record that two officers have open. one, other: both officers; column: what they change."""

    record: Model
    address: str
    one: Seat
    other: Seat


@dataclass(frozen=True)
class Form:
    """A form that changes something. shown: the words by which a page names the two answers."""

    make: Callable[[People], Changed]
    always: dict[str, object]
    name: str
    mine: object
    theirs: object
    shown: tuple[str, str]
    saved: Callable[[Model], object]


def two(people: People, role: str, desk: Desk) -> tuple[Seat, Seat]:
    """Two officers of one role at one desk."""
    return seat(role, desk), seat(role, desk)


def a_case(page: str) -> Callable[[People], Changed]:
    """A page of a case, open at two case workers."""

    def make(people: People) -> Changed:
        case = journey.opened(people)
        journey.screened(people, case)
        journey.presumed(people, case)
        case.refresh_from_db()
        return Changed(case, f"/cases/{case.pk}/{page}", people.worker, people.colleague)

    return make


def a_service(people: People) -> Changed:
    service = services.make_service("House", desk=people.shelter.desk)
    pair = two(people, "directory_keeper", people.worker.desk)
    return Changed(service, f"/directory/services/{service.pk}/edit", *pair)


def an_organization(people: People) -> Changed:
    giver = services.make_service("House", desk=people.shelter.desk).organization
    pair = two(people, "directory_keeper", people.worker.desk)
    return Changed(giver, f"/directory/organizations/{giver.pk}/", *pair)


def a_roster(people: People) -> Changed:
    desk = people.shelter.desk
    roster = Roster.objects.create(desk=desk, version=1)
    pair = two(people, "desk_supervisor", desk)
    return Changed(roster, f"/roster/{desk.pk}/keep", *pair)


def a_suspect(people: People) -> Changed:
    made = persons.inquired(people, lambda name: name)
    suspect = Suspect.objects.get(pk=made["suspect_id"])
    other = seat("prosecutor", people.prosecutor.desk)
    return Changed(suspect, f"/inquiries/suspects/{suspect.pk}/facts", people.prosecutor, other)


def a_task(page: str) -> Callable[[People], Changed]:
    def make(people: People) -> Changed:
        case = journey.opened(people)
        with people.worker.works():
            task = give(
                actor=people.worker.actor,
                case_id=case.pk,
                kind=Task.Kind.CONTACT,
                officer_id=None,
                until=NOON.date() + timedelta(days=4),
                words="",
                at=NOON,
            )
        return Changed(task, f"/tasks/{task.pk}/{page}", people.worker, people.colleague)

    return make


FACTS = {"child": "no", "sex": "male", "language": "hi"}
SERVICE = {"name": "House", "status": "active", "needs": ["shelter"], "families": "any"}
CHOICE = {"person_chose": "on", "informed": "on"}
FORMS = {
    "facts of the person": Form(
        a_case("facts"), FACTS, "citizenship", "IND", "NPL", ("India", "Nepal"),
        lambda row: row.citizenship,
    ),
    "the person's choice": Form(
        a_case("solution"), CHOICE, "solution", "stay", "new_employer",
        ("Stay in the country", "Work for a new employer"), lambda row: row.solution,
    ),
    "a service": Form(
        a_service, SERVICE, "alert", "Moved", "Full", ("Moved", "Full"), lambda row: row.alert
    ),
    "an agreement": Form(
        an_organization, {"signed_on": "2026-11-01"}, "ends_on", "2027-01-02", "2027-03-04",
        ("2 January 2027", "4 March 2027"), lambda row: row.protocol_ends_on.isoformat(),
    ),
    "a suspect": Form(
        a_suspect, {"sex": "male", "standing": "sought"}, "citizenship", "IND", "NPL",
        ("India", "Nepal"), lambda row: row.citizenship,
    ),
}  # fmt: skip


def filled(form: Form, value: object, version: int) -> dict[str, object]:
    """The form as an officer sends it."""
    return {**form.always, form.name: value, "version": str(version)}


@pytest.mark.parametrize("named", FORMS)
def test_a_stale_form_shows_both_versions_and_can_be_sent_again(people, named):
    form = FORMS[named]
    at = form.make(people)
    mine, theirs = Browser(at.one), Browser(at.other)
    before = at.record.version

    assert theirs.post(at.address, filled(form, form.theirs, before)).status_code == 302
    refused = mine.post(at.address, filled(form, form.mine, before))

    assert refused.status_code in {409, 422}
    page = words_of(refused)
    assert "A colleague changed this record while you had it open." in page
    row = page[page.index("What a colleague saved") :]
    assert all(words in row for words in form.shown), row[:400]
    at.record.refresh_from_db()
    assert form.saved(at.record) == form.theirs
    assert f'name="version" value="{at.record.version}"' in refused.content.decode()
    assert str(form.mine) in refused.content.decode()

    again = mine.post(at.address, filled(form, form.mine, at.record.version))
    assert again.status_code == 302
    at.record.refresh_from_db()
    assert form.saved(at.record) == form.mine


def test_a_roster_that_a_colleague_changed(people):
    at = a_roster(people)
    assert Browser(at.other).post(at.address, {"always": "on", "version": 1}).status_code == 302

    refused = Browser(at.one).post(at.address, {"version": 1})

    assert refused.status_code == 422
    assert "at every hour, day and night differs No Yes" in words_of(refused)
    assert Roster.objects.get(pk=at.record.pk).always


@pytest.mark.parametrize(
    ("page", "fields", "shown"),
    [
        ("drop", {"why": "not_possible"}, "It cannot be done"),
        ("pass-on", {"officer": ""}, "Nobody yet"),
    ],
)
def test_a_task_that_a_colleague_took(people, page, fields, shown):
    at = a_task(page)(people)
    taken = {"officer": str(at.one.officer.pk), "version": 1}
    assert Browser(at.other).post(f"/tasks/{at.record.pk}/pass-on", taken).status_code == 302

    refused = Browser(at.one).post(at.address, {**fields, "version": 1})

    assert refused.status_code == 409
    said = words_of(refused)
    assert "The task as it stands now" in said
    assert shown in said[said.index("What a colleague saved") :]
    again = Browser(at.one).post(at.address, {**fields, "version": 2})
    assert again.status_code == 302
