"""The line of every key is found, however a file is written."""

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from himaya.config.env import ROOT
from himaya.packs.positions import locate

KEYS = st.text("ab_-.\"' #=[]{}\\é", min_size=1, max_size=5)
TEXTS = st.text("ab\"'#=[]{},\n\\é ", max_size=8)
SCALARS = st.one_of(TEXTS, st.integers(), st.booleans(), st.just("2026-01-02"))
INLINE = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, min_size=1, max_size=3)
    ),
    max_leaves=6,
)
TABLES = st.dictionaries(KEYS, INLINE, max_size=3)
FILES = st.dictionaries(KEYS, INLINE | TABLES | st.lists(TABLES, min_size=1, max_size=3))


def key(name: str) -> str:
    return json.dumps(name, ensure_ascii=False)


def inline(value: object, spread: bool) -> str:
    """A value as TOML, its lists over several lines with comments when they are to be spread."""
    if isinstance(value, dict):
        pairs = (f"{key(name)} = {inline(each, False)}" for name, each in value.items())
        return f"{{ {', '.join(pairs)} }}"
    if isinstance(value, list):
        between = ", # ], }\n\n " if spread else ","
        return f"[{between.join(inline(each, spread) for each in value)}]"
    if isinstance(value, str) and "\n" in value and "'''" not in value and value[-1:] != "'":
        return f"'''{value}'''" if spread else json.dumps(value, ensure_ascii=False)
    return json.dumps(value, ensure_ascii=False)


@st.composite
def written(draw: st.DrawFn) -> str:
    """A TOML file: plain keys first, then tables and lists of tables under their headers."""
    data = draw(FILES)
    top, below = [], []
    for name, value in data.items():
        headed = draw(st.booleans())
        if isinstance(value, dict) and headed:
            below += [f"\n[ {key(name)} ] # [x]", *pairs(draw, value)]
        elif isinstance(value, list) and value and all_tables(value) and headed:
            for table in value:
                below += [f"[[{key(name)}]]", *pairs(draw, table)]
        else:
            top += pairs(draw, {name: value})
    return "\n".join(["# = [", *top, *below, ""])


def pairs(draw: st.DrawFn, table: dict[str, object]) -> list[str]:
    return [f"  {key(name)} = {inline(each, draw(st.booleans()))}" for name, each in table.items()]


def all_tables(value: list[object]) -> bool:
    return all(isinstance(each, dict) for each in value)


def paths(value: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The path of everything in the data that a reader of TOML gives."""
    yield path
    if isinstance(value, dict):
        for name, each in value.items():
            yield from paths(each, (*path, name))
    if isinstance(value, list):
        for number, each in enumerate(value):
            yield from paths(each, (*path, number))


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(written())
def test_everything_in_the_file_has_a_line_and_nothing_else_has(text: str) -> None:
    assert set(locate(text)) == set(paths(tomllib.loads(text)))


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(written())
def test_the_line_of_a_key_has_the_key_on_it(text: str) -> None:
    lines = text.split("\n")

    for path, line in locate(text).items():
        if path and isinstance(path[-1], str):
            assert key(path[-1]) in lines[line - 1]


@pytest.mark.parametrize("file", sorted((ROOT / "packs").glob("*/*.toml")), ids=lambda f: f.name)
def test_the_delivered_packs_are_located_whole(file: Path) -> None:
    text = file.read_text(encoding="utf-8")

    assert set(locate(text)) == set(paths(tomllib.loads(text)))


@pytest.mark.parametrize(
    ("text", "path", "line"),
    [
        ("a.b.c = 1\na.b.d = 2", ("a", "b", "d"), 2),
        ("a.b.c = 1\na.b.d = 2", ("a", "b"), 1),
        ("[a.b]\nc = 1", ("a", "b", "c"), 2),
        ("[[a]]\n[[a]]\n[a.b]\nc = 1", ("a", 1, "b", "c"), 4),
        ("[[a]]\n[[a.b]]\n[[a]]\n[[a.b]]\n[[a.b]]", ("a", 1, "b", 1), 5),
        ("a = '''\nb = 1\n'''\nb = 2", ("b",), 4),
        ('a = """x\\"""" # """\nb = 2', ("b",), 2),
        ("a = [ # [\n  1,\n  { b = ']' },\n]\nc = 3", ("a", 1, "b"), 3),
        ("a = 1979-05-27 07:32:00\r\nb = 1\r\n", ("b",), 2),
    ],
)
def test_odd_ways_of_writing(text: str, path: tuple[str | int, ...], line: int) -> None:
    tomllib.loads(text)

    assert locate(text)[path] == line
