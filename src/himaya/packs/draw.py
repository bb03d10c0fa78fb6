"""A pack's pathway as a picture: tracks as lanes, states as boxes, steps between them."""

from dataclasses import dataclass

from himaya.packs.canvas import INK, Canvas, wrapped
from himaya.packs.entries import Label
from himaya.packs.layout import Layout, Line, Node, lay_out
from himaya.packs.schema import Pack
from himaya.packs.tracks import State, Step, Track
from himaya.packs.wording import duration

STATE_WIDTH, STEP_WIDTH, SPACE = 128.0, 150.0, 34.0
HEADER, MARGIN, GAP, PADDING = 142.0, 24.0, 10.0, 20.0
TITLE_HEIGHT, LEGEND_HEIGHT = 96.0, 60.0
LINE_HEIGHT, SMALL, NORMAL, LARGE = 15.0, 11.0, 13.0, 24.0
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
    "step": Label("Step: who takes it, by when", "خطوة: من يتخذها وفي أي مهلة"),
    "no_clock": Label("no deadline", "دون مهلة"),
    "comma": Label(", ", "، "),
}


def draw(pack: Pack, language: str = "en") -> str:
    """The pathway as the text of an SVG, mirrored for Arabic. All words in it are escaped."""
    return _Drawing(pack, language).text()


@dataclass(frozen=True, slots=True)
class _Box:
    """Lines of text in a box: what it is, then who and when."""

    what: tuple[str, ...]
    detail: tuple[str, ...] = ()

    @property
    def height(self) -> float:
        return LINE_HEIGHT * len(self.what + self.detail) + 14


class _Drawing:
    """One picture being made, lane by lane."""

    def __init__(self, pack: Pack, language: str) -> None:
        self.pack = pack
        self.language = language
        self.boxes = [self._boxes(track) for track in pack.tracks]
        self.layouts = [
            lay_out(track, pack.steps_of(track.id), _heights(boxes), GAP)
            for track, boxes in zip(pack.tracks, self.boxes, strict=True)
        ]
        layers = max((layout.layers for layout in self.layouts), default=1)
        self.width = max(2 * MARGIN + HEADER + _x_of(layers), 4 * LEGEND_STRIDE)
        self.height = TITLE_HEIGHT + sum(map(_lane_height, self.layouts)) + LEGEND_HEIGHT
        self.canvas = Canvas(self.width, self.height, language, self._title())

    def text(self) -> str:
        self.canvas.box(0, 0, self.width, self.height, fill=PAPER)
        self.canvas.words(self._title(), self.width / 2, 36, size=LARGE, weight="bold")
        self._stages(72)
        y = TITLE_HEIGHT
        for track, boxes, layout in zip(self.pack.tracks, self.boxes, self.layouts, strict=True):
            self._lane(track, boxes, layout, y)
            y += _lane_height(layout)
        self._legend(y + LEGEND_HEIGHT / 2 - GAP / 2)
        return self.canvas.text()

    # --- what is written where ---

    def _in(self, label: Label) -> str:
        return label.in_language(self.language)

    def _title(self) -> str:
        title = self._in(WORDS["title"])
        return title.format(name=self._in(self.pack.name), version=self.pack.version)

    def _boxes(self, track: Track) -> dict[str, _Box]:
        states = {
            f"state {state.id}": _Box(tuple(wrapped(self._in(state.label), LETTERS_OF_STATE)))
            for state in track.states
        }
        steps = self.pack.steps_of(track.id)
        return states | {f"step {step.id}": self._step_box(step) for step in steps}

    def _step_box(self, step: Step) -> _Box:
        names = {actor.id: self._in(actor.label) for actor in self.pack.actors}
        who = self._in(WORDS["comma"]).join(names[actor] for actor in step.actors)
        what = wrapped(self._in(step.label), LETTERS_OF_STEP)
        detail = wrapped(who, LETTERS_OF_DETAIL) + wrapped(self._deadline(step), LETTERS_OF_DETAIL)
        return _Box(tuple(what), tuple(detail))

    def _deadline(self, step: Step) -> str:
        clocks = [clock for clock in (step.clock, *step.clocks) if clock]
        # A duration is not broken at the end of a line: its spaces become hard ones.
        words = [duration(clock, self.language).replace(" ", "\u00a0") for clock in clocks]
        return " / ".join(dict.fromkeys(words)) or self._in(WORDS["no_clock"])

    # --- one lane ---

    def _lane(self, track: Track, boxes: dict[str, _Box], layout: Layout, y: float) -> None:
        height = _lane_height(layout) - GAP
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

    def _state(self, track: Track, state: State, box: _Box, node: Node, lane: float) -> None:
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

    def _step(self, box: _Box, node: Node, lane: float) -> None:
        x, y = self._x(node), lane + PADDING + node.y - box.height / 2
        self.canvas.box(x, y, STEP_WIDTH, box.height, fill=PILL, rx="14")
        self._text(box, x + STEP_WIDTH / 2, y, ink=INK, weight="bold")

    def _text(self, box: _Box, x: float, y: float, *, ink: str, weight: str) -> None:
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
        return MARGIN + HEADER + _x_of(node.layer)

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


def _heights(boxes: dict[str, _Box]) -> dict[str, float]:
    return {name: box.height for name, box in boxes.items()}


def _lane_height(layout: Layout) -> float:
    return layout.height + 2 * PADDING + GAP


def _x_of(layer: int) -> float:
    """Where a layer begins, or where the layers before it end."""
    pairs, odd = divmod(layer, 2)
    return pairs * (STATE_WIDTH + STEP_WIDTH + 2 * SPACE) + odd * (STATE_WIDTH + SPACE)
