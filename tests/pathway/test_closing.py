"""A case ends by two officers, when nothing about the person is under way any more."""

import pytest
from django.db import IntegrityError, transaction

from himaya.cases.errors import CaseIsClosed, ConditionMissing, NotYourStep
from himaya.cases.models import Case, Closure, TrackState
from himaya.identification.models import Screening
from himaya.kernel.access import Actor, Permission
from himaya.kernel.errors import NotKnown, NotPermitted
from himaya.pathway.errors import (
    AlreadyAsked,
    NoReason,
    NoSolution,
    NothingToConfirm,
    SameOfficer,
    StillOpen,
)
from himaya.pathway.operations.closing import ask_closure, decide_closure
from himaya.pathway.rules import UnderWay, check_may_ask_closure, check_may_decide_closure
from himaya.referrals.operations import sending
from tests.factories import journey
from tests.factories.journey import LATER
from tests.factories.people import seat
from tests.factories.refusals import refusal_of

LOST = Case.Outcome.LOST_CONTACT
NOTHING = UnderWay(referrals=0, shares=0)


def ask(person, case, outcome=LOST, *, informed=True):
    """This officer asks for the end of the case."""
    with person.works():
        return ask_closure(
            actor=person.actor, case_id=case.pk, outcome=outcome, informed=informed, at=LATER
        )


def decide(person, case, *, confirm=True, why=""):
    """This officer decides on it."""
    with person.works():
        return decide_closure(
            actor=person.actor, case_id=case.pk, confirm=confirm, why=why, at=LATER
        )


def closure_stands(case):
    """The state of the pathway's closure track."""
    return TrackState.objects.get(case=case, track="closure").state


def test_one_asks_and_another_confirms(people, case):
    ask(people.worker, case)
    assert closure_stands(case) == "requested"
    decide(people.colleague, case)

    case.refresh_from_db()
    assert (case.state, case.outcome, case.closed_at) == ("closed", "lost_contact", LATER)
    assert closure_stands(case) == "closed"
    closure = Closure.objects.get()
    assert (closure.asked_by, closure.decided_by) == (
        people.worker.officer.pk,
        people.colleague.officer.pk,
    )


def test_the_officer_who_asked_does_not_confirm(people, case):
    ask(people.worker, case)

    for confirm in (True, False):
        with pytest.raises(SameOfficer):
            decide(people.worker, case, confirm=confirm, why="not_told")
    assert Case.objects.get(pk=case.pk).state == "open"


def test_the_database_too_refuses_one_officer_for_both(people, case):
    closure = ask(people.worker, case)

    with pytest.raises(IntegrityError, match="cases_closure_by_two"), transaction.atomic():
        Closure.objects.filter(pk=closure.pk).update(
            decided_by=closure.asked_by, decided_at=LATER, confirmed=True
        )
    Closure.objects.filter(pk=closure.pk).update(
        decided_by=people.colleague.officer.pk, decided_at=LATER, confirmed=True
    )


@pytest.mark.parametrize(
    "changes",
    [{"confirmed": True}, {"decided_at": LATER}, {"why": "not_told"}],
)
def test_the_database_refuses_half_a_decision(people, case, changes):
    ask(people.worker, case)

    with pytest.raises(IntegrityError), transaction.atomic():
        Closure.objects.update(**changes)


def test_a_colleague_keeps_the_case_open_and_says_why(people, case):
    ask(people.worker, case)
    with pytest.raises(NoReason):
        decide(people.colleague, case, confirm=False)

    decide(people.colleague, case, confirm=False, why="still_needs_help")

    assert (Case.objects.get(pk=case.pk).state, closure_stands(case)) == ("open", "open")
    assert Closure.objects.get().why == "still_needs_help"
    ask(people.colleague, case)
    decide(people.worker, case)
    assert Case.objects.get(pk=case.pk).state == "closed"


def test_nothing_is_confirmed_that_nobody_asked_for(people, case):
    with pytest.raises(NothingToConfirm):
        decide(people.colleague, case)


def test_the_end_is_asked_for_once(people, case):
    ask(people.worker, case)

    with pytest.raises(AlreadyAsked):
        ask(people.colleague, case)
    assert Closure.objects.count() == 1


def test_a_person_is_told_that_the_case_ends(people, case):
    with pytest.raises(ConditionMissing):
        ask(people.worker, case, informed=False)


def test_safe_means_that_the_person_has_chosen(people, case):
    journey.settled(people, case)
    with pytest.raises(NoSolution):
        ask(people.worker, case, Case.Outcome.PROTECTED)
    Case.objects.filter(pk=case.pk).update(solution="stay")

    assert ask(people.worker, case, Case.Outcome.PROTECTED)


def test_a_live_referral_keeps_the_case_open(people, case):
    referral = journey.drafted(people, case)
    with pytest.raises(StillOpen):
        ask(people.worker, case)
    journey.sent(people, referral)
    with pytest.raises(StillOpen):
        ask(people.worker, case)
    journey.acknowledged(people.prosecutor, referral)
    with pytest.raises(StillOpen):
        ask(people.worker, case)

    journey.accepted(people.prosecutor, referral, ())
    assert ask(people.worker, case), "what the prosecution has taken over goes on without the case"


def test_a_consent_that_holds_keeps_the_case_open(people, case):
    consent = journey.consented(people, case)
    with pytest.raises(StillOpen):
        ask(people.worker, case)

    journey.withdrawn(people, consent)
    assert ask(people.worker, case)


