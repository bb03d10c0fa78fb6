"""A no is looked at again by somebody who has decided nothing before on the person's case."""

import pytest
from django.db import IntegrityError, transaction

from himaya.cases.errors import ConditionMissing
from himaya.cases.models import Case, Move, TrackState
from himaya.decisions.errors import DecidedBefore
from himaya.decisions.models import Decision, Finding, Opinion
from himaya.identification.models import Screening
from himaya.vault.models import Compartment
from tests.factories import journey
from tests.factories.deciding import looks_again, nobody_asked, second_of, view
from tests.factories.moments import NOON
from tests.factories.refusals import refusal_of
from tests.factories.threats import threat

pytestmark = pytest.mark.slow  # a long series


@pytest.fixture
def somebody_else(people):
    """An identification officer of the same desk who has decided nothing."""
    return second_of(people.identifier, "identification_officer")


def stands(case):
    """Where the identification stands."""
    return TrackState.objects.get(case=case, track="identification").state


@pytest.mark.parametrize(("outcome", "state"), [("yes", "presumed"), ("no", "not_presumed")])
def test_somebody_else_looks_again(refused, somebody_else, outcome, state):
    decision = looks_again(somebody_else, refused, view(outcome))

    refused.refresh_from_db()
    assert (stands(refused), refused.status) == (state, state)
    assert (decision.state, decision.outcome, decision.again) == ("made", outcome, True)
    assert {each.decides for each in Move.objects.filter(case=refused)} == {"", "first", "again"}


def test_who_decided_is_refused_by_the_rule(people, refused):
    assert refusal_of(looks_again, people.identifier, refused) in {DecidedBefore, ConditionMissing}
    assert stands(refused) == "reconsideration"


def test_who_looked_again_once_does_not_do_so_twice(people, refused, somebody_else):
    looks_again(somebody_else, refused, view("no"))
    TrackState.objects.filter(case=refused, track="identification").update(
        state="reconsideration", since=NOON
    )

    assert refusal_of(looks_again, somebody_else, refused) in {DecidedBefore, ConditionMissing}


def test_of_an_adult_who_was_a_child_when_it_happened_no_means_is_asked(refused, somebody_else):
    Case.objects.filter(pk=refused.pk).update(child="no")
    Screening.objects.filter(subject_id=refused.pk).update(child_then="yes")

    looks_again(somebody_else, refused, view(found={"act": "shown", "purpose": "shown"}))

    assert Finding.objects.get(criterion="means").value == "not_asked"


def test_a_decision_in_a_case_that_was_merged_counts_as_well(people, refused, somebody_else):
    other = journey.opened(people)
    Move.objects.create(
        case=other,
        track="identification",
        step="do_not_presume",
        officer=somebody_else.officer.pk,
        decides="first",
        at=NOON,
    )
    Case.objects.filter(pk=other.pk).update(merged_into=refused.pk)

    assert refusal_of(looks_again, somebody_else, refused) is DecidedBefore


def put(case, desk):
    """A reconsideration as the database has it."""
    room = Compartment.objects.create(kind="decision", subject_id=case.pk, made_at=NOON)
    return Decision.objects.create(
        case=case,
        pseudonym=case.pseudonym,
        pack=case.pack,
        rule="presumption_again",
        desk=desk,
        persons=1,
        again=True,
        room_id=room.pk,
        opened_at=NOON,
    )


def views(decision, seat):
    """A view put straight into the table."""
    return Opinion.objects.create(
        decision=decision,
        officer=seat.officer,
        place=1,
        outcome="no",
        reasons_id=decision.room_id,
        given_at=NOON,
    )


@threat("B2", off=nobody_asked)
def test_the_database_takes_no_view_of_somebody_who_decided(people, refused):
    decision = put(refused, people.identifier.desk)

    with pytest.raises(IntegrityError), transaction.atomic():
        views(decision, people.identifier)


@threat("B2", off=nobody_asked)
def test_the_database_takes_no_step_of_somebody_who_decided(people, refused):
    with pytest.raises(IntegrityError), transaction.atomic():
        Move.objects.create(
            case=refused,
            track="identification",
            step="uphold",
            officer=people.identifier.officer.pk,
            decides="again",
            at=NOON,
        )


def test_the_database_lets_somebody_else_look(people, refused, somebody_else):
    assert views(put(refused, people.identifier.desk), somebody_else).pk
