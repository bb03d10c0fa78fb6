"""Some services of a file, beside what stands here: what is new, what changes, what cannot be."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, cast
from uuid import UUID

from django.db.models import Model

from himaya.directory.hsds.objects import KINDS
from himaya.directory.hsds.reading import RowFault, Unit
from himaya.directory.hsds.tables import (
    KIND_OF,
    ROOTS,
    TABLES,
    attribute_of,
    columns_of,
    parents_of,
    parts_of,
)

Key = tuple[str, UUID]
DIFFERS = "stands in this file before, with other content"
FLAG = (
    "whether a location is confidential is changed here, by a directory keeper, and not by a file"
)


class Fate(StrEnum):
    """What became of one service."""

    STORED = "stored"
    CHANGED = "changed"
    DUPLICATE = "duplicate"


@dataclass(slots=True)
class Plan:
    """Rows to put in, to change, and to take out. All are whole."""

    new: list[Model] = field(default_factory=list)
    changed: list[Model] = field(default_factory=list)
    gone: list[Model] = field(default_factory=list)


class Batch:
    """What stands here of the roots that some services name. at: the moment of the import."""

    def __init__(self, services: Iterable[list[Unit]], at: datetime) -> None:
        self.at = at
        self.plan = Plan()
        asked: dict[str, set[UUID]] = {name: set() for name in ROOTS}
        for unit in (unit for units in services for unit in units):
            asked[unit.kind].add(unit.root.pk)
        self.standing: dict[Key, Unit] = {}
        for name, keys in asked.items():
            rows = TABLES[name]._default_manager.select_for_update().filter(pk__in=keys)
            for row in rows.order_by("pk"):
                self.standing[name, row.pk] = Unit(name, row, "")
        self._load_parts()

    def _load_parts(self) -> None:
        found = {name: [key for kind, key in self.standing if kind == name] for name in ROOTS}
        root_of: dict[Key, Unit] = dict(self.standing)
        for name, rows in parts_of(found).items():
            for row in rows:
                above = _above(name, row)
                unit = root_of[name, row.pk] = root_of[above]
                unit.parts[row.pk] = row

    def take(self, units: list[Unit]) -> Fate:
        """Plan one service, as a whole or not at all. Raises RowFault."""
        decided = [(unit, self._judged(unit)) for unit in units]
        *_others, (_service, fate) = decided
        for unit, each in decided:
            self._apply(unit, each)
        if fate is Fate.DUPLICATE and any(each is not Fate.DUPLICATE for _unit, each in decided):
            return Fate.CHANGED
        return fate

    def _judged(self, unit: Unit) -> Fate:
        standing = self.standing.get((unit.kind, unit.root.pk))
        if standing is None:
            return Fate.STORED
        stands, comes = cast(Any, standing.root), cast(Any, unit.root)
        for name in unit.unsaid:
            setattr(comes, name, getattr(stands, name))
        if unit.kind == "location" and stands.confidential != comes.confidential:
            raise RowFault(unit.pointer, FLAG)
        if _states(unit) == _states(standing):
            return Fate.DUPLICATE
        if stands.changed_at == self.at:
            raise RowFault(unit.pointer, DIFFERS)
        if unit.kind == "service":
            _check_newer(comes.last_modified, stands.last_modified)
        return Fate.CHANGED

    def _apply(self, unit: Unit, fate: Fate) -> None:
        if fate is Fate.DUPLICATE:
            return
        key = unit.kind, unit.root.pk
        if fate is Fate.STORED and key not in self.standing:
            self.plan.new += [unit.root, *unit.parts.values()]
        elif fate is Fate.CHANGED:
            standing = self.standing[key]
            unit.root.version = standing.root.version + 1  # type: ignore[attr-defined]  # a root
            self.plan.changed.append(unit.root)
            self.plan.gone += standing.parts.values()
            self.plan.new += unit.parts.values()
        self.standing[key] = unit


def _check_newer(comes: datetime | None, stands: datetime | None) -> None:
    if stands is None:
        return
    if comes is None:
        raise RowFault(
            "/last_modified",
            "was changed here, and the file does not say when it was changed there",
        )
    if comes < stands:
        raise RowFault("/last_modified", "is older than what stands here")


def _above(name: str, row: Model) -> Key:
    for above in parents_of(name):
        key = getattr(row, f"{above}_id", None)
        if key is not None:
            return above, key
    raise LookupError(name)


def _states(unit: Unit) -> dict[UUID, dict[str, object]]:
    """What a file can say of a unit, row by row."""
    rows = {**unit.parts, unit.root.pk: unit.root}
    return {key: _state(row) for key, row in rows.items()}


def _state(row: Model) -> dict[str, object]:
    return {name: getattr(row, name) for name in columns_of(KINDS[KIND_OF[type(row)]])}


def in_order(rows: Iterable[Model]) -> Iterator[tuple[type[Model], list[Model]]]:
    """The rows by table, in the order in which they may be put in."""
    found: dict[type[Model], list[Model]] = {table: [] for table in TABLES.values()}
    for row in rows:
        found[type(row)].append(row)
    yield from ((table, listed) for table, listed in found.items() if listed)


def saved_fields(table: type[Model]) -> list[str]:
    """The attributes of a root that an import may change."""
    kind = KINDS[KIND_OF[table]]
    more = [attribute_of(column) for column in kind.own] and ["changed_at", "version"]
    return [*columns_of(kind), *more]
