"""Nobody is questioned while they recover, or sent away before all that a return needs."""

from uuid import uuid4

import pytest

from himaya.cases.errors import ConditionMissing, NotYourStep
from himaya.cases.models import Case, TrackState
from himaya.clocks.models import Deadline
from himaya.identification.models import Screening
from himaya.kernel.errors import NotKnown
from himaya.pathway.operations import steps
from himaya.pathway.operations.steps import Stated
from himaya.pathway.sections.doing import of_referral
from tests.factories import journey
from tests.factories.countries import PACKS, in_force, step_as
from tests.factories.deciding import before_the_prosecution
from tests.factories.fixtures import case, db, opened_case, people, undone
from tests.factories.journey import LATER
from tests.factories.people import everybody
from tests.factories.refusals import refusal_of
from tests.factories.threats import threat

__all__ = ["case", "db", "opened_case", "people"]
pytestmark = pytest.mark.slow  # a long series, in every country
SAID = Stated(conditions=["person_chose", "informed"], words="As told.")


@pytest.fixture(scope="module", params=PACKS, ids=lambda path: path.name)
def country(request):
    """Each pack that is delivered, in force."""
    with in_force(request.param) as pack:
        yield pack


@pytest.fixture(scope="module")
def scene(country, django_db_setup, django_db_blocker):
    """An officer of each role in that country."""
    with django_db_blocker.unblock(), undone():
        yield everybody()


@pytest.fixture(scope="module")
def presumed_case(scene):
    """A case whose person, an adult, is presumed a victim: the recovery period runs."""
    made = journey.opened(scene)
    journey.screened(scene, made)
    journey.presumed(scene, made)
    Case.objects.filter(pk=made.pk).update(child="no")
    return made


@pytest.fixture
def presumed(presumed_case, people):
    """The same, for one test to change."""
    return Case.objects.get(pk=presumed_case.pk)


def taken(who, case, step, stated=SAID):
    """An officer of the case takes a step, with the rights of their site only."""
    with who.works():
        return steps.take(
            actor=who.actor, case_id=case.pk, step_id=step, stated=stated, at=LATER
        ).state


def asked_by(who, referral, step):
    """An officer of a desk that accepted a referral takes a step."""
    with who.works():
        return steps.take_referred(
            actor=who.actor, referral_id=referral.pk, step_id=step, stated=SAID, at=LATER
        ).state


def missing(who, case, step, stated=SAID):
    """What stands in the way of a step; nothing when it was taken."""
    try:
        taken(who, case, step, stated)
    except ConditionMissing as refusal:
        return set(refusal.facts["missing"])
    return set()


def place(case, **stands):
    """Put tracks somewhere, without the way there."""
    for track, state in stands.items():
        TrackState.objects.filter(case=case, track=track).update(state=state)


def stands(case):
    """Track → state."""
    return dict(TrackState.objects.filter(case=case).values_list("track", "state"))


def child_track(country):
    """The track on which age and guardian stand."""
    return country.step("appoint_guardian").track


def lacking(country, step, guard):
    """The pack as it would be if the step did not ask for this."""
    guards = tuple(each for each in country.step(step).guards if each != guard)
    return step_as(step, guards=guards)


# --- the person's own statement ---


def test_nobody_is_heard_while_the_recovery_period_runs(country, people, presumed):
    taken(people.worker, presumed, "ask_statement")

    for state in ("running", "extended"):
        place(presumed, recovery=state)
        assert missing(people.worker, presumed, "hear_person") == {"recovery_over"}

    with lacking(country, "hear_person", "recovery_over"):  # it is this word that holds
        assert missing(people.worker, presumed, "hear_person") == set()


def test_once_it_is_over_the_person_is_heard_if_they_choose(people, presumed):
    taken(people.worker, presumed, "ask_statement")
    place(presumed, recovery="ended")

    unasked = Stated(conditions=["informed"])
    assert missing(people.worker, presumed, "hear_person", unasked) == {"person_chose"}
    assert taken(people.worker, presumed, "hear_person") == "given"


def test_a_waiver_in_writing_lets_the_person_be_heard(country, people, presumed):
    """Of the whole period; where nobody can waive that, of this one hearing."""
    written = Stated(conditions=["person_chose", "informed", "in_writing"], words="As told.")
    taken(people.worker, presumed, "ask_statement")
    sooner = "hear_person_sooner" in {step.id for step in country.steps}
    last = "hear_person_sooner" if sooner else "waive_recovery"

    assert missing(people.worker, presumed, last) == {"in_writing"}
    taken(people.worker, presumed, last, written)

    if not sooner:
        taken(people.worker, presumed, "hear_person")
    assert stands(presumed)["statement"] == "given"
    assert (stands(presumed)["recovery"] == "running") is sooner


@pytest.mark.parametrize(
    ("state", "lacks"),
    [
        ("child", {"guardian", "best_interests"}),
        ("guarded", {"best_interests"}),
        ("assessed", set()),
    ],
)
def test_a_child_is_heard_with_a_guardian_and_in_their_interest(
    country, people, presumed, state, lacks
):
    Case.objects.filter(pk=presumed.pk).update(child="yes")
    taken(people.worker, presumed, "ask_statement")
    place(presumed, recovery="ended", **{child_track(country): state})

    assert missing(people.worker, presumed, "hear_person") == lacks


