"""The packs that are delivered, and a country other than the usual one for a while."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path
from unittest import mock

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


def _forget() -> None:
    loader.current.cache_clear()
    loader.edition.cache_clear()
