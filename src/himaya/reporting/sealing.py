"""A report as rows, sealed to its desks before any of them is stored. Public keys only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import pyrage
from django.db.models import Model

from himaya.packs.calendar import due_at
from himaya.packs.routing import way_for
from himaya.packs.schema import Pack
from himaya.reporting.contents import CONTACT, STORY, Told
from himaya.reporting.desk_keys import desk_keys
from himaya.reporting.models import Receipt, Report
from himaya.reporting.receipts import Opened, reporter_key_mac
from himaya.reporting.rules import first_clock
from himaya.vault.files import FILE
from himaya.vault.keyring import wrap
from himaya.vault.models import Compartment, CompartmentEpoch, Grant, Sealed
from himaya.vault.padding import padded_length
from himaya.vault.seal import Reader, new_epoch, sealed_to


@dataclass(frozen=True, slots=True)
class SealedReport:
    """Everything that one report is made of, not yet saved."""

    report: Report
    receipt: Receipt
    compartments: list[Compartment]
    epochs: list[CompartmentEpoch]
    grants: list[Grant]
    contents: list[Sealed]

    def tables(self) -> list[Sequence[Model]]:
        """All of it, table by table, in an order in which it can be saved."""
        return [
            [self.report],
            [self.receipt],
            self.compartments,
            self.epochs,
            self.grants,
            self.contents,
        ]

    def rows(self) -> list[Model]:
        """All of it."""
        return [row for rows in self.tables() for row in rows]


def seal_report(
    told: Told, *, report_id: UUID, receipt: Opened, pack: Pack, at: datetime
) -> SealedReport:
    """A report for the desk that the pack names and, asleep, for a second one.

    Raises NoDeskKey or KeyNotTrusted when it cannot be sealed safely.
    """
    readers = _readers(told, pack)
    made = SealedReport(_clear(told, report_id, at), _receipt(report_id, receipt), [], [], [], [])
    made.report.desk_id = readers[0].key.desk_id
    made.report.due_at = due_at(at, pack.clock(first_clock(told.danger)), pack.calendar)
    words = [(STORY, told.story.encode()), *((FILE, file.to_bytes()) for file in told.files)]
    _add(made, Compartment.Kind.NARRATIVE, readers, words, at)
    # The contact's compartment is there in every report, so that having one tells nothing.
    _add(made, Compartment.Kind.CONTACT, readers, [(CONTACT, told.contact.to_bytes())], at)
    return made


def _readers(told: Told, pack: Pack) -> list[Reader]:
    way = way_for(pack, told.named())
    keys = desk_keys()
    readers = [Reader(keys.of(way.intake), Grant.Reason.RECEIVED)]
    if way.escalation is not None:
        readers.append(Reader(keys.of(way.escalation), Grant.Reason.ESCALATION, dormant=True))
    return readers


def _clear(told: Told, report_id: UUID, at: datetime) -> Report:
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
        size_class=padded_length(size),
    )


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


def _add(
    made: SealedReport,
    kind: Compartment.Kind,
    readers: Sequence[Reader],
    words: Sequence[tuple[str, bytes]],
    at: datetime,
) -> None:
    """Open a compartment of the report and seal the words into it."""
    compartment = Compartment(kind=kind, subject_id=made.report.pk, made_at=at)
    epoch, grants = new_epoch(compartment, 1, readers, at)
    made.compartments.append(compartment)
    made.epochs.append(epoch)
    made.grants.extend(grants)
    for name, content in words:
        sealed = sealed_to([epoch.public_key], content)
        made.contents.append(
            Sealed(compartment=compartment, epoch=epoch, name=name, content=sealed, sealed_at=at)
        )
