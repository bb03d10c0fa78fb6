"""The packs that are delivered, and a country other than the usual one for a while."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path
from unittest import mock

from himaya.cases import tracks
from himaya.config.env import ROOT, environment
from himaya.packs import loader
from himaya.packs.schema import Pack

PACKS = sorted(folder for folder in (ROOT / "packs").iterdir() if folder.is_dir())


@cache
def pack_in(folder: Path) -> Pack:
    """The pack in a folder, read once a run."""
    return loader.load(folder)


@contextmanager
def in_force(folder: Path) -> Iterator[Pack]:
    """Inside, the installation is in the country of the pack in a folder."""
    elsewhere = replace(environment(), pack=folder)
    with mock.patch.object(loader, "environment", return_value=elsewhere):
        _forget()
        try:
            yield loader.current()
        finally:
            _forget()


@contextmanager
def step_as(step_id: str, **changes: object) -> Iterator[None]:
    """Inside, cases go by packs in which this step is another: to show what a pack's word does."""
    real = tracks.edition

    def other(code: str) -> Pack:
        pack = real(code)
        changed = replace(pack.step(step_id), **changes)  # type: ignore[arg-type]  # as Step has them
        steps = tuple(changed if step.id == step_id else step for step in pack.steps)
        return replace(pack, steps=steps)

    with mock.patch.object(tracks, "edition", other):
        yield


def _forget() -> None:
    loader.current.cache_clear()
    loader.edition.cache_clear()
