"""Rows of one table as PostgreSQL's COPY reads them, written from a model and what varies."""

from __future__ import annotations  # a field says of what it is to the type checker only

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import NOT_PROVIDED, Field, Model
from psycopg import Cursor, sql

NOTHING = "\\N"
Value = str | int | None


@dataclass(frozen=True, slots=True)
class Block:
    """Rows of one table that leave together."""

    table: str
    command: bytes
    lines: bytes
    number: int

    def copy(self, cursor: Cursor[Any]) -> int:
        """Copy them in; returns how many."""
        if self.number:
            with cursor.copy(self.command) as copy:
                copy.write(self.lines)
        return self.number


class Sheet:
    """Rows of one model that wait to be copied in.

    varying: the columns that each row gives, as text, in this order; fixed: those that are the same
    for all. Every other column has the model's default. Nothing given may hold a tab, a line end or
    a backslash: they are ids, codes and moments.
    """

    def __init__(
        self, model: type[Model], varying: Sequence[str], fixed: Mapping[str, object] | None = None
    ) -> None:
        fields: list[Field[Any, Any]] = list(model._meta.concrete_fields)
        others = [field for field in fields if field.column not in varying]
        literal = [_text(_value_of(field, fixed or {})) for field in others]
        columns = [*varying, *(str(field.column) for field in others)]
        self._table = model._meta.db_table
        command = sql.SQL("COPY {} ({}) FROM STDIN").format(
            sql.Identifier(model._meta.db_table), sql.SQL(", ").join(map(sql.Identifier, columns))
        )
        self._command = command.as_bytes()
        self._pattern = "\t".join(["%s"] * len(varying) + literal) + "\n"
        self._lines: list[str] = []

    def add(self, *values: Value) -> None:
        """One more row."""
        if None in values:
            values = tuple(NOTHING if value is None else value for value in values)
        self._lines.append(self._pattern % values)

    def add_several(self, rows: Iterable[tuple[Value, ...]]) -> None:
        """Several more rows, in which every column is known."""
        self._lines += [self._pattern % row for row in rows]

    def taken(self) -> Block:
        """What waits, off the sheet and ready to be copied in."""
        lines = "".join(self._lines).encode()
        block = Block(self._table, self._command, lines, len(self._lines))
        self._lines.clear()
        return block


def _value_of(field: Field[Any, Any], fixed: Mapping[str, object]) -> object:
    if field.column in fixed:
        return fixed[str(field.column)]
    if field.null or (field.default is NOT_PROVIDED and not field.empty_strings_allowed):
        return None
    return field.get_default()


def _text(value: object) -> str:
    """A constant as it stands in the pattern."""
    return NOTHING if value is None else as_text(value).replace("%", "%%")


def as_text(value: object) -> str:
    """A value as COPY reads it."""
    match value:
        case bool():
            return "t" if value else "f"
        case datetime():
            return value.isoformat()
        case list() | tuple():
            return "{" + ",".join(json.dumps(str(each)) for each in value) + "}"
    return str(value)
