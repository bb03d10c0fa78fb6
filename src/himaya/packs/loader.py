"""Reading a country pack: whole and right, or not at all."""

from dataclasses import MISSING, fields
from functools import cache
from pathlib import Path
from typing import TypeVar, get_origin, get_type_hints

from himaya.config.env import environment
from himaya.packs.assemble import assemble
from himaya.packs.calendar import Calendar
from himaya.packs.check.whole import faults_of
from himaya.packs.entries import Label
from himaya.packs.errors import Fault, PackError
from himaya.packs.files import (
    Agencies,
    Channels,
    Files,
    Head,
    Indicators,
    Languages,
    Pathway,
    Retention,
    Settings,
    Shares,
    Solutions,
)
from himaya.packs.instruments import Instrument
from himaya.packs.law import Lawbook
from himaya.packs.opening import open_toml
from himaya.packs.reading import Reader
from himaya.packs.schema import Pack
from himaya.packs.vocabulary import Confidence

T = TypeVar("T")

BESIDE = frozenset({".md", ".svg"})  # what else may lie in the folder: words and pictures


@cache
def current() -> Pack:
    """The pack of this installation, read once a process."""
    return load(environment().pack)


def instrument(code: str) -> Instrument:
    """An instrument of the current pack. Raises KeyError when it has none of that code."""
    return current().instrument(code)


def load(path: Path) -> Pack:
    """The pack in a folder. Raises PackError with all its faults, in the order of the files."""
    if not path.is_dir():
        raise PackError([Fault(str(path), 1, "there is no such folder")])
    folder = _Folder(path)
    files = folder.files()
    pack = assemble(files)
    faults = [*folder.faults, *faults_of(files, pack, folder.unread)]
    if faults:
        raise PackError(sorted(set(faults)))
    return pack


class _Folder:
    """The folder of a pack while it is read."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.names: set[str] = set()
        self.unread: set[str] = set()
        self.faults: list[Fault] = []

    def files(self) -> Files:
        """Every file, blank where it could not be read."""
        files = Files(
            head=self._read("pack.toml", Head),
            pathway=self._read("pathway.toml", Pathway),
            law=self._read("law.toml", Lawbook),
            agencies=self._read("agencies.toml", Agencies),
            shares=self._read("shares.toml", Shares),
            channels=self._read("channels.toml", Channels),
            calendar=self._read("calendar.toml", Calendar),
            languages=self._read("languages.toml", Languages),
            indicators=self._read("indicators.toml", Indicators),
            solutions=self._read("solutions.toml", Solutions),
            settings=self._read("settings.toml", Settings),
            retention=self._read("retention.toml", Retention),
        )
        self._refuse_strangers()
        return files

    def _read(self, name: str, kind: type[T]) -> T:
        self.names.add(name)
        try:
            reader = Reader(open_toml(self.path / name))
        except PackError as hindered:
            self.faults += hindered.faults
            self.unread.add(name)
            return _blank(kind)
        read = reader.read(kind)
        self.faults += reader.faults
        if not reader.sound:
            self.unread.add(name)
        return _blank(kind) if read is None else read

    def _refuse_strangers(self) -> None:
        """A pack is data that its country answers for: nothing lies in it that is not read."""
        for stranger in self.path.iterdir():
            if stranger.name not in self.names and stranger.suffix not in BESIDE:
                self.faults.append(Fault(str(stranger), 1, "this is not a file of a pack"))


def _blank(kind: type[T]) -> T:
    """An entry that says nothing, in place of a file that could not be read."""
    nothing: dict[object, object] = {str: "", Label: Label("", ""), Confidence: Confidence.LOW}
    hints = get_type_hints(kind)
    said = {}
    for field in fields(kind):  # type: ignore[arg-type]  # every kind of file is a dataclass
        if field.default is MISSING and field.default_factory is MISSING:
            hint = hints[field.name]
            said[field.name] = () if get_origin(hint) is tuple else nothing.get(hint, {})
    return kind(**said)
