"""A decision about a person whose two cases were merged: made, told and shown as any other."""

import pytest

from himaya.cases.models import Case, Merge, Move, TrackState
from himaya.cases.operations.merging import merge_cases
from himaya.cases.tracks import pack_of
from himaya.decisions.errors import DecidedBefore
from himaya.decisions.models import Told
from himaya.decisions.operations.telling import tell
from himaya.pathway import conditions
from himaya.pathway.asking import answered, at_once
from himaya.pathway.sections import decisions
from tests.factories import journey
from tests.factories.deciding import looks_again, second_of, view
from tests.factories.journey import LATER
from tests.factories.moments import NOON
from tests.factories.refusals import refusal_of

pytestmark = pytest.mark.slow  # a long series


@pytest.fixture
def kept(people, refused):
    """The case that took over the one in which the no was given."""
    other = journey.opened(people)
    with people.worker.works():
        merge_cases(
            actor=people.worker.actor,
            kept_id=other.pk,
            absorbed_id=refused.pk,
            versions=(other.version, refused.version),
            reason=Merge.Reason.REPORTED_TWICE,
            at=NOON,
        )
    return Case.objects.get(pk=other.pk)


def tells(people, case, move):
    """The desk that leads tells the person."""
    with people.worker.works():
        return tell(
            actor=people.worker.actor,
            case_id=case.pk,
            move_id=move.pk,
            way="guardian",
            language="ar",
            interpreter=True,
            safe=True,
            at=LATER,
        )


def listed(people, case):
    """The decisions that the page of the case shows to the desk that leads."""
    with people.worker.works():
        (found,) = answered([decisions.section(people.worker.actor, case, LATER)])
        return found.made


def test_somebody_else_looks_again_and_who_said_no_does_not(people, refused, kept):
    assert refusal_of(looks_again, people.identifier, kept) is DecidedBefore

    somebody_else = second_of(people.identifier, "identification_officer")
    decision = looks_again(somebody_else, kept, view("no"))

    assert (decision.state, decision.outcome) == ("made", "no")
    track = TrackState.objects.get(case=refused, track="identification")
    assert track.state == "not_presumed"


def test_whoever_decided_in_either_case_is_no_different_officer(people, kept):
    pack, step = pack_of(kept), pack_of(kept).step("presume_after_all")
    held = []
    for who in (people.identifier, second_of(people.identifier, "identification_officer")):
        with who.works():
            known = conditions.known(kept, at_once(conditions.lists(kept, LATER)))
            stood = known.stands(step.track)
            held.append(conditions.met(known, pack, step, stood, actor=who.actor, at=LATER))

    assert ["different_officer" in each for each in held] == [False, True]


def test_a_no_of_the_case_that_was_taken_over_is_shown_and_told(people, refused, kept):
    no = Move.objects.get(case=refused, step="do_not_presume")
    assert [(line.move_id, line.told) for line in listed(people, kept)] == [(no.pk, "")]

    tells(people, kept, no)

    assert Told.objects.get(move=no).case_id == refused.pk
    (line,) = listed(people, kept)
    assert line.told
