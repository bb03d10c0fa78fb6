"""From the data of a file to typed entries, noting every fault of form with its line."""

from collections.abc import Iterable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, time
from difflib import get_close_matches
from enum import StrEnum
from types import NoneType, UnionType
from typing import TypeGuard, TypeVar, get_args, get_origin, get_type_hints
from unicodedata import category

from himaya.packs.entries import Label, Place
from himaya.packs.errors import Fault
from himaya.packs.opening import Opened
from himaya.packs.positions import Path

T = TypeVar("T")
Table = Mapping[str, object]

WORDS: Mapping[type, str] = {
    str: "text",
    int: "a whole number",
    float: "a number with a fraction",
    bool: "true or false",
    date: "a date",
    time: "a time of day",
    list: "a list",
    dict: "a table",
}
LANGUAGES = {"en": "English", "ar": "Arabic"}
HANDED_DOWN = ("confidence", "source")  # what holds for a table holds for the tables in it


class Unreadable(Exception):
    """A value has not the form it needs. The fault is noted; whatever holds it is left out."""


class Reader:
    """Reads one file as entries of given kinds, which their type hints describe.

    faults: everything that is wrong with its form.
    sound: False when something had to be left out, so that what depends on it cannot be judged.
    """

    def __init__(self, opened: Opened) -> None:
        self.opened = opened
        self.faults: list[Fault] = []
        self.sound = True

    def read(self, kind: type[T]) -> T | None:
        """The whole file as one entry of a kind, or None when it cannot be that."""
        try:
            read = self._table(kind, self.opened.data, (), {})
        except Unreadable:
            return None
        assert isinstance(read, kind)
        return read

    def _value(self, hint: object, value: object, path: Path, above: Table) -> object:
        origin = get_origin(hint)
        if origin is UnionType:
            return self._one_of(hint, value, path, above)
        if origin is tuple:
            return self._list(get_args(hint)[0], value, path, above)
        if origin is Mapping:
            return self._mapping(get_args(hint)[1], value, path, above)
        assert isinstance(hint, type), f"the reader knows no way to read {hint}"
        return self._thing(hint, value, path, above)

    def _thing(self, kind: type, value: object, path: Path, above: Table) -> object:
        if kind is Label:
            return self._label(value, path)
        if is_dataclass(kind):
            return self._table(kind, value, path, above)
        if issubclass(kind, StrEnum):
            return self._choice(kind, value, path)
        return self._plain((kind,), value, path)

    def _one_of(self, hint: object, value: object, path: Path, above: Table) -> object:
        kinds = [kind for kind in get_args(hint) if kind is not NoneType]
        if len(kinds) == 1:
            return self._value(kinds[0], value, path, above)
        return self._plain(tuple(kinds), value, path)

    def _plain(self, kinds: tuple[type, ...], value: object, path: Path) -> object:
        # Exact types: to Python, True is a whole number and a moment is a date.
        if type(value) not in kinds:
            wanted = " or ".join(WORDS[kind] for kind in kinds)
            raise self._wrong(path, f"must be {wanted}, not {_words(value)}")
        if isinstance(value, str):
            self._check_text(value, path)
        return value

    def _check_text(self, text: str, path: Path) -> None:
        if not text.strip():
            raise self._wrong(path, "is empty")
        # They can hide in what people read, and no picture or page can hold them.
        if any(category(letter) == "Cc" for letter in text):
            raise self._wrong(path, "has a control character or a line break")

    def _choice(self, kind: type[StrEnum], value: object, path: Path) -> StrEnum:
        known = [member.value for member in kind]
        if value not in known:
            raise self._wrong(path, f"must be one of {', '.join(known)}; not {_words(value)}")
        return kind(str(value))

    def _list(self, kind: object, value: object, path: Path, above: Table) -> tuple[object, ...]:
        if not isinstance(value, list):
            raise self._wrong(path, f"must be a list, not {_words(value)}")
        read = self._readable(kind, enumerate(value), path, above)
        return tuple(read.values())

    def _mapping(self, kind: object, value: object, path: Path, above: Table) -> object:
        return self._readable(kind, self._as_table(value, path).items(), path, above)

    def _readable(
        self, kind: object, elements: Iterable[tuple[str | int, object]], path: Path, above: Table
    ) -> dict[str | int, object]:
        """The elements that can be read; those that cannot be are noted and left out."""
        read = {}
        for key, element in elements:
            try:
                read[key] = self._value(kind, element, (*path, key), above)
            except Unreadable:
                continue
        return read

    def _label(self, value: object, path: Path) -> Label:
        """Words in both languages. One that lacks a language is noted, but may be worked with."""
        label = self._as_table(value, path)
        self._refuse_unknown(label, LANGUAGES, path)
        words = {code: self._words_in(code, label, path) for code in LANGUAGES}
        return Label(en=words["en"], ar=words["ar"])

    def _words_in(self, code: str, label: Table, path: Path) -> str:
        words = label.get(code, "")
        if not isinstance(words, str):
            raise self._wrong((*path, code), f"must be text, not {_words(words)}")
        if words.strip():
            self._check_text(words, (*path, code))
        else:
            self._note(path, f"{_called(path)} has no {LANGUAGES[code]} ({code})")
        return words

    def _table(self, kind: type, value: object, path: Path, above: Table) -> object:
        table = self._as_table(value, path)
        wanted = {_key(field): field for field in _fields_of(kind)}
        self._refuse_unknown(table, wanted, path)
        inherited = {key: table.get(key, above.get(key)) for key in HANDED_DOWN}
        given = {key: table.get(key, inherited.get(key)) for key in wanted}
        missing = [key for key in wanted if given[key] is None and _is_needed(wanted[key])]
        for key in missing:
            self._wrong(path, f'has no "{key}"', _noun(kind, table) if path else "the file")
        hints = get_type_hints(kind)
        present = [key for key in wanted if given[key] is not None]
        read: dict[str, object] = {}
        for key in present:
            name = wanted[key].name
            read |= self._field(name, hints[name], given[key], (*path, key), inherited)
        if missing or len(read) < len(present):
            raise Unreadable
        if "place" in hints:
            read["place"] = self._place(table, path)
        made: object = kind(**read)
        return made

    def _field(
        self, name: str, hint: object, value: object, path: Path, above: Table
    ) -> dict[str, object]:
        """The field under its name, or nothing when it cannot be read."""
        try:
            return {name: self._value(hint, value, path, above)}
        except Unreadable:
            return {}

    def _as_table(self, value: object, path: Path) -> Table:
        if not _is_table(value):
            raise self._wrong(path, f"must be a table, not {_words(value)}")
        return value

    def _refuse_unknown(self, table: Table, known: Mapping[str, object], path: Path) -> None:
        for key in table:
            if key not in known:
                close = get_close_matches(key, known, n=1)
                hint = f'did you mean "{close[0]}"?' if close else f"known are {', '.join(known)}"
                self._note((*path, key), f'unknown key "{key}"; {hint}')

    def _wrong(self, path: Path, reason: str, what: str = "") -> Unreadable:
        self._note(path, f"{what or _called(path)} {reason}")
        self.sound = False
        return Unreadable()

    def _note(self, path: Path, reason: str) -> None:
        self.faults.append(Fault(self.opened.file, self._line(path), reason))

    def _place(self, table: Table, path: Path) -> Place:
        keys = {key: self._line((*path, key)) for key in table}
        return Place(self.opened.file, self._line(path), keys)

    def _line(self, path: Path) -> int:
        """The line of a path, or of the nearest thing above it that stands in the file."""
        while path not in self.opened.lines:
            path = path[:-1]
        return self.opened.lines[path]


def _fields_of(kind: type) -> "tuple[Field[object], ...]":
    assert is_dataclass(kind)
    return tuple(field for field in fields(kind) if field.name != "place")


def _is_needed(field: "Field[object]") -> bool:
    return field.default is MISSING and field.default_factory is MISSING


def _key(field: "Field[object]") -> str:
    return str(field.metadata.get("key", field.name))


def _noun(kind: type, table: Table) -> str:
    noun = kind.__name__.lower()
    return f'{noun} "{table["id"]}"' if "id" in table else f"this {noun}"


def _called(path: Path) -> str:
    names = [part for part in path if isinstance(part, str)]
    return f'"{names[-1]}"' if names else "the file"


def _is_table(value: object) -> TypeGuard[Table]:
    return isinstance(value, dict)


def _words(value: object) -> str:
    if isinstance(value, str):
        return f'"{value}"'
    return WORDS.get(type(value), "a moment in time")
