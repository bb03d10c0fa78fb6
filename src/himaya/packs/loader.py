"""Reading a country pack: whole and right, or not at all."""

from dataclasses import MISSING, fields
from functools import cache
from pathlib import Path
from typing import TypeVar, get_origin, get_type_hints

from himaya.config.env import environment
from himaya.packs.assemble import assemble
from himaya.packs.calendar import Calendar
from himaya.packs.card import Card
from himaya.packs.check.whole import faults_of
from himaya.packs.editions import code_of, codes, find
from himaya.packs.entries import Label
from himaya.packs.errors import Fault, PackError
from himaya.packs.files import (
    Agencies,
    Channels,
    Consents,
    Districts,
    Escalation,
    Files,
    Head,
    Indicators,
    Languages,
    Pathway,
    Replies,
    Retention,
    Settings,
    Shares,
    Solutions,
    Words,
)
from himaya.packs.law import Lawbook
from himaya.packs.opening import open_toml
from himaya.packs.reading import Reader
from himaya.packs.schema import Pack
from himaya.packs.vocabulary import Confidence
from himaya.packs.voices import FOLDER, faults_of_voices

T = TypeVar("T")

BESIDE = frozenset({".md", ".svg"})  # what else may lie in the folder: words and pictures


@cache
def current() -> Pack:
    """The pack of this installation, read once a process."""
    return load(environment().pack)


@cache
def edition(code: str) -> Pack:
    """The pack of which a case keeps the name (`Case.pack`), read once a process.

    It was checked when it was loaded. Rules for packs that came later do not undo it; only what
    cannot be read any more does. Raises PackError then, and when it is not kept here.
    """
    # Before editions were kept, a planted case had the id alone; its row in the ledger stays.
    if code in {code_of(current()), current().id}:
        return current()
    folder = _Folder(find(code, environment().data))
    files = folder.files()
    if "pathway.toml" in folder.unread or "pack.toml" in folder.unread:
        raise PackError(folder.faults)
    return assemble(files)


def editions() -> list[Pack]:
    """The pack of this installation, and every other edition that a case may still go by."""
    kept = codes(environment().data)
    return [current(), *(edition(code) for code in kept if code != code_of(current()))]


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
            consent=self._read("consent.toml", Consents),
            channels=self._read("channels.toml", Channels),
            calendar=self._read("calendar.toml", Calendar),
            escalation=self._read("escalation.toml", Escalation),
            languages=self._read("languages.toml", Languages),
            districts=self._read("districts.toml", Districts),
            indicators=self._read("indicators.toml", Indicators),
            card=self._read("card.toml", Card),
            solutions=self._read("solutions.toml", Solutions),
            settings=self._read("settings.toml", Settings),
            retention=self._read("retention.toml", Retention),
            replies=self._read("replies.toml", Replies),
            words=self._read("words.toml", Words),
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
            if stranger.name == FOLDER:
                self.faults += faults_of_voices(self.path)
            elif stranger.name not in self.names and stranger.suffix not in BESIDE:
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
