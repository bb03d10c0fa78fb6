"""Whether the pathway can be walked: by officers who sit somewhere, by the code, by itself."""

from collections.abc import Iterator
from itertools import pairwise

from himaya.packs.check.faults import fault, ids
from himaya.packs.errors import Fault
from himaya.packs.required import REQUIRED_STEPS, WALKS
from himaya.packs.schema import Pack
from himaya.packs.tracks import Step
from himaya.packs.vocabulary import BY_REFERRAL, CLOCK, SEATED


def faults_of_seats(pack: Pack) -> Iterator[Fault]:
    """Steps that nobody could take, since no desk of the country seats such officers."""
    kinds = {desk.kind for desk in pack.desks}
    seated = {actor for actor, at in SEATED.items() if kinds & at} | {CLOCK}
    for step in pack.steps:
        known = [actor for actor in step.actors if actor in SEATED or actor == CLOCK]
        if known and seated.isdisjoint(known):
            names = " or ".join(f'"{actor}"' for actor in known)
            yield fault(step, f'no desk seats {names}, so nobody takes step "{step.id}"', "actors")


def faults_of_walks(pack: Pack) -> Iterator[Fault]:
    """Steps that the code takes one after the other, and that do not follow on each other."""
    steps = {step.id: step for step in pack.steps}
    for walk in WALKS:
        for one, other in pairwise(walk.steps):
            if {one, other} <= set(steps):
                yield from _faults_between(steps[one], steps[other], by_one=walk.by_one)
    yield from _faults_of_minds(pack)


def faults_of_itself(pack: Pack) -> Iterator[Fault]:
    """Steps that happen by themselves when their time is up, and have no time."""
    for step in pack.steps:
        if set(step.actors) == {CLOCK} and not (step.clock or step.clocks):
            yield fault(step, f'step "{step.id}" happens by itself and has no clock', "actors")


def faults_of_referred(pack: Pack) -> Iterator[Fault]:
    """Conditions that only the answer to a referral meets, on steps that no answer takes."""
    taken = set(REQUIRED_STEPS) | {solution.step for solution in pack.solutions}
    for step in pack.steps:
        for guard in step.guards:
            if guard in BY_REFERRAL and step.id not in taken:
                reason = f'"{guard}" is met by answering a referral, which takes no such step'
                yield fault(step, reason, "guards")


def _faults_between(one: Step, other: Step, *, by_one: bool) -> Iterator[Fault]:
    if one.track == other.track and one.to not in other.origins:
        reason = f'step "{other.id}" does not start where "{one.id}" leads: "{one.to}"'
        yield fault(other, reason, "from")
    if by_one and set(one.actors).isdisjoint(other.actors):
        reason = f'one officer takes "{one.id}" and "{other.id}", and no actor may take both'
        yield fault(other, reason, "actors")


def _faults_of_minds(pack: Pack) -> Iterator[Fault]:
    """Choices of the person that could not be taken back."""
    if "change_mind" not in ids(pack.steps):
        return
    back = pack.step("change_mind")
    for solution in pack.solutions:
        if solution.step not in ids(pack.steps):
            continue
        chosen = pack.step(solution.step)
        if chosen.track != back.track or chosen.to not in back.origins:
            reason = f'a person who chose "{solution.id}" could not change their mind'
            yield fault(back, reason, "from")
