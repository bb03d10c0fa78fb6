"""The pathway's names, actors, guards, papers and clocks."""

from collections.abc import Iterator
from itertools import groupby

from himaya.packs.check.faults import fault, ids, unknown
from himaya.packs.errors import Fault
from himaya.packs.required import REQUIRED_STEPS
from himaya.packs.schema import Pack
from himaya.packs.tracks import Clock, Step, Track
from himaya.packs.vocabulary import (
    ACTORS,
    FIGURES,
    GATES,
    GUARDS,
    PAUSES,
    SINCES,
    STANDING,
    StageOrder,
)


def faults_of_tracks(pack: Pack) -> Iterator[Fault]:
    """Tracks that start nowhere, or belong to a stage that the country does not count."""
    for track in pack.tracks:
        yield from unknown(track, "start", [track.start], ids(track.states), "state")
        yield from unknown(track, "stage", [track.stage], ids(pack.stages), "stage")
        for state in track.states:
            yield from unknown(state, "stage", [state.stage], ids(pack.stages), "stage")
            yield from unknown(state, "behind", [state.behind], GUARDS, "guard")
            yield from unknown(state, "meets", state.meets, STANDING, "guard of a standing")
            yield from unknown(state, "figure", [state.figure], FIGURES, "figure")
    if pack.stages_run is StageOrder.SIDE_BY_SIDE:
        yield from _faults_of_regions(pack)


def _faults_of_regions(pack: Pack) -> Iterator[Fault]:
    """Stages that run side by side hold whole tracks, one after the other in the file."""
    for track in pack.tracks:
        for state in track.states:
            if state.stage not in (None, track.stage):
                yield fault(state, "stages run side by side: a track stays in its own", "stage")
    in_order = [stage for stage, _ in groupby(track.stage for track in pack.tracks)]
    for stage in pack.stages:
        if stage.id not in in_order:
            yield fault(stage, f'stage "{stage.id}" runs beside the others and has no track')
        elif in_order.count(stage.id) > 1:
            yield fault(stage, f'the tracks of stage "{stage.id}" do not stand together')


def faults_of_steps(pack: Pack) -> Iterator[Fault]:
    """Steps that lead nowhere, that nobody may take, or whose conditions nobody knows."""
    tracks = {track.id: track for track in pack.tracks}
    for step in pack.steps:
        yield from unknown(step, "track", [step.track], tracks, "track")
        if step.track in tracks:
            yield from _faults_of_ends(step, tracks[step.track])
        yield from _faults_of_actors(step, pack)
        yield from unknown(step, "guards", step.guards, GUARDS, "guard")
        yield from unknown(step, "documents", step.documents, ids(pack.documents), "document")


def faults_of_standing(pack: Pack) -> Iterator[Fault]:
    """Conditions that hang on where a track stands, and that no state of any track meets."""
    met = {guard for track in pack.tracks for state in track.states for guard in state.meets}
    for step in pack.steps:
        for guard in step.guards:
            if guard in STANDING and guard not in met:
                yield fault(step, f'no state of any track meets "{guard}"', "guards")


def faults_of_required_steps(pack: Pack) -> Iterator[Fault]:
    """Steps that the code takes and the pack lacks, or has on a track where they do not work."""
    steps = {step.id: step for step in pack.steps}
    for needed, track in REQUIRED_STEPS.items():
        if needed not in steps:
            if pack.tracks:
                yield Fault(pack.tracks[0].place.file, 1, f'no step "{needed}"')
        elif track not in (None, steps[needed].track):
            yield fault(steps[needed], f'step "{needed}" belongs to track "{track}"', "track")


def faults_of_clocks(pack: Pack) -> Iterator[Fault]:
    """Steps without a clock and without a reason for none, and clocks that do not count."""
    for step in pack.steps:
        yield from _faults_of_having_a_clock(step)
        for clock in _clocks(step):
            yield from _faults_of_clock(clock, pack)
        if step.not_before:
            yield from _faults_of_clock(step.not_before, pack)
            yield from _faults_of_earliest(step, step.not_before)


