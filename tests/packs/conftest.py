"""Packs to try things on: the invented one, and copies of it with one thing wrong."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from himaya.config.env import ROOT
from himaya.packs.errors import PackError
from himaya.packs.loader import load
from himaya.packs.schema import Pack
from tests.factories.countries import PACKS, pack_in

ATLANTIS = Path(__file__).parent / "atlantis"

Changed = Callable[[str, str, str], Path]


def change(path: Path, file: str, old: str, new: str) -> None:
    """Replace a text that stands exactly once in a file of a pack."""
    text = (path / file).read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
    (path / file).write_text(text.replace(old, new), encoding="utf-8")


def faults_in(path: Path) -> list[str]:
    """The faults of a pack as they are printed, with the folder left out."""
    try:
        load(path)
    except PackError as refused:
        return [str(fault).removeprefix(f"{path}/") for fault in refused.faults]
    return []


@pytest.fixture(scope="session")
def atlantis() -> Pack:
    """The invented pack."""
    return load(ATLANTIS)


@pytest.fixture(scope="session", params=PACKS, ids=lambda path: path.name)
def country(request: pytest.FixtureRequest) -> Pack:
    """Each pack that is delivered."""
    return pack_in(request.param)


@pytest.fixture(scope="session")
def kuwait() -> Pack:
    """The pack of the first deployment, for what only that pack says."""
    return pack_in(ROOT / "packs" / "kw")


@pytest.fixture
def changed(tmp_path: Path) -> Changed:
    """Make a copy of the invented pack in which one text is another."""

    def make(file: str, old: str, new: str) -> Path:
        path = tmp_path / "pack"
        if not path.exists():
            shutil.copytree(ATLANTIS, path)
        change(path, file, old, new)
        return path

    return make
