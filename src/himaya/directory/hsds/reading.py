"""From one service of a file to rows that are not saved yet."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid5

from django.db.models import Model

from himaya.directory.codes import NEEDS, TAXONOMY
from himaya.directory.hsds.objects import EXTENSION, KINDS, SHARED, Branch, Column, Holds, Kind
from himaya.directory.hsds.schema import UNIQUE
from himaya.directory.hsds.tables import REFERENCES, TABLES, attribute_of
from himaya.directory.models import ServiceAtLocation

NEED_CODES = {code for code, _label in NEEDS}
WORDS_OF_A_PLACE = ("url", "name", "alternate_name", "description", "transportation")
ONLY_DISTRICT = (
    "the location is confidential: only its district, type and languages are kept; take out "
)


class RowFault(Exception):
    """A service that cannot be kept. reason: quotes nothing of the file."""

    def __init__(self, pointer: str, reason: str) -> None:
        super().__init__(reason)
        self.pointer = pointer
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Country:
    """Codes of the country pack that a file may name. agencies, desks: code → id."""

    agencies: Mapping[str, UUID]
    desks: Mapping[str, UUID]
    districts: frozenset[str]


@dataclass(slots=True)
class Unit:
    """A service, an organisation or a location, with all that hangs on it.

    unsaid: attributes that are handed out to nobody and that the file says nothing of: what stands
    here is kept.
    """

    kind: str
    root: Model
    pointer: str
    parts: dict[UUID, Model] = field(default_factory=dict)
    unsaid: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Above:
    """An object whose branches are being read."""

    kind: Kind
    row: Model
    value: Mapping[str, Any]
    pointer: str

    def below(self, branch: Branch) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """What hangs on it there, each with its place."""
        found = self.value.get(branch.name)
        if found is None:
            return
        where = f"{self.pointer}/{branch.name}"
        if not branch.many:
            yield where, found
            return
        for number, each in enumerate(found):
            yield f"{where}/{number}", each


class Service:
    """One service of a file while it is read. value: valid by our schema."""

    def __init__(self, value: Mapping[str, Any], country: Country, at: datetime) -> None:
        self.value = value
        self.country = country
        self.at = at

    def units(self) -> Iterator[Unit]:
        """The organisation, the locations, and last the service. Raises RowFault."""
        if "organization" not in self.value:
            raise RowFault("", "lacks organization: nest it in the service")
        giver = self._unit("organization", self.value["organization"], "/organization")
        yield giver
        places = []
        for number, each in enumerate(self.value.get("service_at_locations", [])):
            pointer = f"/service_at_locations/{number}"
            if "location" not in each:
                raise RowFault(pointer, "lacks location: nest it")
            places.append(self._unit("location", each["location"], f"{pointer}/location"))
            _check_confidential(places[-1], each, pointer)
        yield from places
        service = self._unit("service", self.value, "")
        service.root.organization_id = giver.root.pk  # type: ignore[attr-defined]  # a service
        _check_service(service.root, self.at)
        yield service

    def _unit(self, kind_name: str, value: Mapping[str, Any], pointer: str) -> Unit:
        kind = KINDS[kind_name]
        root = TABLES[kind_name](id=UUID(value["id"]), changed_at=self.at)
        said = value.get(EXTENSION, {})
        unsaid = {
            attribute_of(column)
            for column in kind.own
            if not column.public and column.name not in said
        }
        unit = Unit(kind_name, root, pointer, unsaid=frozenset(unsaid))
        self._fill(root, kind, value, pointer)
        if kind_name == "service":
            root.needs = sorted(self._needs(value))  # type: ignore[attr-defined]  # a service
        self._hang(unit, _Above(kind, root, value, pointer))
        return unit

    def _hang(self, unit: Unit, above: "_Above") -> None:
        """Everything below an object, except what stands for itself."""
        for branch in above.kind.branches:
            if branch.kind not in SHARED:
                for where, each in above.below(branch):
                    if branch.kind != "attribute" or not _is_need(each):
                        self._add(unit, above, branch.kind, each, where)

    def _add(
        self, unit: Unit, above: "_Above", name: str, value: Mapping[str, Any], pointer: str
    ) -> None:
        hsds_id = UUID(value["id"])
        key = uuid5(above.row.pk, f"{name}/{hsds_id}")
        if key in unit.parts:
            raise RowFault(pointer, UNIQUE)
        row = TABLES[name](id=key, hsds_id=hsds_id, **{above.kind.name: above.row})
        self._fill(row, KINDS[name], value, pointer)
        if isinstance(row, ServiceAtLocation):
            place = value["location"]
            row.location_id = UUID(place["id"])
            row.confidential = place.get(EXTENSION, {}).get("confidential", False)
        unit.parts[key] = row
        self._hang(unit, _Above(KINDS[name], row, value, pointer))

    def _fill(self, row: Model, kind: Kind, value: Mapping[str, Any], pointer: str) -> None:
        own = value.get(EXTENSION, {}) if kind.own else {}
        for columns, found, where in (
            (kind.columns, value, pointer),
            (kind.own, own, f"{pointer}/{EXTENSION}"),
        ):
            for column in columns:
                if column.name in found and column.name != "id":
                    at = f"{where}/{column.name}"
                    setattr(row, attribute_of(column), self._value(column, found[column.name], at))

    def _value(self, column: Column, found: Any, pointer: str) -> object:
        if column.name in REFERENCES:
            codes = self.country.agencies if column.name == "agency" else self.country.desks
            if found not in codes:
                raise RowFault(pointer, "is not in the country pack")
            return codes[found]
        if column.name == "district" and found not in self.country.districts:
            raise RowFault(pointer, "is no district of the country pack")
        try:
            return _converted(column, found)
        except ValueError:
            raise RowFault(pointer, "is not on the calendar, or is out of bounds") from None

    def _needs(self, value: Mapping[str, Any]) -> Iterator[str]:
        for number, each in enumerate(value.get("attributes", [])):
            if _is_need(each):
                code = each["taxonomy_term"].get("code", "")
                if code not in NEED_CODES:
                    raise RowFault(
                        f"/attributes/{number}", "is no kind of help that the directory knows"
                    )
                yield code


def _is_need(attribute: Mapping[str, Any]) -> bool:
    return bool(attribute.get("taxonomy_term", {}).get("taxonomy") == TAXONOMY)


def _converted(column: Column, found: Any) -> object:
    if column.holds is Holds.NUMBERS and any(
        abs(int(word)) > column.most for word in found.split(",") if word
    ):
        raise ValueError(column.name)
    return CONVERTED.get(column.holds, str)(found)


CONVERTED: Mapping[Holds, Callable[[Any], object]] = {
    Holds.KEY: UUID,
    Holds.DATE: lambda found: date.fromisoformat(found[:10]),
    Holds.MOMENT: datetime.fromisoformat,
    Holds.NUMBER: float,
    Holds.WHOLE: int,
    Holds.LIST: sorted,
    Holds.FLAG: bool,
}


def _check_confidential(place: Unit, given: Mapping[str, Any], pointer: str) -> None:
    """Raise when anything tells where a confidential location is."""
    if not place.root.confidential:  # type: ignore[attr-defined]  # a location
        return
    telling = [name for name in WORDS_OF_A_PLACE if getattr(place.root, name)]
    branches = {branch.name for branch in KINDS["location"].branches} - {"languages"}
    telling += sorted(name for name in branches if given["location"].get(name))
    if telling:
        raise RowFault(place.pointer, ONLY_DISTRICT + ", ".join(telling))
    telling = [
        name for name in ("description", "contacts", "phones", "schedules") if given.get(name)
    ]
    if telling:
        raise RowFault(pointer, ONLY_DISTRICT + ", ".join(telling))


def _check_service(service: Any, at: datetime) -> None:
    """Raise where two fields together cannot be true."""
    lowest, highest = service.minimum_age, service.maximum_age
    if lowest is not None and highest is not None and lowest > highest:
        raise RowFault("/maximum_age", "is below minimum_age")
    if service.desk_id and service.channel:
        raise RowFault(f"/{EXTENSION}", "has a desk and a channel: one of them")
    if (service.free_places is None) != (service.free_said_at is None):
        raise RowFault(f"/{EXTENSION}", "free_places and free_said_at go together")
    if service.free_said_at and service.free_said_at > at:
        raise RowFault(f"/{EXTENSION}/free_said_at", "lies ahead")
    if service.assured_date and service.assured_date > at.date():
        raise RowFault("/assured_date", "lies ahead")
