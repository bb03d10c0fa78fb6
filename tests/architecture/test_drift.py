"""The figures to watch measure what they say."""

import subprocess
import sys

import pytest

from himaya.config.env import ROOT
from tools import drift
from tools.laws import File


def function(text):
    return next(node for _, node in drift.functions([File("a.py", text)]))


@pytest.mark.parametrize(
    ("values", "shown"),
    [
        ([], "none"),
        ([7], "7 / 7 / 7"),
        (range(1, 101), "50.5 / 95 / 100"),
        ([1, 2, 3, 40], "2.5 / 40 / 40"),
    ],
)
def test_a_spread_is_median_95th_percentile_and_longest(values, shown):
    assert drift.spread(values) == shown


def test_a_function_is_as_long_as_it_looks_with_its_decorators():
    assert drift.length(function("@one\n@two\ndef f():\n    a = 1\n\n    return a\n")) == 6


@pytest.mark.parametrize(
    ("body", "ways"),
    [
        ("return 1", 1),
        ("if a: return 1", 2),
        ("if a: return 1\n    elif b: return 2", 3),
        ("for a in b:\n        while c: d()", 3),
        ("try: a()\n    except B: c()\n    except D: e()", 3),
        ("match a:\n        case 1: b()\n        case _: c()", 3),
        ("def inner(): return 1", 2),
    ],
)
def test_complexity_counts_the_ways_through(body, ways):
    assert drift.complexity(function(f"def f():\n    {body}\n")) == ways


BODY = "\n".join(f"step_{number}(case, actor)" for number in range(6))


def test_six_equal_lines_in_two_concepts_are_found_once():
    code = [File("cases/a.py", BODY), File("referrals/b.py", f"import x\n{BODY}\nmore()")]

    assert drift.repeats(code) == ("cases/a.py:1 = referrals/b.py:2",)


@pytest.mark.parametrize(
    "other",
    [
        File("cases/b.py", BODY),
        File("referrals/b.py", BODY.replace("step_3", "pause_3")),
        File("referrals/b.py", BODY.rpartition("\n")[0]),
    ],
    ids=["the same concept", "one line differs", "five lines"],
)
def test_what_is_not_a_repetition_is_not_found(other):
    assert drift.repeats([File("cases/a.py", BODY), other]) == ()


def test_imports_and_words_are_no_repetition():
    text = "\n".join(f"import module_{number}" for number in range(8)) + f'\n"""{BODY}"""'

    assert drift.repeats([File("cases/a.py", text), File("referrals/b.py", text)]) == ()


def test_code_that_nothing_names_is_found():
    code = [
        File("cases/a.py", "def used(): ...\n\ndef idle(): ...\n\nclass Idle: ..."),
        File("cases/b.py", "from a import used"),
    ]

    assert drift.unused(code) == ("cases/a.py:3 idle", "cases/a.py:5 Idle")


def test_a_ring_of_imports_is_found(tmp_path, monkeypatch):
    package = tmp_path / "planted_ring"
    package.mkdir()
    for name, imported in {"a": "b", "b": "c", "c": "a", "d": "a"}.items():
        (package / f"{name}.py").write_text(f"import planted_ring.{imported}\n")
    (package / "__init__.py").write_text("")
    monkeypatch.syspath_prepend(tmp_path)

    (ring,) = drift.import_cycles("planted_ring")

    assert set(ring.split(" > ")) == {f"planted_ring.{name}" for name in "abc"}


@pytest.mark.slow
def test_the_tool_prints_every_figure_and_never_fails():
    done = subprocess.run(
        [sys.executable, ROOT / "tools" / "drift.py"], capture_output=True, text=True, check=False
    )

    assert done.returncode == 0
    for figure in ("code file, lines", "import cycles", "broken contracts", "skipped tests"):
        assert figure in done.stdout
