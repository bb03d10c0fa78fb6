"""What the database refuses of an act of two, whatever the program asks of it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction

from himaya.accounts.models import Officer, TwoPersonAct
from himaya.kernel.access import Actor, Permission
from tests.factories.catalogue import ask
from tests.factories.dangerous import TABLE, without_guards
from tests.factories.moments import NOON
from tests.factories.roles import as_officer
from tests.factories.threats import threat
from tests.factories.two_person import approved, asked, bodies

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
LATER = NOON + timedelta(hours=1)


@pytest.fixture
def two():
    return bodies()


def went_through(actor: Actor, statement: str, *values: object) -> bool:
    """Whether a statement, by the officers' site acting for somebody, changed anything."""
    with as_officer(actor):
        try:
            with transaction.atomic():
                return bool(ask(f"{statement} RETURNING 1", *values))
        except DatabaseError:
            return False


DECIDE = (
    f"UPDATE {TABLE} SET decided_by_id = %s, decided_by_agency_id = %s, decided_at = %s,"
    " confirmed = true WHERE id = %s"
)


def decides(actor: Actor, request: TwoPersonAct, who: Actor, *, agency=None, at=LATER) -> bool:
    """`actor` writes that `who` allowed it."""
    body = agency or who.agency_id
    return went_through(actor, DECIDE, who.officer_id, body, at, request.pk)


@threat("B2", off=without_guards)
def test_nobody_allows_what_they_asked_for_themselves(two):
    assert not decides(two.asker, asked(two), two.asker)


@threat("B2", off=without_guards)
def test_nobody_allows_in_the_name_of_somebody_else(two):
    assert not decides(two.asker, asked(two), two.other)


@threat("B2", off=without_guards)
def test_nobody_allows_from_the_same_body(two):
    assert not decides(two.colleague, asked(two), two.colleague)


@threat("B2", off=without_guards)
def test_nobody_allows_from_a_body_that_is_not_theirs(two):
    assert not decides(two.colleague, asked(two), two.colleague, agency=two.other.agency_id)


@threat("B2", off=without_guards)
def test_nobody_allows_too_late(two):
    request = asked(two)

    assert not decides(two.other, request, two.other, at=request.expires_at)


@threat("B2", off=without_guards)
def test_nobody_allows_without_the_permission(two):
    stranger = Actor("officer", "x", officer_id=two.other.officer_id, agency_id=two.other.agency_id)

    assert not decides(stranger, asked(two), stranger)


@threat("B2", off=without_guards)
def test_nobody_allows_what_a_suspended_officer_asked_for(two):
    request = asked(two)
    Officer.objects.filter(pk=two.asker.officer_id).update(is_active=False)

    assert not decides(two.other, request, two.other)


CHANGES = {
    "the subject": "subject_id = gen_random_uuid()",
    "the act": "act = 'officer.change'",
    "the reason": "reason = 'danger'",
    "that another body decides": "other_body = false",
    "who asked": "asked_by_id = decided_by_id",
    "its time": "expires_at = expires_at + interval '1 day'",
    "the decision": "confirmed = false",
    "who decided": "decided_by_id = asked_by_id",
    "when": "decided_at = decided_at + interval '1 minute'",
    "that it was allowed": "decided_by_id = NULL, decided_by_agency_id = NULL, decided_at = NULL,"
    " confirmed = NULL",
}


@threat("B2", off=without_guards)
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_was_asked_and_decided_stays(two, change):
    request = approved(two)

    assert not went_through(two.asker, f"UPDATE {TABLE} SET {change} WHERE id = %s", request.pk)


@threat("B2", off=without_guards)
def test_what_was_refused_is_never_allowed(two):
    request = asked(two)
    TwoPersonAct.objects.filter(pk=request.pk).update(
        decided_by=two.other.officer_id,
        decided_by_agency=two.other.agency_id,
        decided_at=LATER,
        confirmed=False,
    )

    assert not decides(two.other, request, two.other)


@threat("B2", off=without_guards)
def test_nobody_takes_back_what_somebody_else_asked_for(two):
    request = asked(two)
    take_back = f"UPDATE {TABLE} SET withdrawn_at = %s WHERE id = %s"

    assert not went_through(two.colleague, take_back, LATER, request.pk)


@threat("B2", off=without_guards)
def test_what_was_taken_back_is_never_allowed(two):
    request = asked(two)
    TwoPersonAct.objects.filter(pk=request.pk).update(withdrawn_at=LATER)

    assert not decides(two.other, request, two.other)


USE = f"UPDATE {TABLE} SET used_at = %s WHERE id = %s"


@threat("B2", off=without_guards)
def test_nothing_is_done_that_nobody_allowed(two):
    assert not went_through(two.asker, USE, LATER, asked(two).pk)


@threat("B2", off=without_guards)
def test_nothing_is_done_twice(two):
    request = approved(two)
    assert went_through(two.asker, USE, LATER, request.pk)

    assert not went_through(two.asker, USE, LATER, request.pk)


@threat("B2", off=without_guards)
def test_nothing_is_done_after_its_time(two):
    request = approved(two)

    assert not went_through(two.asker, USE, request.expires_at, request.pk)


@threat("B2", off=without_guards)
def test_no_request_is_removed(two):
    assert not went_through(two.asker, f"DELETE FROM {TABLE} WHERE id = %s", asked(two).pk)


INSERT = (
    f"INSERT INTO {TABLE} (id, act, subject_id, reason, other_body, asked_by_id,"
    " asked_by_agency_id, asked_at, expires_at, decided_by_id, decided_by_agency_id, decided_at,"
    " confirmed) VALUES (%s, %s, %s, 'new_colleague', false, %s, %s, %s, %s, %s, %s, %s, %s)"
)


def inserts(actor, asker, decider=None, *, act="officer.enrol"):
    """`actor` puts in a request of `asker`, already allowed if there is a decider."""
    decision = (decider.officer_id, decider.agency_id, LATER, True) if decider else (None,) * 4
    asked = (asker.officer_id, asker.agency_id, NOON, NOON + timedelta(days=1))
    return went_through(actor, INSERT, uuid4(), act, uuid4(), *asked, *decision)


@threat("B2", off=without_guards)
def test_no_request_begins_allowed(two):
    assert inserts(two.asker, two.asker)

    assert not inserts(two.asker, two.asker, two.other)


@threat("B2", off=without_guards)
def test_nobody_asks_in_the_name_of_somebody_else(two):
    assert not inserts(two.asker, two.other)


@threat("B2", off=without_guards)
def test_nobody_asks_for_what_is_no_act_of_two(two):
    assert not inserts(two.asker, two.asker, act="case.forget")


@threat("B2", off=without_guards)
def test_an_act_that_needs_two_bodies_cannot_be_asked_for_with_one(two):
    """The row says `other_body = false`; the database knows better."""
    assert inserts(two.asker, two.asker)

    assert TwoPersonAct.objects.get().other_body


@threat("B2", off=without_guards)
def test_who_has_no_part_in_an_act_sees_no_request(two):
    asked(two)
    stranger = Actor(
        "officer",
        "case_worker",
        officer_id=two.other.officer_id,
        agency_id=two.other.agency_id,
        permissions=frozenset({Permission.CASE_READ}),
    )

    with as_officer(stranger):
        assert ask(f"SELECT 1 FROM {TABLE}") == []
