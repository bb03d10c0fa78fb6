"""Pictures of figures: plain SVG made here, with no script and no style of its own.

Everything is placed by x and mirrored for right-to-left readers. The picture keeps its own text
direction left to right, so that `text-anchor` means the same in every language; each label is
isolated, so that it still reads in its own direction.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from himaya.statistics.disclosure import Mark

WIDTH = 400
LONGEST_BAR = 300  # leaves room for the words "fewer than 5" behind it
HIDDEN_BAR = 40  # one length for every hidden count: it tells nothing
ROW, BAR, LABEL_LINE, BAR_TOP, GAP = 44, 14, 13, 20, 6
INK = "#0c555c"
ISOLATED = "\u2068{}\u2069"


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its label, its length as a count (None when hidden), and the count in words."""

    label: str
    count: int | None
    mark: Mark
    text: str


@dataclass(slots=True)
class Canvas:
    """Shapes placed from the edge where reading starts. name: prefix of the ids inside."""

    name: str
    rtl: bool
    shapes: list[SafeString] = field(default_factory=list)

    def text(self, x: float, y: float, words: str, anchor: str = "start") -> None:
        """Words whose start, middle or end stands at x."""
        opposite = {"start": "end", "middle": "middle", "end": "start"}
        self.shapes.append(
            format_html(
                '<text class="label" x="{}" y="{}" text-anchor="{}">{}</text>',
                _short(WIDTH - x if self.rtl else x),
                _short(y),
                opposite[anchor] if self.rtl else anchor,
                ISOLATED.format(words),
            )
        )

    def bar(self, x: float, y: float, width: float, mark: Mark) -> None:
        """A bar: full when its length is true, hatched or dashed when it tells nothing."""
        edge = "currentColor"
        drawn = {
            Mark.SHOWN: format_html('class="bar" fill="{}"', INK),
            Mark.FEWER: format_html('class="few" fill="url(#{}-few)" stroke="{}"', self.name, edge),
            Mark.WITHHELD: format_html(
                'class="bar hidden" fill="none" stroke="{}" stroke-dasharray="3 2"', edge
            ),
        }
        self.shapes.append(
            format_html(
                '<rect {} x="{}" y="{}" width="{}" height="{}"/>',
                drawn[mark],
                _short(WIDTH - x - width if self.rtl else x),
                _short(y),
                _short(width),
                BAR,
            )
        )

    def drawn(self, height: int, title: str, description: str) -> SafeString:
        """The whole picture. Its title and description are what a screen reader says."""
        return format_html(
            '<svg class="chart" role="img" viewBox="0 0 {width} {height}" width="{width}"'
            ' height="{height}" direction="ltr" font-size="13" fill="currentColor"'
            ' aria-labelledby="{name}-title {name}-about">'
            '<title id="{name}-title">{title}</title><desc id="{name}-about">{about}</desc>'
            '<defs><pattern id="{name}-few" width="6" height="6" patternUnits="userSpaceOnUse"'
            ' patternTransform="rotate(45)"><rect width="2" height="6" fill="currentColor"/>'
            "</pattern></defs>{shapes}</svg>",
            name=self.name,
            width=WIDTH,
            height=height,
            title=title,
            about=description,
            shapes=format_html_join("", "{}", ((shape,) for shape in self.shapes)),
        )


class Chart(Protocol):
    """A way to draw bars."""

    def __call__(
        self, *, name: str, title: str, description: str, bars: Sequence[Bar], rtl: bool
    ) -> SafeString:
        """The picture. name: its id in the page, so once in a page."""


def bar_chart(
    *, name: str, title: str, description: str, bars: Sequence[Bar], rtl: bool
) -> SafeString:
    """Bars that start at the edge where reading starts, each under its label."""
    canvas = Canvas(name, rtl)
    scale = _scale(bars, LONGEST_BAR)
    for place, bar in enumerate(bars):
        top = place * ROW
        width = _width(bar, scale)
        canvas.text(0, top + LABEL_LINE, bar.label)
        canvas.bar(1, top + BAR_TOP, width, bar.mark)
        canvas.text(width + 1 + GAP, top + BAR_TOP + BAR - 2, bar.text)
    return canvas.drawn(len(bars) * ROW, title, description)


def funnel_chart(
    *, name: str, title: str, description: str, bars: Sequence[Bar], rtl: bool
) -> SafeString:
    """Bars around one axis, from the first step down to the last."""
    canvas = Canvas(name, rtl)
    scale = _scale(bars, WIDTH - 2)
    for place, bar in enumerate(bars):
        top = place * ROW
        width = _width(bar, scale)
        canvas.text(0, top + LABEL_LINE, bar.label)
        canvas.text(WIDTH, top + LABEL_LINE, bar.text, anchor="end")
        canvas.bar((WIDTH - width) / 2, top + BAR_TOP, width, bar.mark)
    return canvas.drawn(len(bars) * ROW, title, description)


def _scale(bars: Sequence[Bar], longest: int) -> float:
    return longest / max((bar.count for bar in bars if bar.count), default=longest)


def _width(bar: Bar, scale: float) -> float:
    return HIDDEN_BAR if bar.mark is not Mark.SHOWN else (bar.count or 0) * scale


def _short(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
