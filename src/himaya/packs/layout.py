"""Where the states and steps of a track stand in a drawing: left to right, few lines crossing.

The usual method in layers: states on even layers, steps on odd ones between them. A line that
passes a layer gets a place of its own there, so that it never runs behind a box.
"""

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from himaya.packs.tracks import Step, Track

SWEEPS = 12
PASSAGE = 14.0  # height of the place that a passing line takes
PORTS = 9.0  # space between two lines that meet one side of a box, where there is room
RIM = 6.0  # how far from its corners a box is met


@dataclass(slots=True, eq=False)
class Node:
    """A box to be drawn, or the place where a line passes a layer (state and step are None)."""

    layer: int
    height: float
    state: str | None = None
    step: str | None = None
    y: float = 0.0
    before: list["Node"] = field(default_factory=list)
    after: list["Node"] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Stretch:
    """A line between two neighbouring layers, and the y at which it meets each node's side."""

    start: Node
    end: Node
    start_y: float = 0.0
    end_y: float = 0.0


@dataclass(frozen=True, slots=True)
class Line:
    """A line from a state to a step, or, when it arrives, from a step to a state."""

    stretches: tuple[Stretch, ...]
    arrives: bool


@dataclass(frozen=True, slots=True)
class Layout:
    """The nodes of a track with their places; y counts from the top of the lane."""

    nodes: tuple[Node, ...]
    lines: tuple[Line, ...]
    layers: int
    height: float


def lay_out(
    track: Track, steps: Sequence[Step], heights: Mapping[str, float], gap: float
) -> Layout:
    """A place for every state and step of a track.

    heights: height of each box, as `state ID` and `step ID`. gap: least space between two boxes.
    """
    ranks = _ranks(track, steps)
    states = {
        state.id: Node(2 * ranks[state.id], heights[f"state {state.id}"], state=state.id)
        for state in track.states
    }
    boxes = [*states.values()]
    lines = []
    for step in steps:
        node = Node(_layer_of(step, ranks), heights[f"step {step.id}"], step=step.id)
        boxes.append(node)
        lines += [_line(states[origin], node, arrives=False) for origin in step.origins]
        lines.append(_line(node, states[step.to], arrives=True))
    passages = [stretch.end for line in lines for stretch in line.stretches[:-1]]
    layers = _in_layers([*boxes, *passages])
    _uncross(layers)
    height = _place(layers, gap)
    _spread([stretch for line in lines for stretch in line.stretches])
    return Layout((*boxes, *passages), tuple(lines), len(layers), height)


def _ranks(track: Track, steps: Iterable[Step]) -> dict[str, int]:
    """State → how many steps it is away from the start, at least."""
    follows: dict[str, list[str]] = {state.id: [] for state in track.states}
    for step in steps:
        for origin in step.origins:
            follows[origin].append(step.to)
    ranks = {track.start: 0}
    queue = deque([track.start])
    while queue:
        state = queue.popleft()
        for after in follows[state]:
            if after not in ranks:
                ranks[after] = ranks[state] + 1
                queue.append(after)
    return ranks


def _layer_of(step: Step, ranks: Mapping[str, int]) -> int:
    """Just before the state it leads to; just behind it, for a step that leads back."""
    target = ranks[step.to]
    leads_on = any(ranks[origin] < target for origin in step.origins)
    return 2 * target - 1 if leads_on else 2 * target + 1


def _line(start: Node, end: Node, *, arrives: bool) -> Line:
    toward = 1 if end.layer > start.layer else -1
    between = range(start.layer + toward, end.layer, toward)
    nodes = (start, *(Node(layer, PASSAGE) for layer in between), end)
    for one, other in pairwise(nodes):
        left, right = (one, other) if toward == 1 else (other, one)
        left.after.append(right)
        right.before.append(left)
    return Line(tuple(Stretch(one, other) for one, other in pairwise(nodes)), arrives)


def _in_layers(nodes: Iterable[Node]) -> list[list[Node]]:
    nodes = list(nodes)
    last = max(node.layer for node in nodes)
    return [[node for node in nodes if node.layer == layer] for layer in range(last + 1)]


def _uncross(layers: Sequence[list[Node]]) -> None:
    """Order each layer by the middle of its neighbours, sweeping to and fro."""
    for sweep in range(SWEEPS):
        forward = sweep % 2 == 0
        for layer in layers if forward else reversed(layers):
            _number(layers)
            layer.sort(key=lambda node: _middle(node.before if forward else node.after, node.y))
    _number(layers)


def _number(layers: Iterable[Sequence[Node]]) -> None:
    for layer in layers:
        for number, node in enumerate(layer):
            node.y = number - (len(layer) - 1) / 2


def _middle(neighbours: Sequence[Node], otherwise: float) -> float:
    if not neighbours:
        return otherwise
    return sum(node.y for node in neighbours) / len(neighbours)


def _place(layers: Sequence[Sequence[Node]], gap: float) -> float:
    """Give every node its y (the middle of its box), and answer the height of it all."""
    for layer in layers:
        _stack(layer, [0.0] * len(layer), gap)
    for sweep in range(SWEEPS):
        for layer in layers if sweep % 2 == 0 else reversed(layers):
            wished = [_middle([*node.before, *node.after], node.y) for node in layer]
            _stack(layer, wished, gap)
    top = min(node.y - node.height / 2 for layer in layers for node in layer)
    for layer in layers:
        for node in layer:
            node.y -= top
    return max(node.y + node.height / 2 for layer in layers for node in layer)


def _stack(layer: Sequence[Node], wished: Sequence[float], gap: float) -> None:
    """Put the nodes as near to where they wish to be as their order and the gaps allow.

    Nodes that would overlap join a block, which stands where its members wish on average.
    """
    blocks: list[list[tuple[Node, float]]] = []
    for node, wish in zip(layer, wished, strict=True):
        blocks.append([(node, wish)])
        while len(blocks) > 1 and _end(blocks[-2], gap) > _start(blocks[-1], gap):
            joined = blocks.pop()
            blocks[-1] += joined
    for block in blocks:
        y = _start(block, gap)
        for node, _ in block:
            node.y = y + node.height / 2
            y += node.height + gap


def _start(block: Sequence[tuple[Node, float]], gap: float) -> float:
    """The top of a block that stands where its members wish on average."""
    offset = 0.0
    tops = []
    for node, wish in block:
        tops.append(wish - node.height / 2 - offset)
        offset += node.height + gap
    return sum(tops) / len(tops)


def _end(block: Sequence[tuple[Node, float]], gap: float) -> float:
    return _start(block, gap) + sum(node.height + gap for node, _ in block)


def _spread(stretches: Iterable[Stretch]) -> None:
    """Let the lines on one side of a box meet it one below the other, in the order they come."""
    sides: dict[tuple[int, bool], list[tuple[float, bool, Stretch]]] = {}
    for stretch in stretches:
        onward = stretch.end.layer > stretch.start.layer
        sides.setdefault((id(stretch.start), onward), []).append((stretch.end.y, True, stretch))
        sides.setdefault((id(stretch.end), not onward), []).append(
            (stretch.start.y, False, stretch)
        )
    for meeting in sides.values():
        meeting.sort(key=lambda met: met[0])
        for number, (_, starts, stretch) in enumerate(meeting):
            node = stretch.start if starts else stretch.end
            room = (node.height - 2 * RIM) / max(len(meeting) - 1, 1)
            y = node.y + (number - (len(meeting) - 1) / 2) * min(PORTS, room)
            if starts:
                stretch.start_y = y
            else:
                stretch.end_y = y
