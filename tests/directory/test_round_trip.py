"""Whatever comes in as HSDS goes out the same, and comes in again as nothing new."""

import copy
from datetime import date
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from himaya.directory.codes import NEEDS
from himaya.directory.hsds.objects import EXTENSION, KINDS, Column, Holds, Kind
from himaya.directory.hsds.schema import faults_of
from tests.factories.fixtures import undone
from tests.factories.services import brought_in, handed_out, need

pytestmark = pytest.mark.slow
WORDS = some.text(some.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12).filter(
    str.strip
)
DEPTH = 2
OF_HOLDS = {
    Holds.TEXT: WORDS,
    Holds.KEY: some.uuids().map(str),
    Holds.LINK: some.just("https://service.example/ü?a=b&c"),
    Holds.EMAIL: some.just("office@service.example"),
    Holds.DATE: some.dates(date(1950, 1, 1), date(2026, 11, 1)).map(str),
    Holds.MOMENT: some.sampled_from(["2026-01-02T03:04:05Z", "2020-02-29T23:59:59.123456Z"]),
    Holds.CLOCK: some.sampled_from(["09:00", "23:59:59", "08:30+03:00", "06:00Z"]),
    Holds.DAYS: some.sampled_from(["MO", "SU,MO", "1MO,-1FR"]),
    Holds.NUMBERS: some.sampled_from(["1", "1,15", "-1"]),
    Holds.FLAG: some.just(True),
}
PUBLIC_OWN = {"families", "answers", "kind"}


def value_of(column: Column):
    """A strategy for one field."""
    if column.holds is Holds.LIST:
        return some.lists(some.sampled_from(column.among), unique=True, min_size=1).map(sorted)
    if column.among:
        return some.sampled_from(column.among)
    if column.holds in (Holds.NUMBER, Holds.WHOLE):
        low, high = max(1, int(column.least)), int(min(column.most, 14))
        whole = some.integers(low, high)
        return (
            whole
            if column.holds is Holds.WHOLE
            else whole | whole.map(lambda n: n + 0.5).filter(lambda n: n <= high)
        )
    if column.holds is Holds.TEXT:
        return WORDS.map(lambda words: words[: column.longest])
    return OF_HOLDS[column.holds]


@some.composite
def objects(draw, kind: Kind, depth: int):
    """An object of HSDS with some of its fields and some of what may hang on it."""
    found = {}
    for column in kind.columns:
        if column.required or draw(some.booleans()):
            found[column.name] = draw(value_of(column))
    own = {column.name: draw(value_of(column)) for column in kind.own if column.name in PUBLIC_OWN}
    if own:
        found[EXTENSION] = own
    for branch in kind.branches:
        below = KINDS[branch.kind]
        if branch.kind in ("organization", "location", "taxonomy_term"):
            found[branch.name] = draw(objects(below, depth))
        elif depth and draw(some.booleans()):
            found[branch.name] = draw(
                some.lists(objects(below, depth - 1), max_size=2, unique_by=lambda each: each["id"])
            )
    return found


@some.composite
def services(draw):
    """A service that our schema takes."""
    found = draw(objects(KINDS["service"], DEPTH))
    low, high = found.get("minimum_age"), found.get("maximum_age")
    if low is not None and high is not None and low > high:
        found["minimum_age"], found["maximum_age"] = high, low
    codes = draw(some.lists(some.sampled_from([code for code, _name in NEEDS]), unique=True))
    found["attributes"] = [
        *found.get("attributes", []),
        *(need(found["id"], code) for code in codes),
    ]
    return found


def in_order(value):
    """The same with lists in the order of identifiers and nothing that is empty."""
    if isinstance(value, dict):
        return {name: in_order(each) for name, each in value.items() if each not in ("", [], None)}
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return sorted(map(in_order, value), key=lambda each: each["id"])
    return value


def without_ids_of_needs(service):
    """Attributes that say a kind of help are ours, with identifiers of ours."""
    found = copy.deepcopy(service)
    for each in found.get("attributes", []):
        term = each.get("taxonomy_term", {})
        if term.get("taxonomy") == "himaya.need":
            each["id"] = term["id"] = term["name"] = term["description"] = term["code"]
    return found


@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(some.lists(services(), max_size=3, unique_by=lambda each: each["id"]))
def test_what_comes_in_goes_out_the_same(db, listed):
    with undone():
        assert [list(faults_of(each)) for each in listed] == [[] for _each in listed]
        brought, rejected = brought_in(*listed)
        out = handed_out()
        again, _rejected = brought_in(*out)

        assert (brought.stored, rejected) == (len(listed), [])
        assert in_order([without_ids_of_needs(each) for each in out]) == in_order(
            [without_ids_of_needs(each) for each in listed]
        )
        assert [list(faults_of(each)) for each in out] == [[] for _each in out]
        assert (again.duplicate, again.changed) == (len(listed), 0)
        assert handed_out() == out
        assert all(UUID(each["id"]) for each in out)
