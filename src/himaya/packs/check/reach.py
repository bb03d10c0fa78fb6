"""Where a track can get to: no state out of reach, no dead end, no running in circles."""

from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping

from himaya.packs.errors import Fault
from himaya.packs.schema import Pack
from himaya.packs.tracks import Step, Track

Graph = Mapping[str, frozenset[str]]


def faults_of_reach(pack: Pack) -> Iterator[Fault]:
    """Every fault in how the steps of each track hang together."""
    for track in pack.tracks:
        steps = pack.steps_of(track.id)
        forward = _graph(track, steps)
        yield from _out_of_reach(track, forward)
        yield from _dead_ends(track, forward)
        yield from _circles(track, forward)
        yield from _ways_around(track, steps)


def reached(graph: Graph, starts: Iterable[str]) -> set[str]:
    """The states that can be reached from the starts, these included."""
    seen = {state for state in starts if state in graph}
    queue = deque(seen)
    while queue:
        for after in graph[queue.popleft()] - seen:
            seen.add(after)
            queue.append(after)
    return seen


def _graph(track: Track, steps: Collection[Step]) -> Graph:
    """State → states that a step leads to. Names that no state has are another check's affair."""
    states = {state.id for state in track.states}
    return {
        state: frozenset(step.to for step in steps if state in step.origins and step.to in states)
        for state in states
    }


def _backward(graph: Graph) -> Graph:
    return {
        state: frozenset(before for before, after in graph.items() if state in after)
        for state in graph
    }


def _out_of_reach(track: Track, forward: Graph) -> Iterator[Fault]:
    found = reached(forward, [track.start])
    for state in track.states:
        if state.id not in found and track.start in forward:
            reason = f'state "{state.id}" cannot be reached from the start of its track'
            yield Fault(state.place.file, state.place.line, reason)


def _dead_ends(track: Track, forward: Graph) -> Iterator[Fault]:
    for state in track.states:
        if not state.end and not forward[state.id]:
            reason = f'state "{state.id}" is a dead end: no step leaves it and it is not an end'
            yield Fault(state.place.file, state.place.line, reason)


def _circles(track: Track, forward: Graph) -> Iterator[Fault]:
    """States that lead on for ever: there is always a next step, and never an end."""
    stops = [state.id for state in track.states if state.end or not forward[state.id]]
    stuck = set(forward) - reached(_backward(forward), stops)
    in_order = [state for state in track.states if state.id in stuck]
    if in_order:
        names = ", ".join(f'"{state.id}"' for state in in_order)
        reason = f"states {names} go round in a circle that never reaches an end"
        yield Fault(in_order[0].place.file, in_order[0].place.line, reason)


def _ways_around(track: Track, steps: Collection[Step]) -> Iterator[Fault]:
    """States that can be reached without passing the guard that they stand behind."""
    for state in track.states:
        without = [step for step in steps if state.behind not in step.guards]
        if state.behind and state.id in reached(_graph(track, without), [track.start]):
            reason = f'state "{state.id}" can be reached without passing "{state.behind}"'
            yield Fault(state.place.file, state.place.line_of("behind"), reason)
