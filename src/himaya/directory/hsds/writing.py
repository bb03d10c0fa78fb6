"""From rows to services as HSDS nests them; only what may be handed out."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid5

from django.db.models import Model
from django.utils.translation import override

from himaya.directory.codes import NEEDS, TAXONOMY
from himaya.directory.hsds.objects import EXTENSION, KINDS, Branch, Column, Kind
from himaya.directory.hsds.tables import REFERENCES, attribute_of, parents_of, parts_of
from himaya.directory.models import Location, Organization, Service

NEED_NAMES = dict(NEEDS)
# Identifiers of our own taxonomy's terms grow out of this one.
TERMS = UUID("6f0f7d5e-5f5b-5c0e-9d6e-3a9f4f1b7c21")
Below = Mapping[tuple[str, str, UUID], list[Model]]


@dataclass(frozen=True, slots=True)
class Codes:
    """Codes of agencies and desks, by their ids."""

    agencies: Mapping[UUID, str]
    desks: Mapping[UUID, str]


def written(services: Iterable[Service], codes: Codes) -> Iterator[dict[str, Any]]:
    """These services, each with all that belongs to it, as HSDS nests it."""
    listed = list(services)
    roots = _Roots(listed)
    with override("en"):  # names of terms are the same for every reader of a file
        for service in listed:
            yield _Writer(codes, roots).service(service)


class _Roots:
    """What hangs on some services, found in as many queries as there are kinds."""

    def __init__(self, services: list[Service]) -> None:
        own = parts_of({"service": [service.pk for service in services]})
        places = {row.location_id for row in own["service_at_location"]}  # type: ignore[attr-defined]  # of this kind
        givers = {service.organization_id for service in services}
        self.locations = Location.objects.in_bulk(places)
        self.organizations = Organization.objects.in_bulk(givers)
        shared = parts_of({"location": places, "organization": givers})
        self.below: dict[tuple[str, str, UUID], list[Model]] = defaultdict(list)
        for loaded in (own, shared):
            for name, rows in loaded.items():
                for row in rows:
                    self._put(name, row)

    def _put(self, name: str, row: Model) -> None:
        for above in parents_of(name):
            key = getattr(row, f"{above}_id", None)
            if key is not None:
                self.below[name, above, key].append(row)


class _Writer:
    def __init__(self, codes: Codes, roots: _Roots) -> None:
        self.codes = codes
        self.roots = roots

    def service(self, service: Service) -> dict[str, Any]:
        found = self._object(KINDS["service"], service, service.pk)
        needs = [_need(service.pk, code) for code in service.needs]
        if needs:
            attributes = [*found.get("attributes", []), *needs]
            found["attributes"] = sorted(attributes, key=lambda each: str(each["id"]))
        return found

    def _object(self, kind: Kind, row: Model, identifier: UUID) -> dict[str, Any]:
        found: dict[str, Any] = {"id": str(identifier)}
        for column in kind.columns:
            self._put(found, column, row)
        own: dict[str, Any] = {}
        for column in kind.own:
            if column.public:
                self._put(own, column, row)
        if own:
            found[EXTENSION] = own
        for branch in kind.branches:
            below = self._below(kind, branch, row)
            if below:
                found[branch.name] = below if branch.many else below[0]
        return found

    def _below(self, kind: Kind, branch: Branch, row: Model) -> list[dict[str, Any]]:
        below = KINDS[branch.kind]
        if branch.kind == "organization":
            giver = self.roots.organizations[row.organization_id]  # type: ignore[attr-defined]  # a service
            return [self._object(below, giver, giver.pk)]
        if branch.kind == "location":
            place = self.roots.locations[row.location_id]  # type: ignore[attr-defined]  # of this kind
            return [self._object(below, place, place.pk)]
        rows = self.roots.below.get((branch.kind, kind.name, row.pk), [])
        return [self._object(below, each, each.hsds_id) for each in rows]  # type: ignore[attr-defined]  # a part

    def _put(self, found: dict[str, Any], column: Column, row: Model) -> None:
        if column.name == "id":
            return
        value = getattr(row, attribute_of(column))
        if column.name in REFERENCES and value is not None:
            value = (self.codes.agencies if column.name == "agency" else self.codes.desks)[value]
        value = _plain(value)
        if column.required or value not in (None, "", [], False):
            found[column.name] = value


def _plain(value: Any) -> Any:
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
        case date():
            return value.isoformat()
        case UUID():
            return str(value)
        case float() if value.is_integer():
            return int(value)
    return value


def _need(service_id: UUID, code: str) -> dict[str, Any]:
    name = str(NEED_NAMES[code])
    term = {
        "id": str(uuid5(TERMS, code)),
        "code": code,
        "name": name,
        "description": name,
        "taxonomy": TAXONOMY,
    }
    return {"id": str(uuid5(service_id, f"need/{code}")), "taxonomy_term": term}
