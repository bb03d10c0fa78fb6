"""Two officers weigh whether somebody is confirmed, each without the other's view, then agree."""

import pytest
from django.db import IntegrityError, InternalError, transaction

from himaya.audit.models import Pending
from himaya.cases.errors import ConditionMissing, StepNotOpen
from himaya.cases.models import Move, TrackState
from himaya.decisions.errors import NoLongerOpen, NoReasons, NotAgreed, TwoHaveWeighed
from himaya.decisions.models import Decision, Evidence, Finding, Opinion
from himaya.decisions.operations.reading import read
from himaya.decisions.queries import views_of
from himaya.kernel.errors import NotKnown, NotPermitted
from himaya.pathway.errors import TakenElsewhere
from himaya.pathway.operations import steps
from himaya.pathway.operations.steps import Stated
from himaya.vault.errors import NotGranted
from himaya.vault.models import Compartment, Sealed
from tests.factories.deciding import (
    FACT,
    before_the_prosecution,
    every_view_shown,
    makes,
    nobody_asked,
    second_of,
    view,
    weighs,
)
from tests.factories.moments import NOON
from tests.factories.refusals import refusal_of
from tests.factories.threats import threat

pytestmark = pytest.mark.slow  # a long series


@pytest.fixture
def second(people, before):
    """A second prosecutor of the same desk."""
    return second_of(people.prosecutor, "prosecutor")


def stands(case):
    """Where the identification stands."""
    return TrackState.objects.get(case=case, track="identification").state


def seen_by(seat, decision):
    """Whose views an officer may read, by their places."""
    with seat.works():
        return [weighed.opinion.place for weighed in views_of(decision)]


def test_one_view_decides_nothing_and_two_that_agree_do(people, presumed, before, second):
    weighs(people.prosecutor, before)
    assert refusal_of(makes, people.prosecutor, before) is NotAgreed
    decision = weighs(second, before)
    assert stands(presumed) == "presumed"

    makes(second, before)

    decision.refresh_from_db()
    assert (decision.state, decision.outcome, decision.given) == ("made", "yes", 2)
    assert stands(presumed) == "confirmed"
    move = Move.objects.get(case=presumed, step="confirm")
    assert (move.decides, move.officer) == ("first", second.officer.pk)


@threat("B2", off=every_view_shown)
def test_the_second_sees_a_blank_form_and_then_both_see_both(people, before, second):
    decision = weighs(people.prosecutor, before)
    third = second_of(people.prosecutor, "prosecutor")

    assert (seen_by(people.prosecutor, decision), seen_by(second, decision)) == ([1], [])
    weighs(second, before, view("no", {"act": "shown", "means": "in_doubt", "purpose": "shown"}))

    assert seen_by(people.prosecutor, decision) == seen_by(second, decision) == [1, 2]
    assert seen_by(third, decision) == []
    with third.works():
        assert not Finding.objects.exists()
        assert not Evidence.objects.exists()


def test_two_who_differ_decide_nothing_until_one_has_thought_again(
    people, presumed, before, second
):
    weighs(people.prosecutor, before)
    decision = weighs(second, before, view("no"))
    assert refusal_of(makes, second, before) is NotAgreed

    weighs(second, before, view("yes"))
    makes(people.prosecutor, before)

    assert stands(presumed) == "confirmed"
    kept = Opinion.objects.filter(decision=decision, officer=second.officer.pk).order_by("number")
    assert [(each.number, each.outcome) for each in kept] == [(1, "no"), (2, "yes")]


def test_a_no_is_made_in_the_same_way(people, presumed, before, second):
    weighs(people.prosecutor, before, view("no"))
    weighs(second, before, view("no"))

    makes(people.prosecutor, before)

    assert stands(presumed) == "not_confirmed"


def test_nobody_is_a_third(people, before, second):
    weighs(people.prosecutor, before)
    weighs(second, before)
    third = second_of(people.prosecutor, "prosecutor")

    assert refusal_of(weighs, third, before) is TwoHaveWeighed
    assert Opinion.objects.count() == 2


@pytest.mark.parametrize(
    ("who", "refusal"),
    [
        ("shelter", NotKnown),
        ("stranger", NotKnown),
        ("worker", NotPermitted),
        ("identifier", NotKnown),
    ],
)
def test_only_the_desk_that_was_asked_weighs(people, before, who, refusal):
    found = refusal_of(weighs, getattr(people, who), before)

    assert found in {refusal, NotKnown}
    assert not Decision.objects.exists()


