"""The picture of a pathway: everything is on it, nothing overlaps, nothing in it runs."""

import re
from dataclasses import replace
from itertools import combinations
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from himaya.packs.draw import draw
from himaya.packs.entries import Label
from himaya.packs.layout import lay_out
from himaya.packs.schema import Pack
from himaya.packs.tracks import State, Step, Track
from himaya.packs.vocabulary import Confidence

SVG = "{http://www.w3.org/2000/svg}"
SAID = {"confidence": Confidence.HIGH, "source": ("INVENTED",)}
LABEL = Label("A", "أ")
EVIL = '</text><script>alert(1)</script> & "'
ALLOWED = {"svg", "title", "rect", "text", "path", "polygon"}


def elements(svg: str) -> list[ET.Element]:
    return list(ET.fromstring(svg).iter())


def words(svg: str) -> str:
    lines = (element.text or "" for element in elements(svg) if element.tag == f"{SVG}text")
    return " ".join(lines).replace("\u00a0", " ")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_state_and_step_is_on_the_picture(country: Pack, language: str) -> None:
    found = words(draw(country, language))

    for track in country.tracks:
        for state in track.states:
            assert state.label.in_language(language) in found
    for step in country.steps:
        assert step.label.in_language(language) in found


def test_deadlines_and_actors_stand_beside_their_steps(atlantis: Pack) -> None:
    found = words(draw(atlantis))

    assert "Find harbour officer, lighthouse keeper if: own choice 2 working days" in found
    assert "Embark lighthouse keeper if: gate passed" in found
    assert "not before 3 days, no deadline" in found


@pytest.mark.parametrize("language", ["en", "ar"])
def test_it_is_drawn_with_plain_marks_only(country: Pack, language: str) -> None:
    svg = draw(country, language)

    assert {element.tag.removeprefix(SVG) for element in elements(svg)} == ALLOWED
    attributes = {name for element in elements(svg) for name in element.attrib}
    assert not [name for name in attributes if name.startswith("on") or "href" in name]
    assert "style" not in attributes


def test_words_that_look_like_marks_stay_words(atlantis: Pack) -> None:
    track = replace(atlantis.tracks[0], label=Label(EVIL, EVIL))
    pack = replace(atlantis, name=Label(EVIL, EVIL), tracks=(track, *atlantis.tracks[1:]))

    svg = draw(pack)

    assert "<script" not in svg
    assert EVIL in ET.fromstring(svg).findtext(f"{SVG}title", "")


def test_arabic_reads_from_the_right(country: Pack) -> None:
    left, right = (first_text_x(draw(country, code), country, code) for code in ("en", "ar"))

    width = float(re.findall(r'width="(\d+)"', draw(country, "ar"))[0])
    assert left < width / 4
    assert right > width * 3 / 4


def first_text_x(svg: str, pack: Pack, language: str) -> float:
    """Where the name of the first track stands."""
    name = pack.tracks[0].label.in_language(language).split(" ")[0]
    texts = (element for element in elements(svg) if element.tag == f"{SVG}text")
    found = next(element for element in texts if (element.text or "").startswith(name))
    return float(found.attrib["x"])


def boxes(svg: str) -> list[tuple[float, float, float, float]]:
    """States and steps: the rectangles that have the width of either."""
    rects = [element.attrib for element in elements(svg) if element.tag == f"{SVG}rect"]
    return [
        (float(rect["x"]), float(rect["y"]), float(rect["width"]), float(rect["height"]))
        for rect in rects
        if rect["width"] in {"128.0", "150.0"}
    ]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_no_box_lies_over_another_or_over_the_edge(country: Pack, language: str) -> None:
    svg = draw(country, language)
    width, height = map(float, ET.fromstring(svg).attrib["viewBox"].split()[2:])
    found = boxes(svg)

    assert len(found) == sum(len(track.states) for track in country.tracks) + len(country.steps)
    for one, other in combinations(found, 2):
        assert not overlap(one, other)
    assert all(x >= 0 and y >= 0 and x + w <= width and y + h <= height for x, y, w, h in found)


def overlap(
    one: tuple[float, float, float, float], other: tuple[float, float, float, float]
) -> bool:
    apart = one[0] + one[2] <= other[0] or other[0] + other[2] <= one[0]
    above = one[1] + one[3] <= other[1] or other[1] + other[3] <= one[1]
    return not apart and not above


def test_overlapping_boxes_would_be_noticed() -> None:
    assert overlap((0, 0, 10, 10), (9, 9, 10, 10))
    assert not overlap((0, 0, 10, 10), (10, 0, 10, 10))


@st.composite
def tracks(draw: st.DrawFn) -> tuple[Track, list[Step]]:
    """A track in which every state can be reached, with steps to and fro besides."""
    size = draw(st.integers(1, 7))
    numbers = range(size)
    states = tuple(State(id=str(number), label=LABEL, **SAID) for number in numbers)
    pairs = [(draw(st.integers(0, number - 1)), number) for number in range(1, size)]
    anywhere = st.integers(0, size - 1)
    pairs += draw(st.lists(st.tuples(anywhere, anywhere), max_size=8))
    steps = [
        Step(
            id=f"{number}",
            track="t",
            label=LABEL,
            origins=(str(origin),),
            to=str(to),
            actors=("clock",),
            **SAID,
        )
        for number, (origin, to) in enumerate(pairs)
    ]
    return Track(id="t", label=LABEL, start="0", states=states, **SAID), steps


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(tracks(), st.floats(10, 90))
def test_any_track_is_laid_out_without_overlap(
    laid: tuple[Track, list[Step]], height: float
) -> None:
    track, steps = laid
    heights = {f"state {state.id}": height for state in track.states}
    heights |= {f"step {step.id}": height + 7 for step in steps}

    layout = lay_out(track, steps, heights, gap=8)

    for one, other in combinations(layout.nodes, 2):
        if one.layer == other.layer:
            assert abs(one.y - other.y) >= (one.height + other.height) / 2 + 8 - 1e-6
    assert all(node.y - node.height / 2 >= -1e-6 for node in layout.nodes)
    assert all(node.y + node.height / 2 <= layout.height + 1e-6 for node in layout.nodes)
    assert {node.state for node in layout.nodes if node.state} == {s.id for s in track.states}
    for line in layout.lines:
        for stretch in line.stretches:
            assert abs(stretch.start.layer - stretch.end.layer) == 1
            assert abs(stretch.start_y - stretch.start.y) <= stretch.start.height / 2