def faults_of_actors(pack: Pack) -> Iterator[Fault]:
    """Names for actors that the code does not know."""
    for actor in pack.actors:
        yield from unknown(actor, "id", [actor.id], ACTORS, "actor")


def faults_of_bodies(pack: Pack) -> Iterator[Fault]:
    """Bodies that do not exist, or have no desk at which anybody could take the step."""
    seated = {desk.agency for desk in pack.desks}
    for step in pack.steps:
        yield from unknown(step, "agencies", step.agencies, ids(pack.agencies), "agency")
        for body in step.agencies:
            if body in ids(pack.agencies) and body not in seated:
                yield fault(step, f'agency "{body}" has no desk to take the step', "agencies")


def faults_of_solutions(pack: Pack) -> Iterator[Fault]:
    """Solutions whose step or gate does not exist."""
    for solution in pack.solutions:
        yield from unknown(solution, "step", [solution.step], ids(pack.steps), "step")
        yield from unknown(solution, "gate", [solution.gate], GATES, "gate")


def _faults_of_ends(step: Step, track: Track) -> Iterator[Fault]:
    states = ids(track.states)
    if not step.origins:
        yield fault(step, f'step "{step.id}" starts from no state', "from")
    yield from unknown(step, "from", step.origins, states, f"state of track {track.id}:")
    yield from unknown(step, "to", [step.to], states, f"state of track {track.id}:")


def _faults_of_actors(step: Step, pack: Pack) -> Iterator[Fault]:
    if not step.actors:
        yield fault(step, f'step "{step.id}" has no actor: nobody could take it', "actors")
    yield from unknown(step, "actors", step.actors, ACTORS, "actor")
    for actor in step.actors:
        if actor in ACTORS and actor not in ids(pack.actors):
            yield fault(step, f'actor "{actor}" has no name in [[actors]]', "actors")


def _clocks(step: Step) -> tuple[Clock, ...]:
    return (*step.clocks, *([step.clock] if step.clock else []))


def _faults_of_having_a_clock(step: Step) -> Iterator[Fault]:
    if step.no_clock and _clocks(step):
        yield fault(step, f'step "{step.id}" has a clock and a reason for none', "no_clock")
    if step.no_clock or step.clock:
        return
    if not step.clocks:
        yield fault(step, f'step "{step.id}" has neither a clock nor a reason for none (no_clock)')
        return
    timed = {clock.when for clock in step.clocks}
    for state in step.origins:
        if state not in timed:
            yield fault(step, f'step "{step.id}" has no clock from state "{state}"', "clocks")
    for clock in step.clocks:
        yield from unknown(clock, "when", [clock.when or ""], step.origins, "state to count from")


def _faults_of_earliest(step: Step, earliest: Clock) -> Iterator[Fault]:
    """Earliest moments that stop, or that come when the step is due already."""
    if earliest.pauses or earliest.when:
        yield fault(step, "a time to wait runs from every state and without a pause", "not_before")
    for clock in _clocks(step):
        if clock.unit is earliest.unit and clock.amount <= earliest.amount:
            reason = f'step "{step.id}" is due before it may be taken'
            yield fault(step, reason, "not_before")


def _faults_of_clock(clock: Clock, pack: Pack) -> Iterator[Fault]:
    yield from unknown(clock, "setting", [clock.setting], ids(pack.settings), "setting")
    yield from unknown(clock, "limit", [clock.limit], ids(pack.law.limits), "time limit")
    yield from unknown(clock, "pauses", clock.pauses, PAUSES, "pause")
    yield from unknown(clock, "since", [clock.since], SINCES, "moment")
    if clock.since and clock.after:
        yield fault(clock, "a clock counts from a moment or after a step, not both", "since")
    given = [key for key in ("setting", "limit", "amount") if key in clock.place.keys]
    if len(given) != 1:
        yield fault(clock, 'a clock names either a "setting", or a "limit", or an "amount"')
    if ("amount" in clock.place.keys) != ("unit" in clock.place.keys):
        yield fault(clock, 'a clock with an "amount" has a "unit", and only such a clock')
    if given == ["amount"] and clock.amount < 1:
        yield fault(clock, f"a clock of {clock.amount} runs out before it starts", "amount")
