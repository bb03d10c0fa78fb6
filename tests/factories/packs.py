"""A newer edition of the installation's own pack, kept beside it as `up` would."""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from himaya.config.env import environment
from himaya.packs.editions import FOLDER, keep
from himaya.packs.loader import current, edition, load
from himaya.packs.schema import Pack

Changes = Mapping[str, list[tuple[str, str]]]  # file → texts that become others, wherever they are


@contextmanager
def newer(folder: Path, changes: Changes) -> Iterator[Pack]:
    """The pack as version `next`, changed; while the block lasts it is an edition that is kept.

    folder: an empty directory to make it in.
    """
    path = folder / "pack"
    shutil.copytree(environment().pack, path)  # makes `folder` too
    version = (f'version = "{current().version}"', 'version = "next"')
    for file, texts in {**changes, "pack.toml": [version, *changes.get("pack.toml", [])]}.items():
        text = (path / file).read_text(encoding="utf-8")
        for old, new in texts:
            assert old in text, f"{old!r} does not stand in {file}"
            text = text.replace(old, new)
        (path / file).write_text(text, encoding="utf-8")
    keep(path, load(path), environment().data)
    edition.cache_clear()
    try:
        yield edition(f"{current().id} next")
    finally:
        shutil.rmtree(environment().data / FOLDER)
        edition.cache_clear()
