"""A file of services comes in: good ones are kept, bad ones are listed, none is there twice."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice

from django.db import connection, transaction

from himaya.agencies.models import Agency, Desk
from himaya.audit.record import record
from himaya.directory.hsds.batch import Batch, Fate, Plan, in_order, saved_fields
from himaya.directory.hsds.reading import Country, RowFault, Service, Unit
from himaya.directory.hsds.schema import faults_of, left_out, without_nulls
from himaya.directory.hsds.stream import Found
from himaya.kernel.access import Actor
from himaya.packs.loader import current

AT_ONCE = 100  # services whose rows are in memory together
ONE_AT_A_TIME = 7_420_031  # of an advisory lock


@dataclass(frozen=True, slots=True)
class Rejection:
    """A service that was not kept. line: where it begins; pointer: what is wrong with it, where."""

    line: int
    pointer: str
    reason: str


@dataclass(slots=True)
class Tally:
    """What became of the services of a file: read = stored + changed + duplicate + rejected.

    left_out: properties of HSDS, or others, that the file has and the directory does not keep.
    """

    read: int = 0
    stored: int = 0
    changed: int = 0
    duplicate: int = 0
    rejected: int = 0
    left_out: set[str] = field(default_factory=set)


@transaction.atomic
def bring_in(
    *,
    actor: Actor,
    at: datetime,
    services: Iterable[Found],
    rejected: Callable[[Rejection], None],
) -> Tally:
    """Keep every good service of a file, whatever its length; say of each other why not.

    services are read while they are stored. A service that is here already is left as it is, or
    replaced when the file's is newer. Organisations and locations go along. Two imports wait for
    one another. Raises NotHsds when the file breaks off; then nothing has changed.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
    country = _country()
    tally = Tally()
    waiting = iter(services)
    while batch := list(islice(waiting, AT_ONCE)):
        tally.read += len(batch)
        read = list(_read(batch, country, at, tally, rejected))
        plan = _planned(read, at, tally, rejected)
        _carry_out(plan)
        if plan.new or plan.changed:
            record(
                act="directory.brought_in",
                actor=actor,
                at=at,
                facts={"services": len(read)},
                rows=[*plan.new, *plan.changed],
                gone=plan.gone,
            )
    return tally


def _country() -> Country:
    return Country(
        agencies=dict(Agency.objects.values_list("code", "pk")),
        desks=dict(Desk.objects.values_list("code", "pk")),
        districts=frozenset(district.id for district in current().districts),
    )


def _read(
    batch: Iterable[Found],
    country: Country,
    at: datetime,
    tally: Tally,
    rejected: Callable[[Rejection], None],
) -> Iterator[tuple[Found, list[Unit]]]:
    for found in batch:
        value = without_nulls(found.value)
        faults = [
            Rejection(found.line, found.pointer + each.pointer, each.reason)
            for each in faults_of(value)
        ]
        if not faults:
            try:
                units = list(Service(value, country, at).units())
            except RowFault as fault:
                faults = [Rejection(found.line, found.pointer + fault.pointer, fault.reason)]
        if faults:
            tally.rejected += 1
            for each in faults:
                rejected(each)
            continue
        tally.left_out.update(left_out(value))
        yield found, units


def _planned(
    read: list[tuple[Found, list[Unit]]],
    at: datetime,
    tally: Tally,
    rejected: Callable[[Rejection], None],
) -> Plan:
    batch = Batch([units for _found, units in read], at)
    for found, units in read:
        try:
            fate = batch.take(units)
        except RowFault as fault:
            tally.rejected += 1
            rejected(Rejection(found.line, found.pointer + fault.pointer, fault.reason))
            continue
        tally.stored += fate is Fate.STORED
        tally.changed += fate is Fate.CHANGED
        tally.duplicate += fate is Fate.DUPLICATE
    return batch.plan


def _carry_out(plan: Plan) -> None:
    for table, rows in reversed(list(in_order(plan.gone))):
        table._default_manager.filter(pk__in=[row.pk for row in rows]).delete()
    for table, rows in in_order(plan.changed):
        table._default_manager.bulk_update(rows, saved_fields(table))
    for table, rows in in_order(plan.new):
        table._default_manager.bulk_create(rows)
