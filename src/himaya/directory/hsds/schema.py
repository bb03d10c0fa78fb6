"""Our own JSON Schema of the objects we carry, and what a file's faults are called."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from himaya.directory.hsds.objects import EXTENSION, KINDS, Column, Holds, Kind

DIALECT = "https://json-schema.org/draft/2020-12/schema"
# Characters that no text has and that no database takes.
SOUND = r"\A[^\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]*\Z"
PATTERNS = {
    Holds.TEXT: (SOUND, "must be text without control characters"),
    Holds.KEY: (
        r"\A[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\Z",
        "must be a UUID with its hyphens",
    ),
    Holds.LINK: (
        r"\A(https?://[^\s\x00-\x1f\ud800-\udfff]+)?\Z",
        "must begin with http:// or https://",
    ),
    Holds.EMAIL: (
        r"\A([^@\s\x00-\x1f\ud800-\udfff]+@[^@\s\x00-\x1f\ud800-\udfff]+)?\Z",
        "must be an e-mail address",
    ),
    Holds.DATE: (
        r"\A(19|20)\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(T[0-9:.+Z-]{5,40})?\Z",
        "must be a date like 2026-11-22",
    ),
    Holds.MOMENT: (
        r"\A(19|20)\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"
        r"T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,6})?(Z|[+-](0\d|1[0-4]):[0-5]\d)\Z",
        "must be a moment like 2026-11-22T12:00:00Z",
    ),
    Holds.CLOCK: (
        r"\A(([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?(Z|[+-](0\d|1[0-4]):[0-5]\d)?)?\Z",
        "must be a time like 09:30",
    ),
    Holds.DAYS: (
        r"\A([+-]?[1-5]?(MO|TU|WE|TH|FR|SA|SU)(,\s*[+-]?[1-5]?(MO|TU|WE|TH|FR|SA|SU))*)?\Z",
        "must be weekdays like MO,WE",
    ),
    Holds.NUMBERS: (
        r"\A(-?[1-9]\d{0,2}(,\s*-?[1-9]\d{0,2})*)?\Z",
        "must be whole numbers with commas between them",
    ),
}
UNIQUE = "stands there twice"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with an object. pointer: where in it (RFC 6901). Quotes no value of a file."""

    pointer: str
    reason: str


@cache
def schema() -> Mapping[str, Any]:
    """The JSON Schema of a service with everything below it."""
    return {
        "$schema": DIALECT,
        "$ref": "#/$defs/service",
        "$defs": {kind.name: _object(kind) for kind in KINDS.values()},
    }


def _object(kind: Kind) -> dict[str, Any]:
    properties = {column.name: _value(column) for column in kind.columns}
    for branch in kind.branches:
        below = {"$ref": f"#/$defs/{branch.kind}"}
        properties[branch.name] = {"type": "array", "items": below} if branch.many else below
    if kind.own:
        own = {column.name: _value(column) for column in kind.own}
        properties[EXTENSION] = {
            "type": "object",
            "properties": own,
            "additionalProperties": False,
        }
    required = [column.name for column in kind.columns if column.required]
    return {"type": "object", "properties": properties, "required": required}


def _value(column: Column) -> dict[str, Any]:
    if column.holds is Holds.FLAG:
        return {"type": "boolean"}
    if column.holds is Holds.LIST:
        return {"type": "array", "items": {"enum": list(column.among)}, "uniqueItems": True}
    if column.among:
        return {"enum": list(column.among)}
    if column.holds in {Holds.NUMBER, Holds.WHOLE}:
        kind = "number" if column.holds is Holds.NUMBER else "integer"
        return {"type": kind, "minimum": column.least, "maximum": column.most}
    least = {"minLength": 1} if column.name in {"name", "number"} and column.required else {}
    pattern, _reason = PATTERNS[column.holds]
    return {"type": "string", "pattern": pattern, "maxLength": column.longest, **least}


@cache
def _validator() -> Draft202012Validator:
    return Draft202012Validator(schema())


def faults_of(service: object) -> Iterator[Fault]:
    """Everything in which a value is not a service as HSDS says."""
    for error in _validator().iter_errors(service):
        yield Fault(_pointer(error), _reason(error))


def _pointer(error: ValidationError) -> str:
    parts = (str(part).replace("~", "~0").replace("/", "~1") for part in error.absolute_path)
    return "".join(f"/{part}" for part in parts)


TYPES: Mapping[str, str] = {
    "object": "an object",
    "array": "a list",
    "string": "text",
    "number": "a number",
    "integer": "a whole number",
    "boolean": "true or false",
}
PATTERN_REASONS: Mapping[str, str] = dict(PATTERNS.values())
REASONS: Mapping[str, Callable[[Any], str]] = {
    "type": lambda asked: f"must be {TYPES[asked]}",
    "enum": lambda asked: f"must be one of {', '.join(asked)}",
    "pattern": lambda asked: PATTERN_REASONS[asked],
    "maxLength": lambda asked: f"is longer than {asked} characters",
    "minLength": lambda _asked: "must not be empty",
    "minimum": lambda asked: f"must be {asked:g} or more",
    "maximum": lambda asked: f"must be {asked:g} or less",
    "uniqueItems": lambda _asked: UNIQUE,
}


def _reason(error: ValidationError) -> str:
    """What is asked for; never what stands there, which may be an address."""
    asked = error.validator_value
    if error.validator == "required":
        return "lacks " + ", ".join(name for name in asked if name not in error.instance)
    if error.validator == "additionalProperties":
        known = ", ".join(error.schema["properties"])
        return f"admission rests on sex, age and family alone, and our extension knows {known}"
    return REASONS[error.validator](asked)


def without_nulls(value: Any) -> Any:
    """The same without members that are null: many publishers write so what they do not know."""
    if isinstance(value, dict):
        return {key: without_nulls(each) for key, each in value.items() if each is not None}
    if isinstance(value, list):
        return [without_nulls(each) for each in value if each is not None]
    return value


def left_out(service: Mapping[str, Any]) -> Iterator[str]:
    """Properties of a file that the directory does not keep, as `object.property`."""
    yield from _left_out(KINDS["service"], service)


NO_LETTERS = re.compile(r"[^A-Za-z0-9_.-]")


def _left_out(kind: Kind, found: Mapping[str, Any]) -> Iterator[str]:
    kept = {column.name for column in kind.columns} | {EXTENSION}
    links = {f"{name}_id" for name in KINDS} | {"link_id", "link_entity"}
    branches = {branch.name: branch for branch in kind.branches}
    for name, value in found.items():
        if name in branches:
            below = KINDS[branches[name].kind]
            for each in value if branches[name].many else [value]:
                yield from _left_out(below, each)
        elif name not in kept | links:
            yield f"{kind.name}.{NO_LETTERS.sub('', name)[:40]}"
