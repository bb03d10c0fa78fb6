"""A report arrives: sealed to its desk before anything is stored."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import pyrage
from django.db import transaction
from django.db.models import Model

from himaya.audit.record import record
from himaya.kernel.access import Actor
from himaya.packs.calendar import due_at
from himaya.packs.loader import current
from himaya.packs.routing import way_for
from himaya.packs.schema import Pack
from himaya.reporting.contents import CONTACT, FILE, STORY, Told
from himaya.reporting.desk_keys import desk_keys
from himaya.reporting.models import Receipt, Report
from himaya.reporting.operations.again import once
from himaya.reporting.receipts import Opened, reporter_key_mac
from himaya.reporting.rules import check_may_send, first_clock
from himaya.vault.keyring import wrap
from himaya.vault.models import Compartment, CompartmentEpoch, Grant, Sealed
from himaya.vault.padding import padded_length
from himaya.vault.seal import Reader, new_epoch, sealed_to


@dataclass(frozen=True, slots=True)
class Circle:
    """One compartment of the report with what is sealed in it, not yet saved."""

    compartment: Compartment
    epoch: CompartmentEpoch
    grants: list[Grant]
    contents: list[Sealed]


@transaction.atomic
def submit(*, actor: Actor, told: Told, report_id: UUID, receipt: Opened, at: datetime) -> Report:
    """Seal and store a report, for the desk that the pack names and, asleep, for a second one.

    report_id and receipt come from `receipts.numbers_of`, so that the same form sent twice is one
    report: the second raises AlreadyReceived, also while the first is being stored. Raises
    NothingSaid or TooLong, and NoDeskKey or KeyNotTrusted when it cannot be sealed safely.
    """
    check_may_send(told)
    pack = current()
    readers = _readers(told, pack, at)
    report = _report(told, report_id, readers[0], at)
    report.due_at = due_at(at, pack.clock(first_clock(told.danger)), pack.calendar)
    with once(report):
        report.save(force_insert=True)
    words = [(STORY, told.story.encode()), *((FILE, file.to_bytes()) for file in told.files)]
    # The contact's compartment is there in every report, so that having one tells nothing.
    circles = [
        _circle(Compartment.Kind.NARRATIVE, report_id, readers, words, at),
        _circle(
            Compartment.Kind.CONTACT, report_id, readers, [(CONTACT, told.contact.to_bytes())], at
        ),
    ]
    rows = [report, _receipt(report_id, receipt), *_saved(circles)]
    rows[1].save(force_insert=True)
    record(
        act="reporting.received",
        actor=actor,
        at=at,
        subject_id=report_id,
        desk_id=report.desk_id,
        rows=rows,
    )
    return report


def _readers(told: Told, pack: Pack, at: datetime) -> list[Reader]:
    way = way_for(pack, told.named())
    keys = desk_keys(at)
    readers = [Reader(keys.of(way.intake), Grant.Reason.RECEIVED)]
    if way.escalation is not None:
        readers.append(Reader(keys.of(way.escalation), Grant.Reason.ESCALATION, dormant=True))
    return readers


def _report(told: Told, report_id: UUID, reader: Reader, at: datetime) -> Report:
    size = len(told.story.encode()) + sum(len(file.content) for file in told.files)
    return Report(
        id=report_id,
        received_at=at,
        channel=Report.Channel.WEB,
        language=told.language,
        danger=[told.danger] if told.danger else [],
        child=told.child or Report.Child.UNKNOWN,
        persons=told.persons,
        involved=told.involved,
        involved_agencies=list(told.agencies),
        desk_id=reader.key.desk_id,
        size_class=padded_length(size),
    )


def _circle(
    kind: Compartment.Kind,
    report_id: UUID,
    readers: Sequence[Reader],
    words: Sequence[tuple[str, bytes]],
    at: datetime,
) -> Circle:
    compartment = Compartment(kind=kind, subject_id=report_id, made_at=at)
    epoch, grants = new_epoch(compartment, 1, readers, at)
    contents = [
        Sealed(
            compartment=compartment,
            epoch=epoch,
            name=name,
            content=sealed_to([epoch.public_key], content),
            sealed_at=at,
        )
        for name, content in words
    ]
    return Circle(compartment, epoch, grants, contents)


def _saved(circles: Sequence[Circle]) -> list[Model]:
    """Save the circles, one statement a table; returns their rows."""
    compartments = [circle.compartment for circle in circles]
    epochs = [circle.epoch for circle in circles]
    grants = [grant for circle in circles for grant in circle.grants]
    contents = [sealed for circle in circles for sealed in circle.contents]
    Compartment.objects.bulk_create(compartments)
    CompartmentEpoch.objects.bulk_create(epochs)
    Grant.objects.bulk_create(grants)
    Sealed.objects.bulk_create(contents)
    return [*compartments, *epochs, *grants, *contents]


def _receipt(report_id: UUID, receipt: Opened) -> Receipt:
    identity = pyrage.x25519.Identity.generate()
    public_key = str(identity.to_public())
    return Receipt(
        report_id=report_id,
        tag=receipt.tag,
        reporter_key=public_key,
        mac=reporter_key_mac(report_id, public_key),
        wrapped=wrap(receipt.key, str(identity), report_id),
    )