def test_declining_changes_nothing_else_and_is_possible_at_any_time(people, presumed):
    taken(people.worker, presumed, "ask_statement")
    before = stands(presumed)

    assert taken(people.worker, presumed, "decline_statement") == "declined"

    assert stands(presumed) == before | {"statement": "declined"}
    owed = Deadline.objects.running().filter(case_id=presumed.pk, track="statement")
    assert not owed.exists()
    assert "presumed" not in missing(people.worker, presumed, "assess_needs")


def test_the_prosecution_asks_and_learns_the_answer_and_not_when_it_may_be_given(people, presumed):
    referral = before_the_prosecution(people, presumed)

    assert asked_by(people.prosecutor, referral, "ask_statement") == "asked"

    with people.prosecutor.works():
        assert {"recovery", "child", "stay"}.isdisjoint(stands(presumed))
        assert stands(presumed)["statement"] == "asked"
        lanes = of_referral(people.prosecutor.actor, referral, LATER)
    assert "take_back_request" in {line.step for lane in lanes for line in lane.open}
    assert refusal_of(asked_by, people.prosecutor, referral, "hear_person") in {
        NotYourStep,
        ConditionMissing,
    }
    waits = Deadline.objects.running().get(case_id=presumed.pk, track="statement")
    assert (waits.desk_id, waits.paused_since) == (people.worker.desk.pk, LATER)


# --- removal ---

READY = {"recovery": "ended", "refuge": "clear"}
ALL_BUT_THE_GATE = {"gate_passed"}


@pytest.fixture
def ordered(people, presumed):
    """A removal was ordered; for the person everything is there but the gate."""
    taken(people.colleague, presumed, "learn_of_removal", Stated())
    place(presumed, **READY)
    return presumed


def test_nothing_stands_in_the_way_of_learning_of_a_removal(people, case):
    """Also before anybody has screened the person, and whatever else stands."""
    assert taken(people.worker, case, "learn_of_removal", Stated()) == "removal_ordered"


@pytest.mark.parametrize("who", ["worker", "colleague"])
def test_a_removal_waits_for_the_gate_and_for_another_officer(people, ordered, who):
    lacks = missing(getattr(people, who), ordered, "carry_out_removal")

    assert lacks == ALL_BUT_THE_GATE | ({"different_officer"} if who == "colleague" else set())


def unscreen(country, case):
    Screening.objects.filter(subject_id=case.pk).update(subject_id=uuid4())


def rests(country, case):
    place(case, recovery="running")


def fears(country, case):
    place(case, refuge="concern")


def is_a_child(country, case):
    Case.objects.filter(pk=case.pk).update(child="yes")


IN_THE_WAY = [
    (unscreen, "screened"),
    (rests, "recovery_over"),
    (fears, "protection_screened"),
    (is_a_child, "best_interests"),
]


@pytest.mark.parametrize(("happens", "guard"), IN_THE_WAY, ids=[each for _, each in IN_THE_WAY])
def test_a_removal_is_not_carried_out(country, people, ordered, happens, guard):
    happens(country, ordered)
    assert missing(people.worker, ordered, "carry_out_removal") == ALL_BUT_THE_GATE | {guard}

    with lacking(country, "carry_out_removal", guard):  # it is this word that holds
        assert missing(people.worker, ordered, "carry_out_removal") == ALL_BUT_THE_GATE


def no_gate():
    """Every pack as it would be if removing somebody passed no gate."""
    return step_as("carry_out_removal", guards=("reasons_given",))


@threat("D9", off=no_gate)
def test_nobody_is_removed_around_the_gate(people, ordered):
    assert refusal_of(taken, people.worker, ordered, "carry_out_removal") is ConditionMissing


def test_a_removal_is_opposed_within_a_day_and_what_holds_is_looked_up_after_it_was_lifted(
    people, ordered
):
    due = Deadline.objects.running().get(case_id=ordered.pk, track="stay")
    assert (due.steps, due.amount, due.unit) == (["oppose_removal"], 24, "hours")

    assert taken(people.worker, ordered, "oppose_removal") == "removal_opposed"
    assert taken(people.worker, ordered, "lift_removal") == "not_checked"


def test_whoever_was_removed_all_the_same_is_looked_for_and_the_case_goes_on(people, ordered):
    taken(people.worker, ordered, "learn_of_breach", Stated())

    ordered.refresh_from_db()
    owed = Deadline.objects.running().get(case_id=ordered.pk, track="stay")
    assert (ordered.state, owed.steps, owed.desk_id) == (
        Case.State.OPEN,
        ["find_abroad"],
        people.worker.desk.pk,
    )
    assert taken(people.worker, ordered, "find_abroad") == "found_abroad"
    assert taken(people.worker, ordered, "come_back_from_abroad") == "not_checked"


def test_a_removal_is_for_nobody_who_does_not_know_the_case(people, ordered):
    assert refusal_of(taken, people.stranger, ordered, "lift_removal") is NotKnown


def test_a_state_behind_the_gate_has_no_way_around_it(country):
    removed = country.track("stay").state("removed")
    ways = [step.id for step in country.steps_of("stay") if step.to == "removed"]

    assert (removed.behind, removed.end, ways) == ("gate_passed", False, ["carry_out_removal"])
