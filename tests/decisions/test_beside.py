"""What stands beside the decision: smuggling, a new screening, a child's guardian, a return."""

import pytest

from himaya.cases.errors import ConditionMissing
from himaya.cases.models import Case, TrackState
from himaya.identification.models import Screening
from himaya.packs.loader import current
from himaya.pathway import conditions
from himaya.pathway.asking import at_once
from himaya.pathway.facts import facts_of
from himaya.pathway.operations import steps
from himaya.pathway.operations.steps import Stated
from tests.factories import journey
from tests.factories.deciding import makes, second_of, view, weighs
from tests.factories.journey import LATER
from tests.factories.moments import NOON
from tests.factories.refusals import refusal_of

pytestmark = pytest.mark.slow  # a long series
SAID = Stated(conditions=["person_chose", "informed", "in_writing"], words="As told.")


def taken(who, case, step, at=LATER):
    """The officer takes a step, with the rights of their site only."""
    with who.works():
        return steps.take(actor=who.actor, case_id=case.pk, step_id=step, stated=SAID, at=at)


def place(case, track, state):
    """Put a track somewhere, without the way there."""
    TrackState.objects.filter(case=case, track=track).update(state=state)


def met(people, case, step):
    """The conditions of a step that facts show to be met for the case worker."""
    found = Case.objects.get(pk=case.pk)
    known = conditions.known(found, at_once(conditions.lists(found, NOON)))
    pack = current()
    track = known.stands(pack.step(step).track)
    return conditions.met(known, pack, pack.step(step), track, actor=people.worker.actor, at=NOON)


def test_somebody_may_be_trafficked_and_smuggled_and_both_are_counted(people, presumed):
    taken(people.worker, presumed, "see_smuggling")
    taken(people.worker, presumed, "find_smuggled")

    facts = facts_of(Case.objects.get(pk=presumed.pk))
    assert (facts.status, facts.smuggled) == ("presumed", True)


def test_smuggling_that_turns_out_to_be_trafficking_leads_back_to_a_screening(people, case):
    journey.screened(people, case)
    journey.presumed(people, case, presumed=False)
    taken(people.worker, case, "see_smuggling")
    taken(people.worker, case, "find_smuggled")

    taken(people.worker, case, "screen_again")

    case.refresh_from_db()
    asked = Screening.objects.filter(subject_id=case.pk, state=Screening.State.ASKED)
    assert (case.status, asked.count()) == (Case.Status.NONE, 1)
    assert facts_of(case).smuggled is True
    assert facts_of(case).status == "none"


def test_whoever_is_confirmed_counts_as_identified(people, presumed, before):
    second = second_of(people.prosecutor, "prosecutor")
    assert facts_of(presumed).status == "presumed"

    for who in (people.prosecutor, second):
        weighs(who, before, view())
    makes(second, before)

    facts = facts_of(Case.objects.get(pk=presumed.pk))
    assert (facts.status, facts.status_month) == ("identified", NOON.date().replace(day=1))


@pytest.mark.parametrize(
    ("child", "stands", "refusal"),
    [
        ("no", "not_asked", None),
        ("yes", "child", ConditionMissing),
        ("unknown", "not_asked", ConditionMissing),  # an age in doubt is a child's
        ("yes", "guarded", None),
        ("unknown", "adult", None),
    ],
)
def test_no_child_waives_the_recovery_period_alone(people, presumed, child, stands, refusal):
    Case.objects.filter(pk=presumed.pk).update(child=child)
    place(presumed, "child", stands)

    assert refusal_of(taken, people.worker, presumed, "waive_recovery") is refusal


@pytest.mark.parametrize(
    ("stands", "guard", "holds"),
    [
        (("recovery", "running"), "recovery_over", False),
        (("recovery", "extended"), "recovery_over", False),
        (("recovery", "waived"), "recovery_over", True),
        (("recovery", "ended"), "recovery_over", True),
        (("refuge", "not_asked"), "protection_screened", False),
        (("refuge", "concern"), "protection_screened", False),
        (("refuge", "asylum"), "protection_screened", False),
        (("refuge", "clear"), "protection_screened", True),
        (("refuge", "lifted"), "protection_screened", True),
        (("child", "guarded"), "best_interests", False),
        (("child", "assessed"), "best_interests", True),
    ],
)
def test_what_a_return_waits_for(people, presumed, stands, guard, holds):
    place(presumed, *stands)

    assert (guard in met(people, presumed, "pass_gate")) is holds
    assert guard in current().step("pass_gate").guards
