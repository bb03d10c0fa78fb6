"""Who reported: written by the desk that learns it, kept by two others, read by consent of both."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Model

from himaya.accounts import two_person
from himaya.accounts.models import TwoPersonAct
from himaya.agencies.models import Desk
from himaya.audit.record import record
from himaya.kernel.access import Actor
from himaya.packs.loader import current
from himaya.packs.routing import custody_for
from himaya.reporting import informant_rules as informants
from himaya.reporting.errors import NoCustodian, NotLent
from himaya.reporting.models import Informant
from himaya.reporting.queries import informant_for, report_for, request_of
from himaya.reporting.sealed import lend_lock, open_informant
from himaya.vault.errors import NotGranted
from himaya.vault.keyring import Keyring
from himaya.vault.models import Compartment, Grant
from himaya.vault.opened import Opened
from himaya.vault.queries import readers
from himaya.vault.seal import Circle, open_circle, seal_nested

LENT_FOR = timedelta(hours=24)
NAME = "informant"


@transaction.atomic
def write_informant(*, actor: Actor, report_id: UUID, words: str, at: datetime) -> Informant:
    """Seal what an officer has learnt of who reported, for two desks of two agencies.

    Nobody at the officer's own desk can read it back. Raises NotPermitted, NotKnown, NoWords or
    TooLong, and NoCustodian when every pair of desks has one that may be involved.
    """
    informants.check_may_write(actor, words)
    report = report_for(actor, report_id)
    pair = custody_for(current(), informants.named_in(report))
    if pair is None:
        raise NoCustodian(report=report.pk)
    custodian = Desk.objects.get(code=pair.custodian)
    second = Desk.objects.get(code=pair.second)
    outer = _circle(Compartment.Kind.INFORMANT, report.pk, custodian, at)
    lock = _circle(Compartment.Kind.INFORMANT_LOCK, report.pk, second, at)
    sealed = seal_nested(
        outer=outer.epoch, lock=lock.epoch, name=NAME, content=words.encode(), at=at
    )
    informant = Informant(
        report=report,
        custodian=custodian,
        second=second,
        outer=outer.compartment,
        lock=lock.compartment,
        written_at=at,
    )
    informant.save(force_insert=True)
    record(
        act="reporting.informant_written",
        actor=actor,
        at=at,
        subject_id=report.pk,
        desk_id=report.desk_id,
        rows=[*_rows(outer), *_rows(lock), sealed, informant],
    )
    return informant


def _circle(kind: Compartment.Kind, report_id: UUID, desk: Desk, at: datetime) -> Circle:
    only = readers([desk.pk], Grant.Reason.CUSTODY)
    return open_circle(kind=kind, subject_id=report_id, readers=only, at=at)


def _rows(circle: Circle) -> Sequence[Model]:
    return [circle.compartment, circle.epoch, *circle.grants]


@transaction.atomic
def ask_informant(
    *, actor: Actor, informant_id: UUID, reason: TwoPersonAct.Reason, at: datetime
) -> TwoPersonAct:
    """The custodian asks the second desk to let it read who reported."""
    informant = informant_for(actor, informant_id)
    informants.check_is_custodian(actor, informant)
    return two_person.ask(
        actor=actor, act=informants.ACT, subject_id=informant.pk, reason=reason, at=at
    )


@transaction.atomic
def lend_informant(
    *, actor: Actor, keyring: Keyring, informant_id: UUID, at: datetime
) -> list[Grant]:
    """The second desk agrees: the custodian may open the inner lock for a day.

    The actor has unlocked, because nobody passes on a key that they cannot open. Raises NotKnown,
    AtBothDesks, NotApproved when nobody asks, and SameBody or SamePerson.
    """
    informant = informant_for(actor, informant_id)
    informants.check_is_second(actor, informant)
    request = request_of(informant, at)
    if request is not None and request.confirmed is None:
        two_person.approve(actor=actor, request_id=request.pk, at=at)
    used = two_person.use(actor=actor, act=informants.ACT, subject_id=informant.pk, at=at)
    grants = lend_lock(
        keyring=keyring, actor=actor, informant=informant, basis=used.pk, at=at, until=at + LENT_FOR
    )
    record(
        act="reporting.informant_lent",
        actor=actor,
        at=at,
        subject_id=informant.report_id,
        desk_id=informant.second_id,
        facts={"informant": str(informant.pk), "until": (at + LENT_FOR).isoformat()},
        rows=grants,
    )
    return grants


@transaction.atomic
def refuse_informant(*, actor: Actor, informant_id: UUID, at: datetime) -> TwoPersonAct:
    """The second desk says no."""
    informant = informant_for(actor, informant_id)
    informants.check_is_second(actor, informant)
    request = request_of(informant, at)
    if request is None:
        raise NotLent(informant=informant.pk)
    return two_person.refuse(actor=actor, request_id=request.pk, at=at)


@transaction.atomic
def read_informant(
    *, actor: Actor, keyring: Keyring, informant_id: UUID, at: datetime
) -> list[Opened]:
    """The custodian reads who reported, while the second desk's key is lent. An entry a lock.

    Raises NotKnown, AtBothDesks, and NotLent when the second desk has not agreed or its time is
    over.
    """
    informant = informant_for(actor, informant_id)
    informants.check_is_custodian(actor, informant)
    try:
        return open_informant(keyring=keyring, actor=actor, informant=informant, at=at)
    except NotGranted as no:
        raise NotLent(informant=informant.pk) from no
