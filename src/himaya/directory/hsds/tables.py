"""Which table holds which kind of object, and what hangs on what there."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db.models import Model, Q

from himaya.directory.hsds.objects import KINDS, SHARED, Column, Kind
from himaya.directory.models import (
    Accessibility,
    Address,
    Attribute,
    Contact,
    CostOption,
    Language,
    Location,
    Organization,
    Phone,
    RequiredDocument,
    Schedule,
    Service,
    ServiceArea,
    ServiceAtLocation,
    TaxonomyTerm,
)

# In an order in which rows may be put in; backwards they may be taken out.
TABLES: Mapping[str, type[Model]] = {
    "organization": Organization,
    "location": Location,
    "service": Service,
    "service_at_location": ServiceAtLocation,
    "address": Address,
    "accessibility": Accessibility,
    "service_area": ServiceArea,
    "cost_option": CostOption,
    "required_document": RequiredDocument,
    "attribute": Attribute,
    "taxonomy_term": TaxonomyTerm,
    "contact": Contact,
    "schedule": Schedule,
    "phone": Phone,
    "language": Language,
}
KIND_OF = {table: name for name, table in TABLES.items()}
# Kinds of which a row is a root: it has an identifier of its own, and a version.
ROOTS = {"service", *SHARED}
REFERENCES = {"agency", "desk", "assured_by", "free_said_by"}
Loaded = dict[str, list[Model]]


def attribute_of(column: Column) -> str:
    """The attribute of a row that holds a field."""
    return f"{column.name}_id" if column.name in REFERENCES else column.name


def columns_of(kind: Kind) -> list[str]:
    """The attributes of a row that a file can say, without its identifier."""
    listed = [attribute_of(column) for column in (*kind.columns, *kind.own) if column.name != "id"]
    more = {"service": ["needs", "organization_id"], "service_at_location": ["location_id"]}
    return listed + more.get(kind.name, [])


def parents_of(kind: str) -> list[str]:
    """Kinds on which objects of this kind may hang."""
    return [
        above.name
        for above in KINDS.values()
        if any(branch.kind == kind and kind not in SHARED for branch in above.branches)
    ]


def parts_of(roots: Mapping[str, Iterable[UUID]]) -> Loaded:
    """All rows that hang on these roots, by kind, in the order of their identifiers."""
    keys: dict[str, list[UUID]] = {name: list(found) for name, found in roots.items()}
    loaded: Loaded = {}
    for name, table in TABLES.items():
        if name in ROOTS:
            continue
        where = Q()
        for above in parents_of(name):
            if keys.get(above):
                where |= Q(**{f"{above}_id__in": keys[above]})
        rows = list(table._default_manager.filter(where).order_by("hsds_id")) if where else []
        loaded[name] = rows
        keys[name] = [row.pk for row in rows]
    return loaded
