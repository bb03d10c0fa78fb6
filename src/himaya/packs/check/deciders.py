"""Whether every decision can be made: its body sits somewhere, and can come to the case."""

from collections.abc import Iterator

from himaya.packs.check.faults import fault, ids
from himaya.packs.deciders import Place, takes, to_be_asked
from himaya.packs.errors import Fault
from himaya.packs.schema import Pack
from himaya.packs.tracks import Step
from himaya.packs.vocabulary import DeskKind

# The one track beside its own on which a body that was asked starts clocks: it sees no other.
TELLING = "telling"


def faults_of_deciders(pack: Pack) -> Iterator[Fault]:
    """Decisions that are for somebody who could never come to the case.

    Any identification desk of the country may be the one of a case, so from each there must be a
    way: the desk itself, the one that leads, or a body that is asked by a referral.
    """
    known = ids(pack.steps)
    for spec in pack.decisions:
        for name in spec.steps:
            if name in known:
                yield from _faults_of_decider(pack, pack.step(name))


def _faults_of_decider(pack: Pack, step: Step) -> Iterator[Fault]:
    places = {desk.id: Place(desk.kind, desk.agency) for desk in pack.desks}
    able = {name for name, place in places.items() if takes(step, place)}
    seated = {places[name].body for name in able}
    for body in step.agencies:
        if body not in seated:
            yield fault(step, f'nobody who takes step "{step.id}" sits at "{body}"', "agencies")
    if any(places[name].kind == DeskKind.CASEWORK for name in able):
        return
    for name, place in places.items():
        if place.kind == DeskKind.IDENTIFICATION and name not in able:
            yield from _faults_of_asking(pack, step, name, place)
            return


def _faults_of_asking(pack: Pack, step: Step, name: str, place: Place) -> Iterator[Fault]:
    """For a case of an identification desk whose own step it is not."""
    if not to_be_asked(pack, step, [place]):
        reason = f'nobody could be asked to take step "{step.id}" in a case of "{name}"'
        yield fault(step, reason, "actors")
    for other in pack.steps:
        timed = (*other.clocks, *([other.clock] if other.clock else ()))
        counts = any(step.id in clock.after for clock in timed)
        if counts and other.track not in (step.track, TELLING):
            reason = f'in a case of "{name}" a body is asked, and would not start "{other.id}"'
            yield fault(step, reason, "agencies")
