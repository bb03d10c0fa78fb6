"""A report as rows, sealed to its desks before any of them is stored. Public keys only."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import pyrage
from django.db.models import Model

from himaya.packs.calendar import due_at
from himaya.packs.routing import way_for
from himaya.packs.schema import Pack
from himaya.reporting.contents import CONTACT, STORY, Contact, Told
from himaya.reporting.desk_keys import DeskKeys, desk_keys
from himaya.reporting.envelopes import Envelope, Part
from himaya.reporting.errors import OtherReaders
from himaya.reporting.models import Receipt, Report
from himaya.reporting.receipts import Opened, reporter_key_mac
from himaya.reporting.rules import first_clock
from himaya.vault.arrived import content_length
from himaya.vault.files import FILE
from himaya.vault.keyring import wrap
from himaya.vault.models import Compartment, CompartmentEpoch, Grant, Sealed
from himaya.vault.padding import padded_length
from himaya.vault.seal import Reader, granted, new_epoch, received_epoch, sealed_to

Words = Sequence[tuple[str, bytes]]  # the name of each thing, and what it says


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
    told: Told,
    *,
    report_id: UUID,
    receipt: Opened,
    pack: Pack,
    at: datetime,
    channel: Report.Channel = Report.Channel.WEB,
    envelope: Envelope | None = None,
    keys: DeskKeys | None = None,
) -> SealedReport:
    """A report for the desk that the pack names and, asleep, for a second one.

    envelope: what the reporter's browser sealed; then `told` has the codes, and rarely words.
    keys: the desks' keys, where the database cannot be asked for those in force.
    Raises NoDeskKey or KeyNotTrusted when it cannot be sealed safely, and OtherReaders when the
    browser sealed to other desks than these.
    """
    readers = readers_for(told, pack, keys or desk_keys())
    made = SealedReport(
        _clear(told, report_id, channel, at), made_receipt(report_id, receipt), [], [], [], []
    )
    made.report.desk_id = readers[0].key.desk_id
    made.report.due_at = due_at(at, pack.clock(first_clock(told.danger)), pack.calendar)
    words = [(STORY, told.story.encode()), *((FILE, file.to_bytes()) for file in told.files)]
    # The contact's compartment is there in every report, so that having one tells nothing.
    contact = [(CONTACT, told.contact.to_bytes())]
    if envelope is None:
        _add(made, Compartment.Kind.NARRATIVE, readers, words, at)
        _add(made, Compartment.Kind.CONTACT, readers, contact, at)
    else:
        beside = words if told.story or told.files else []
        _take(made, Compartment.Kind.NARRATIVE, readers, envelope.narrative, beside)
        beside = contact if told.contact != Contact() else []
        _take(made, Compartment.Kind.CONTACT, readers, envelope.contact, beside)
    made.report.size_class = _size_class(made)
    return made


def readers_for(told: Told, pack: Pack, keys: DeskKeys) -> list[Reader]:
    """The desks that may read what was told, by the codes of the answers alone.

    Whoever seals, the reporter's browser or this process, seals to these and no others.
    """
    way = way_for(pack, told.named())
    readers = [Reader(keys.of(way.intake), Grant.Reason.RECEIVED)]
    if way.escalation is not None:
        readers.append(Reader(keys.of(way.escalation), Grant.Reason.ESCALATION, dormant=True))
    return readers


def _clear(told: Told, report_id: UUID, channel: Report.Channel, at: datetime) -> Report:
    return Report(
        id=report_id,
        received_at=at,
        channel=channel,
        language=told.language,
        role=told.role,
        danger=[told.danger] if told.danger else [],
        child=told.child or Report.Child.UNKNOWN,
        persons=told.persons,
        involved=told.involved,
        involved_agencies=list(told.agencies),
    )


def made_receipt(report_id: UUID, receipt: Opened) -> Receipt:
    """The row of a receipt, with a fresh key to which answers are sealed."""
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
    words: Words,
    at: datetime,
) -> None:
    """Open a compartment of the report and seal the words into it."""
    compartment = Compartment(kind=kind, subject_id=made.report.pk, made_at=at)
    epoch, grants = new_epoch(compartment, 1, readers, at)
    made.compartments.append(compartment)
    made.epochs.append(epoch)
    made.grants.extend(grants)
    _put(made, epoch, ((name, sealed_to([epoch.public_key], said)) for name, said in words), at)


def _take(
    made: SealedReport,
    kind: Compartment.Kind,
    readers: Sequence[Reader],
    part: Part,
    beside: Words,
) -> None:
    """A compartment as a browser made it: our rows and our MAC around what it sealed.

    beside: words that had come in clear before the browser began to seal.
    """
    if [key_id for key_id, _sealed in part.grants] != [reader.key.pk for reader in readers]:
        raise OtherReaders(report=made.report.pk)
    at = made.report.received_at
    compartment = Compartment(kind=kind, subject_id=made.report.pk, made_at=at)
    epoch = received_epoch(compartment, part.public_key)
    made.compartments.append(compartment)
    made.epochs.append(epoch)
    for reader, (_key_id, sealed) in zip(readers, part.grants, strict=True):
        made.grants.append(granted(epoch, reader, sealed, at))
    _put(made, epoch, part.contents, at)
    _put(made, epoch, ((name, sealed_to([part.public_key], said)) for name, said in beside), at)


def _put(
    made: SealedReport, epoch: CompartmentEpoch, contents: Iterable[tuple[str, bytes]], at: datetime
) -> None:
    for name, sealed in contents:
        # A microsecond apart: the pages of a letter are read in the order in which they were sent.
        made.contents.append(
            Sealed(
                compartment=epoch.compartment,
                epoch=epoch,
                name=name,
                content=sealed,
                sealed_at=at + timedelta(microseconds=len(made.contents)),
            )
        )


def _size_class(made: SealedReport) -> int:
    """How large it is, of the sealed lengths alone: the same whoever sealed it."""
    lengths: list[int] = [content_length(bytes(sealed.content)) for sealed in made.contents]
    return padded_length(sum(lengths))