def test_before_the_pathway_leads_there_nobody_weighs(people, before):
    TrackState.objects.filter(case=before.case_id, track="identification").update(state="screening")

    assert refusal_of(weighs, people.prosecutor, before) is StepNotOpen
    assert not Decision.objects.exists()


def test_whoever_presumed_does_not_confirm(people, presumed, before):
    Move.objects.filter(case=presumed, track="identification").update(
        officer=people.prosecutor.officer.pk
    )

    assert refusal_of(weighs, people.prosecutor, before) is ConditionMissing


def test_the_step_is_taken_by_no_other_page(people, before):
    def taken():
        with people.prosecutor.works():
            steps.take_referred(
                actor=people.prosecutor.actor,
                referral_id=before.pk,
                step_id="confirm",
                stated=Stated(words="Quickly."),
                at=NOON,
            )

    assert refusal_of(taken) is TakenElsewhere


def test_what_is_told_to_the_person_must_be_written(people, before, second):
    weighs(people.prosecutor, before)
    weighs(second, before)

    assert refusal_of(makes, second, before, letter=" ") is NoReasons


def test_a_decision_is_made_once(people, before, second):
    weighs(people.prosecutor, before)
    weighs(second, before)
    makes(second, before)

    assert refusal_of(makes, people.prosecutor, before) is NoLongerOpen
    assert refusal_of(weighs, people.prosecutor, before) in {NoLongerOpen, StepNotOpen}


def test_a_child_is_confirmed_without_means(people, presumed):
    of_a_child = before_the_prosecution(people, presumed, child="yes")

    weighs(people.prosecutor, of_a_child, view(found={"act": "shown", "purpose": "shown"}))

    values = dict(Finding.objects.values_list("criterion", "value"))
    assert values == {"act": "shown", "means": "not_asked", "purpose": "shown"}


def test_words_are_sealed_for_the_desk_alone_and_stand_nowhere_in_clear(people, before, second):
    decision = weighs(people.prosecutor, before)

    room = Compartment.objects.get(pk=decision.room_id)
    assert room.kind == "decision"
    sealed = b"".join(bytes(each.content) for each in Sealed.objects.filter(compartment=room))
    clear = "".join(Pending.objects.values_list("facts", flat=True))
    assert b"CANARY" not in sealed
    assert "CANARY" not in clear
    with people.worker.works():
        assert not Compartment.objects.filter(pk=room.pk).exists()


def test_an_officer_opens_their_own_words_and_the_others_only_when_both_are_written(
    people, before, second
):
    decision = weighs(people.prosecutor, before)
    own = _opened(people.prosecutor, decision)
    assert {each.text for each in own.values()} == {FACT.words, "CANARY-REASONS it holds together"}
    assert _opened(second, decision) == {}

    weighs(second, before, view(reasons="Mine."))

    assert {"Mine.", FACT.words} <= {each.text for each in _opened(second, decision).values()}
    assert FACT.doubts in {each.doubts for each in _opened(second, decision).values()}


def test_another_desk_opens_nothing(people, before):
    decision = weighs(people.prosecutor, before)

    assert refusal_of(_opened, people.worker, decision) in {NotPermitted, NotKnown, NotGranted}
    assert refusal_of(_opened, people.identifier, decision) in {NotKnown, NotGranted}


def _opened(who, decision):
    """The words of a decision that an officer opens."""
    with who.works():
        return read(
            actor=who.actor,
            keyring=who.keyring,
            decision_id=decision.pk,
            at=NOON,
            reason="own_work",
        )


@threat("B2", off=nobody_asked)
def test_the_database_makes_no_decision_that_two_have_not_come_to(people, before):
    decision = weighs(people.prosecutor, before)

    with pytest.raises((IntegrityError, InternalError)), transaction.atomic():
        Decision.objects.filter(pk=decision.pk).update(state="made", outcome="yes", ended_at=NOON)


def test_a_decision_that_the_pathway_left_is_weighed_anew(people, presumed, before):
    first = weighs(people.prosecutor, before)
    later = NOON.replace(hour=14)
    TrackState.objects.filter(case=presumed, track="identification").update(since=later)

    second = weighs(people.prosecutor, before, at=later.replace(hour=15))

    first.refresh_from_db()
    assert (first.state, second.state, second.given) == ("dropped", "open", 1)
