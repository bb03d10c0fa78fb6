"""The disk forgets what was not synced: reports that were acknowledged are there, files and all."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from himaya.installation import temporary
from himaya.installation.place import Place
from tests.factories.cuts import SPOOL, cut_often
from tests.factories.threats import threat

pytestmark = [pytest.mark.slow, pytest.mark.machine("fuse", "patience")]

CUTS, CUTS_OF_A_CONTROL = 6, 4  # `himaya bench power_cuts` makes fifty


@pytest.fixture(scope="module")
def stopped() -> Iterator[Place]:
    """An installation that was made, and stopped in order."""
    with temporary.place() as place:
        with temporary.started(place) as running:
            running.process.terminate()
            running.process.wait(120)
        yield place


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Path]:
    """Where the disk lies; PostgreSQL's user passes through."""
    for directory in (tmp_path, *list(tmp_path.parents)[:3]):
        directory.chmod(0o711)
    yield tmp_path
    shutil.rmtree(tmp_path, ignore_errors=True)


@threat("D1")
def test_nothing_acknowledged_is_lost(stopped, room, control):
    without = () if control == "control on" else ("synchronous_commit",)

    counted = cut_often(stopped, room, cuts=CUTS, without=without)

    assert counted.acknowledged > CUTS
    assert counted.is_whole(), counted


@pytest.mark.parametrize("promise", ["synchronous_commit", "fsync", SPOOL])
def test_without_a_promise_something_is_lost(stopped, room, promise):
    counted = cut_often(stopped, room, cuts=CUTS_OF_A_CONTROL, without=(promise,))

    assert counted.acknowledged > counted.cuts > 0, counted
    assert counted.lost > 0, counted
