"""A drawing that is made once and reads from either side."""

from collections.abc import Sequence
from itertools import pairwise
from xml.etree import ElementTree as ET

Point = tuple[float, float]

INK = "#17262e"
FONTS = "'Noto Sans','Noto Sans Arabic','Segoe UI',Tahoma,sans-serif"


class Canvas:
    """An SVG being drawn. Every x is reckoned from the side where reading begins.

    Everything is a presentation attribute: no style, no script, so the strictest page may show it.
    """

    def __init__(self, width: float, height: float, language: str, title: str) -> None:
        self.width = width
        self.mirror = language == "ar"
        self.svg = ET.Element(
            "svg",
            {
                "xmlns": "http://www.w3.org/2000/svg",
                "viewBox": f"0 0 {width:g} {height:g}",
                "width": f"{width:g}",
                "height": f"{height:g}",
                "role": "img",
                "font-family": FONTS,
                "lang": language,
                "direction": "rtl" if self.mirror else "ltr",
            },
        )
        ET.SubElement(self.svg, "title").text = title

    def text(self) -> str:
        """The drawing as SVG."""
        ET.indent(self.svg)
        return ET.tostring(self.svg, encoding="unicode") + "\n"

    def words(
        self, text: str, x: float, y: float, *, size: float, weight: str = "normal", ink: str = INK
    ) -> None:
        """A line of text around a point."""
        look = {
            "x": f"{self._x(x):.1f}",
            "y": f"{y:.1f}",
            "font-size": f"{size:g}",
            "font-weight": weight,
            "fill": ink,
            # Middle means the same in both directions of script; start and end do not.
            "text-anchor": "middle",
            "dominant-baseline": "central",
        }
        ET.SubElement(self.svg, "text", look).text = text

    def box(self, x: float, y: float, width: float, height: float, **look: str) -> None:
        """A rectangle; `look` gives further attributes."""
        place = {
            "x": f"{self._x(x + width) if self.mirror else x:.1f}",
            "y": f"{y:.1f}",
            "width": f"{width:.1f}",
            "height": f"{height:.1f}",
        }
        ET.SubElement(self.svg, "rect", place | look)

    def curve(self, points: Sequence[Point], ink: str) -> None:
        """A line that swings from the first point to the second, runs straight to the third…"""
        path = f"M{self._at(points[0])}"
        for number, (start, end) in enumerate(pairwise(points)):
            path += self._swing(start, end) if number % 2 == 0 else f" L{self._at(end)}"
        look = {"d": path, "fill": "none", "stroke": ink, "stroke-width": "1.6"}
        ET.SubElement(self.svg, "path", look)

    def arrow(self, start: Point, end: Point, ink: str) -> None:
        """The head of an arrow that arrives at the end from the side of the start."""
        x, y = end
        back = -9 if x > start[0] else 9
        corners = ((x, y), (x + back, y - 4.5), (x + back, y + 4.5))
        points = " ".join(self._at(corner) for corner in corners)
        ET.SubElement(self.svg, "polygon", {"points": points, "fill": ink})

    def _swing(self, start: Point, end: Point) -> str:
        middle = (start[0] + end[0]) / 2
        return f" C{self._at((middle, start[1]))} {self._at((middle, end[1]))} {self._at(end)}"

    def _at(self, point: Point) -> str:
        return f"{self._x(point[0]):.1f},{point[1]:.1f}"

    def _x(self, x: float) -> float:
        return self.width - x if self.mirror else x


def wrapped(text: str, letters: int) -> list[str]:
    """The text in lines of about so many letters; a longer word stands alone."""
    lines: list[str] = []
    for word in text.split(" "):
        if lines and len(lines[-1]) + 1 + len(word) <= letters:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines
