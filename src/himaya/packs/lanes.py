"""Where the parts of a drawing stand: boxes in lanes, lanes in the regions of their stages."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from himaya.packs.layout import Layout
from himaya.packs.schema import Pack
from himaya.packs.tracks import Stage
from himaya.packs.vocabulary import StageOrder

STATE_WIDTH, STEP_WIDTH, SPACE = 128.0, 150.0, 34.0
GAP, PADDING, LINE_HEIGHT = 10.0, 20.0, 15.0


@dataclass(frozen=True, slots=True)
class Box:
    """Lines of text in a box: what it is, then who and when."""

    what: tuple[str, ...]
    detail: tuple[str, ...] = ()

    @property
    def height(self) -> float:
        """As high as its lines, with room above and below."""
        return LINE_HEIGHT * len(self.what + self.detail) + 14


def regions(pack: Pack) -> dict[str, Stage | None]:
    """The first track of each stage that runs beside the others → the stage; none when in turn.

    None: the track is the first of those that belong to no stage.
    """
    if pack.stages_run is StageOrder.IN_TURN:
        return {}
    stages = {stage.id: stage for stage in pack.stages}
    groups = groupby(pack.tracks, key=lambda track: track.stage)
    return {next(tracks).id: stages[stage] if stage else None for stage, tracks in groups}


def heights(boxes: Mapping[str, Box]) -> dict[str, float]:
    """The name of each box → its height."""
    return {name: box.height for name, box in boxes.items()}


def lane_height(layout: Layout) -> float:
    """The height of a lane, with what parts it from the next."""
    return layout.height + 2 * PADDING + GAP


def x_of(layer: int) -> float:
    """Where a layer begins, or where the layers before it end."""
    pairs, odd = divmod(layer, 2)
    return pairs * (STATE_WIDTH + STEP_WIDTH + 2 * SPACE) + odd * (STATE_WIDTH + SPACE)
