"""Pictures: placed by x in both directions, hidden counts hatched, nothing that a CSP bars."""

import re
from xml.etree import ElementTree

import pytest

from himaya.statistics.charts import WIDTH, Bar, Chart, bar_chart, funnel_chart
from himaya.statistics.disclosure import Mark

BARS = [
    Bar("Forced labour", 40, Mark.SHOWN, "40"),
    Bar("Sexual exploitation", 10, Mark.SHOWN, "10"),
    Bar("Other forms", None, Mark.FEWER, "fewer than 5"),
    Bar("Not recorded", None, Mark.WITHHELD, "kept back"),
]


def drawn(chart: Chart = bar_chart, bars: list[Bar] = BARS, *, rtl: bool = False) -> str:
    return chart(name="form", title="By form", description="All of it", bars=bars, rtl=rtl)


def shapes(svg: str, tag: str) -> list[dict[str, str]]:
    return [dict(shape.attrib) for shape in ElementTree.fromstring(svg).iter(tag)]


def bars_of(svg: str) -> list[dict[str, str]]:
    return [shape for shape in shapes(svg, "rect") if "class" in shape]


@pytest.mark.parametrize("chart", [bar_chart, funnel_chart])
def test_a_bar_is_as_long_as_its_count(chart: Chart) -> None:
    first, second, *_rest = bars_of(drawn(chart))
    assert float(first["width"]) == pytest.approx(4 * float(second["width"]), abs=0.5)


@pytest.mark.parametrize("chart", [bar_chart, funnel_chart])
def test_a_hidden_count_is_hatched_or_dashed_and_its_length_tells_nothing(chart: Chart) -> None:
    fewer, withheld = bars_of(drawn(chart))[2:]
    assert fewer["fill"] == "url(#form-few)"
    assert 'id="form-few"' in drawn(chart)
    assert withheld["stroke-dasharray"]
    alone = bars_of(drawn(chart, [BARS[2]]))[0]
    assert alone["width"] == fewer["width"] == withheld["width"]


def test_a_right_to_left_picture_is_the_mirror_image() -> None:
    left, right = drawn(), drawn(rtl=True)
    for one, other in zip(bars_of(left), bars_of(right), strict=True):
        assert float(other["x"]) == pytest.approx(
            WIDTH - float(one["x"]) - float(one["width"]), abs=0.1
        )
    opposite = {"start": "end", "end": "start"}
    for one, other in zip(shapes(left, "text"), shapes(right, "text"), strict=True):
        assert float(other["x"]) == pytest.approx(WIDTH - float(one["x"]), abs=0.1)
        assert other["text-anchor"] == opposite[one["text-anchor"]]


@pytest.mark.parametrize("rtl", [False, True])
def test_text_keeps_its_own_direction_whatever_the_page_has(rtl: bool) -> None:
    svg = drawn(rtl=rtl)
    assert ElementTree.fromstring(svg).attrib["direction"] == "ltr"
    labels = [shape.text or "" for shape in ElementTree.fromstring(svg).iter("text")]
    assert all(label.startswith("\u2068") and label.endswith("\u2069") for label in labels)


@pytest.mark.parametrize("chart", [bar_chart, funnel_chart])
@pytest.mark.parametrize("rtl", [False, True])
def test_nothing_leaves_the_picture(chart: Chart, rtl: bool) -> None:
    svg = drawn(chart, rtl=rtl)
    for bar in bars_of(svg):
        assert 0 <= float(bar["x"]) <= float(bar["x"]) + float(bar["width"]) <= WIDTH


def test_no_style_and_no_script_is_inside() -> None:
    svg = drawn()
    assert not re.search(r"style=|<style|<script|on\w+=|href=", svg)


def test_a_screen_reader_is_told_what_the_picture_says() -> None:
    root = ElementTree.fromstring(drawn())
    assert root.attrib["role"] == "img"
    assert root.attrib["aria-labelledby"] == "form-title form-about"
    assert [root.findtext("title"), root.findtext("desc")] == ["By form", "All of it"]


def test_a_label_cannot_become_markup() -> None:
    svg = drawn(bars=[Bar("<script>x</script>", 1, Mark.SHOWN, "1 & 2")])
    assert "<script>" not in svg
    assert "1 &amp; 2" in svg


def test_bars_of_zero_and_no_bars_at_all_are_drawn() -> None:
    assert bars_of(drawn(bars=[Bar("None", 0, Mark.SHOWN, "0")]))[0]["width"] == "0"
    assert bars_of(drawn(bars=[])) == []
