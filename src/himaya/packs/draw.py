"""A pack's pathway as a picture: tracks as lanes, states as boxes, steps between them."""

from himaya.packs.canvas import INK, Canvas, wrapped
from himaya.packs.entries import Label
from himaya.packs.grounds import conditions_of, ground_of
from himaya.packs.lanes import (
    GAP,
    LINE_HEIGHT,
    PADDING,
    STATE_WIDTH,
    STEP_WIDTH,
    Box,
    heights,
    lane_height,
    regions,
    x_of,
)
from himaya.packs.layout import Layout, Line, Node, lay_out
from himaya.packs.schema import Pack
from himaya.packs.tracks import Stage, State, Step, Track
from himaya.packs.wording import time_of

HEADER, MARGIN = 142.0, 24.0
TITLE_HEIGHT, REGION_HEIGHT, LEGEND_HEIGHT = 96.0, 44.0, 60.0
SMALL, NORMAL, LARGE = 11.0, 13.0, 24.0
LETTERS_OF_STATE, LETTERS_OF_STEP, LETTERS_OF_DETAIL, LETTERS_OF_HEADER = 15, 18, 25, 14
LEGEND_STRIDE, LEGEND_WORDS = 264.0, 150.0

FAINT, PAPER, LANE, PILL = "#46565f", "#ffffff", "#f3f6f7", "#e3ebee"
END, GATE, LEAVING, ARRIVING = "#dff1e6", "#9a5200", "#93a4ad", "#0f6674"
STAGES = ("#0f6674", "#8a3b12", "#6b2d73", "#2f6b2f", "#1f4e96", "#8a6d00", "#8c1d40", "#44546a")
DASHES = "5 3"

WORDS = {
    "title": Label("The pathway: {name}, version {version}", "المسار: {name}، الإصدار {version}"),
    "start": Label("A track starts here", "يبدأ المسار هنا"),
    "end": Label("The case may be closed here", "يجوز إغلاق الحالة هنا"),
    "gate": Label("Only through the gate", "لا يُبلغ إلا باستيفاء الشروط"),
    "step": Label("Step: who, if what, by when", "خطوة: من وبأي شرط وفي أي مهلة"),
    "beside": Label("Beside these", "إلى جانب ذلك"),
    "comma": Label(", ", "، "),
}


def draw(pack: Pack, language: str = "en") -> str:
    """The pathway as the text of an SVG, mirrored for Arabic. All words in it are escaped."""
    return _Drawing(pack, language).text()


class _Drawing:
    """One picture being made, lane by lane."""

    def __init__(self, pack: Pack, language: str) -> None:
        self.pack = pack
        self.language = language
        self.boxes = [self._boxes(track) for track in pack.tracks]
        self.layouts = [
            lay_out(track, pack.steps_of(track.id), heights(boxes), GAP)
            for track, boxes in zip(pack.tracks, self.boxes, strict=True)
        ]
        layers = max((layout.layers for layout in self.layouts), default=1)
        self.width = max(2 * MARGIN + HEADER + x_of(layers), 4 * LEGEND_STRIDE)
        self.regions = regions(pack)
        lanes = sum(map(lane_height, self.layouts)) + REGION_HEIGHT * len(self.regions)
        self.height = TITLE_HEIGHT + lanes + LEGEND_HEIGHT
        self.canvas = Canvas(self.width, self.height, language, self._title())

    def text(self) -> str:
        self.canvas.box(0, 0, self.width, self.height, fill=PAPER)
        self.canvas.words(self._title(), self.width / 2, 36, size=LARGE, weight="bold")
        self._stages(72)
        y = TITLE_HEIGHT
        for track, boxes, layout in zip(self.pack.tracks, self.boxes, self.layouts, strict=True):
            if track.id in self.regions:
                self._region(self.regions[track.id], y)
                y += REGION_HEIGHT
            self._lane(track, boxes, layout, y)
            y += lane_height(layout)
        self._legend(y + LEGEND_HEIGHT / 2 - GAP / 2)
        return self.canvas.text()

    # --- what is written where ---

    def _in(self, label: Label) -> str:
        return label.in_language(self.language)

    def _title(self) -> str:
        title = self._in(WORDS["title"])
        return title.format(name=self._in(self.pack.name), version=self.pack.version)

    def _boxes(self, track: Track) -> dict[str, Box]:
        states = {
            f"state {state.id}": Box(tuple(wrapped(self._in(state.label), LETTERS_OF_STATE)))
            for state in track.states
        }
        steps = self.pack.steps_of(track.id)
        return states | {f"step {step.id}": self._step_box(step) for step in steps}

    def _step_box(self, step: Step) -> Box:
        names = {actor.id: self._in(actor.label) for actor in self.pack.actors}
        who = self._in(WORDS["comma"]).join(names[actor] for actor in step.actors)
        what = wrapped(self._in(step.label), LETTERS_OF_STEP)
        said = (
            who,
            conditions_of(self.pack, step, self.language),
            time_of(step, self.language),
            ground_of(self.pack, step, self.language),
        )
        detail = [line for words in said if words for line in wrapped(words, LETTERS_OF_DETAIL)]
        return Box(tuple(what), tuple(detail))

    def _region(self, stage: Stage | None, y: float) -> None:
        """The heading of the lanes of a stage that runs beside the others, or of none of them."""
        colour = STAGES[self.pack.stages.index(stage) % len(STAGES)] if stage else FAINT
        height = REGION_HEIGHT - GAP
        self.canvas.box(MARGIN, y, self.width - 2 * MARGIN, height, fill=colour, rx="8")
        name = self._in(stage.label if stage else WORDS["beside"])
        look = {"weight": "bold", "ink": PAPER}
        self.canvas.words(name, self.width / 2, y + height / 2, size=NORMAL + 3, **look)

    # --- one lane ---

    def _lane(self, track: Track, boxes: dict[str, Box], layout: Layout, y: float) -> None:
        height = lane_height(layout) - GAP
        self.canvas.box(MARGIN, y, self.width - 2 * MARGIN, height, fill=LANE, rx="8")
        self._header(track, y + height / 2)
        for line in layout.lines:
            self._line(line, y + PADDING)
        for node in layout.nodes:
            if node.state:
                self._state(track, track.state(node.state), boxes[f"state {node.state}"], node, y)
            elif node.step:
                self._step(boxes[f"step {node.step}"], node, y)

    def _header(self, track: Track, middle: float) -> None:
        lines = wrapped(self._in(track.label), LETTERS_OF_HEADER)
        for number, line in enumerate(lines):
            y = middle + (number - (len(lines) - 1) / 2) * (LINE_HEIGHT + 4)
            self.canvas.words(line, MARGIN + HEADER / 2, y, size=NORMAL + 3, weight="bold")

    def _state(self, track: Track, state: State, box: Box, node: Node, lane: float) -> None:
        x, y = self._x(node), lane + PADDING + node.y - box.height / 2
        starts = state.id == track.start
        look = {"fill": INK if starts else END if state.end else PAPER, "stroke": INK}
        if state.behind:
            look |= {"stroke": GATE, "stroke-dasharray": DASHES}
        self.canvas.box(x, y, STATE_WIDTH, box.height, rx="6", **look)
        stage = self.pack.stage_of(track.id, state.id)
        if stage:
            colour = STAGES[self.pack.stages.index(stage) % len(STAGES)]
            look = {"stroke": PAPER} if starts else {}
            self.canvas.box(x + 5, y + 5, 5, box.height - 10, fill=colour, rx="2", **look)
        self._text(box, x + STATE_WIDTH / 2 + 4, y, ink=PAPER if starts else INK, weight="normal")

    def _step(self, box: Box, node: Node, lane: float) -> None:
        x, y = self._x(node), lane + PADDING + node.y - box.height / 2
        self.canvas.box(x, y, STEP_WIDTH, box.height, fill=PILL, rx="14")
        self._text(box, x + STEP_WIDTH / 2, y, ink=INK, weight="bold")

    def _text(self, box: Box, x: float, y: float, *, ink: str, weight: str) -> None:
        y += 7 + LINE_HEIGHT / 2
        for line in box.what:
            self.canvas.words(line, x, y, size=NORMAL, weight=weight, ink=ink)
            y += LINE_HEIGHT
        for line in box.detail:
            self.canvas.words(line, x, y, size=SMALL, ink=FAINT)
            y += LINE_HEIGHT

    def _line(self, line: Line, top: float) -> None:
        points: list[tuple[float, float]] = []
        for stretch in line.stretches:
            onward = stretch.end.layer > stretch.start.layer
            points.append((self._side(stretch.start, far=onward), top + stretch.start_y))
            points.append((self._side(stretch.end, far=not onward), top + stretch.end_y))
        ink = ARRIVING if line.arrives else LEAVING
        self.canvas.curve(points, ink)
        if line.arrives:
            self.canvas.arrow(points[-2], points[-1], ink)

    def _x(self, node: Node) -> float:
        return MARGIN + HEADER + x_of(node.layer)

    def _side(self, node: Node, *, far: bool) -> float:
        """The x where lines meet a node: its far side, or its near one, in reading direction."""
        width = STEP_WIDTH if node.layer % 2 else STATE_WIDTH
        return self._x(node) + (width if far else 0)

    # --- around the lanes ---

    def _stages(self, y: float) -> None:
        entries = [self._in(stage.label) for stage in self.pack.stages]
        widths = [36 + 7.4 * len(entry) for entry in entries]
        x = (self.width - sum(widths)) / 2
        for number, (entry, width) in enumerate(zip(entries, widths, strict=True)):
            self.canvas.box(x, y - 8, 5, 16, fill=STAGES[number % len(STAGES)], rx="2")
            self.canvas.words(entry, x + width / 2 - 6, y, size=NORMAL)
            x += width

    def _legend(self, y: float) -> None:
        looks = {
            "start": {"fill": INK, "rx": "4"},
            "end": {"fill": END, "rx": "4", "stroke": INK},
            "gate": {"fill": PAPER, "rx": "4", "stroke": GATE, "stroke-dasharray": DASHES},
            "step": {"fill": PILL, "rx": "9"},
        }
        x = (self.width - LEGEND_STRIDE * len(looks)) / 2
        for key, look in looks.items():
            self.canvas.box(x, y - 9, 36, 18, **look)
            self.canvas.words(self._in(WORDS[key]), x + LEGEND_WORDS, y, size=NORMAL)
            x += LEGEND_STRIDE