def test_a_place_in_a_shelter_keeps_the_case_open(people, served):
    journey.withdrawn(people, served.consent)
    with pytest.raises(StillOpen):
        ask(people.worker, served.case)

    journey.completed(people.shelter, served)
    assert ask(people.worker, served.case)


def test_what_begins_after_the_asking_stops_the_confirmation(people, case):
    ask(people.worker, case)
    referral = journey.drafted(people, case)
    with pytest.raises(StillOpen):
        decide(people.colleague, case)
    assert Case.objects.get(pk=case.pk).state == "open"

    with people.worker.works():
        sending.withdraw(actor=people.worker.actor, referral_id=referral.pk, at=LATER)
    decide(people.colleague, case)
    assert Case.objects.get(pk=case.pk).state == "closed"


def test_with_the_case_ends_a_screening_that_nobody_made(people, case):
    ask(people.worker, case)
    assert Screening.objects.get(subject_id=case.pk).state == "asked"
    decide(people.colleague, case)

    assert Screening.objects.get(subject_id=case.pk).state == "ended"


def test_a_screening_that_was_made_stays_as_it_is(people, case):
    journey.screened(people, case)
    ask(people.worker, case)
    decide(people.colleague, case)

    assert Screening.objects.get(subject_id=case.pk).state == "taken"


def test_a_closed_case_is_not_closed_again(people, case):
    ask(people.worker, case)
    decide(people.colleague, case)

    with pytest.raises(CaseIsClosed):
        ask(people.worker, case)
    with pytest.raises(CaseIsClosed):
        decide(people.worker, case)


@pytest.mark.parametrize(
    ("who", "refusal"),
    [
        ("identifier", NotPermitted),
        ("stranger", NotKnown),
        ("shelter", NotKnown),
        ("intake", NotKnown),
        ("overseer", NotKnown),
    ],
)
def test_only_the_leading_desk_ends_a_case(people, case, who, refusal):
    ask(people.worker, case)

    with pytest.raises(refusal):
        ask(getattr(people, who), case)
    with pytest.raises(refusal):
        decide(getattr(people, who), case)


def test_a_colleague_who_joined_later_may_confirm(people, case):
    ask(people.worker, case)
    newcomer = seat("case_worker", people.worker.desk)

    assert decide(newcomer, case).state == "closed"


def officer(*, held=frozenset(Permission), desk=1, officer_id=7):
    """Somebody at a desk."""
    return Actor(
        kind="officer",
        name="case_worker",
        officer_id=officer_id,
        desk_ids=frozenset({desk}),
        permissions=frozenset(held),
    )


@pytest.mark.parametrize(
    ("actor", "live", "waiting", "refusal"),
    [
        (officer(), NOTHING, False, None),
        (officer(held={Permission.CASE_WORK}), NOTHING, False, NotPermitted),
        (officer(desk=2), NOTHING, False, NotYourStep),
        (officer(), NOTHING, True, AlreadyAsked),
        (officer(), UnderWay(1, 0), False, StillOpen),
        (officer(), UnderWay(0, 1), False, StillOpen),
        (officer(), UnderWay(0, 0, 1), False, StillOpen),
        (officer(), UnderWay(0, 0, 0, 0, 1), False, StillOpen),
        (officer(), UnderWay(0, 0, 0, 1), False, None),  # nothing is owed to who is gone
    ],
)
def test_who_may_ask_for_the_end_and_when(actor, live, waiting, refusal):
    case = Case(desk_id=1)

    assert refusal_of(check_may_ask_closure, actor, case, LOST, live, waiting=waiting) is refusal


@pytest.mark.parametrize(
    ("asked_by", "live", "confirm", "why", "refusal"),
    [
        (8, NOTHING, True, "", None),
        (8, NOTHING, False, "not_told", None),
        (8, NOTHING, False, "", NoReason),
        (8, NOTHING, False, "because", NoReason),
        (7, NOTHING, True, "", SameOfficer),
        (7, NOTHING, False, "not_told", SameOfficer),
        (8, UnderWay(1, 0), True, "", StillOpen),
        (8, UnderWay(1, 0), False, "not_told", None),
        (8, UnderWay(0, 0, 0, 1), True, "", StillOpen),
        (8, UnderWay(0, 0, 0, 0, 1), True, "", StillOpen),
        (None, NOTHING, True, "", NothingToConfirm),
    ],
)
def test_who_may_decide_on_the_end_and_how(asked_by, live, confirm, why, refusal):
    closure = Closure(asked_by=asked_by) if asked_by else None
    found = refusal_of(
        check_may_decide_closure,
        officer(),
        Case(desk_id=1),
        closure,
        live,
        confirm=confirm,
        why=why,
    )

    assert found is refusal


@pytest.mark.parametrize(
    ("live", "missing"),
    [
        (NOTHING, set()),
        (UnderWay(2, 0), {"no_open_clocks", "no_open_proceedings"}),
        (UnderWay(0, 1), {"no_open_shares"}),
        (UnderWay(0, 0, 1), {"no_occupied_place"}),
        (UnderWay(0, 0, 0, 3), {"no_open_clocks"}),
        (UnderWay(0, 0, 0, 0, 1), {"no_open_clocks"}),
        (UnderWay(0, 0, tasks=1, court_dates=1), {"no_open_clocks", "no_open_proceedings"}),
    ],
)
def test_what_is_under_way_says_which_conditions_are_missing(live, missing):
    every = {"no_open_clocks", "no_open_proceedings", "no_open_shares", "no_occupied_place"}

    assert live.met() == every - missing
    assert bool(live) is bool(missing)
