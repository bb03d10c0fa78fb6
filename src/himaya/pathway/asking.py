"""Several lists in one question to the database, however many concepts ask.

A page of several concepts is made of *sections*. A section yields the lists it needs and is given
their rows; what the sections of a page yield at the same time goes in one question. So a page that
gets one more section asks no more often than before.
"""

import json
from collections.abc import Generator, Sequence
from itertools import islice
from typing import Any, TypeAlias, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BinaryField, Field, Model, QuerySet

T = TypeVar("T")
Rows: TypeAlias = list[Any]  # of whatever model the list in the same place is of
Lists: TypeAlias = Sequence[QuerySet[Any, Any]]
Section: TypeAlias = Generator[Lists, Sequence[Rows], T]


def answered(sections: Sequence[Section[T]]) -> list[T]:
    """What each section returns, in their order; what some yield later is asked together again."""
    found: dict[int, T] = {}
    waiting: dict[int, Lists] = {}
    for number, section in enumerate(sections):
        _go_on(number, section, None, waiting, found)
    while waiting:
        asked, waiting = waiting, {}
        rows = iter(at_once([each for lists in asked.values() for each in lists]))
        for number, lists in asked.items():
            _go_on(number, sections[number], list(islice(rows, len(lists))), waiting, found)
    return [found[number] for number in range(len(sections))]


def _go_on(
    number: int,
    section: Section[T],
    rows: Sequence[Rows] | None,
    waiting: dict[int, Lists],
    found: dict[int, T],
) -> None:
    try:
        waiting[number] = next(section) if rows is None else section.send(rows)
    except StopIteration as end:
        found[number] = end.value


def at_once(lists: Lists) -> list[Rows]:
    """The rows of several lists of records, each in its own order, asked in one question.

    A list must not join other records into its own (`select_related`): two columns of one name
    cannot be told apart. It may have annotations, and be cut.
    """
    parts: list[str] = []
    values: list[Any] = []
    for each in lists:
        part, needed = _part(each)
        parts.append(part)
        values += needed
    if all(part == EMPTY for part in parts):
        return [[] for _ in lists]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", values)
        answers = cursor.fetchone()
    return [_records(each, answer) for each, answer in zip(lists, answers, strict=True)]


def joined(rows: Rows, name: str, others: Rows) -> None:
    """Give each row the record that it points at by this name, of those that were asked for."""
    by_key = {other.pk: other for other in others}
    for row in rows:
        key = getattr(row, f"{name}_id")
        if key in by_key:
            setattr(row, name, by_key[key])


EMPTY = "'[]'"


def _part(rows: QuerySet[Any, Any]) -> tuple[str, Sequence[Any]]:
    if rows.query.select_related:
        raise ValueError(f"{rows.model.__name__}: a list asked at once joins no other records")
    try:
        sql, values = rows.query.sql_with_params()
    except EmptyResultSet:
        return EMPTY, ()
    # What the inner question has ordered is gathered in that order.
    return f"(SELECT coalesce(json_agg(row_to_json(p)), '[]')::text FROM ({sql}) p)", values  # noqa: S608  # the ORM's own SQL, values apart


def _records(rows: QuerySet[Any, Any], answer: str) -> Rows:
    added = {
        name: annotation.output_field for name, annotation in rows.query.annotation_select.items()
    }
    return [_record(rows.model, row, added) for row in json.loads(answer)]


def _record(model: type[Model], row: dict[str, Any], added: "dict[str, Field[Any, Any]]") -> Model:
    known = [field for field in model._meta.concrete_fields if str(field.column) in row]
    record = model.from_db(
        connection.alias,
        [field.attname for field in known],
        [_value(field, row[str(field.column)]) for field in known],
    )
    for name, field in added.items():
        setattr(record, name, _value(field, row[name]))
    return record


def _value(field: "Field[Any, Any]", value: Any) -> Any:
    if isinstance(field, BinaryField) and value is not None:
        return bytes.fromhex(value.removeprefix("\\x"))
    return field.to_python(value)
