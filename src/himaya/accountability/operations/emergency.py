"""Opening a report in an emergency, before its desk is silent; and reading why it was done."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4

from django.db import connection, transaction

from himaya.accountability import sealed
from himaya.accountability.circles import for_oversight
from himaya.accountability.errors import EmergencyOver
from himaya.accountability.limits import emergency_lasts
from himaya.accountability.models import Emergency
from himaya.accountability.queries import own_emergencies, own_emergency
from himaya.agencies.models import Desk
from himaya.audit.record import record
from himaya.kernel.access import Actor, Permission
from himaya.kernel.errors import NotKnown
from himaya.notices.outbox import page_desk
from himaya.vault.keyring import Keyring
from himaya.vault.models import Escalation
from himaya.vault.opened import Opened
from himaya.vault.seal import seal

NUMBER_LENGTH = 8  # hexadecimal digits of a report's id: the number its desk calls it by
WHY = "why"


@transaction.atomic
def open_emergency(
    *, actor: Actor, number: str, reason: Emergency.Reason, words: str, at: datetime
) -> Emergency:
    """Let the officer's desk open, for some hours, a report that it would take over later.

    number: the first eight digits of the report's id, as officers speak of it. The written reason
    is sealed to the oversight desks; both desks and they are paged at once. While an opening lasts,
    a second press gives the same one. Raises NotPermitted, NobodyOversees, and NotKnown alike for a
    number that does not exist and for one of another desk.
    """
    actor.need(Permission.ACCESS_EMERGENCY)
    assert actor.officer_id is not None
    assert actor.agency_id is not None  # only officers have that permission
    report_id, first_desk_id, desk_id = _asleep(number)
    lasting = own_emergencies(actor, at).filter(report_id=report_id).first()
    if lasting is not None:
        return lasting
    desks = Desk.objects.in_bulk([first_desk_id, desk_id])
    emergency_id = uuid4()
    circle = for_oversight(emergency_id, at)
    item = seal(epoch=circle.epoch, name=WHY, content=words.encode(), at=at)
    emergency = Emergency(
        id=emergency_id,
        report_id=report_id,
        officer_id=actor.officer_id,
        agency_id=actor.agency_id,
        desk_id=desk_id,
        first_desk_id=first_desk_id,
        first_agency_id=desks[first_desk_id].agency_id,
        reason=reason,
        words=circle.compartment,
        opened_at=at,
        until=at + emergency_lasts(),
    )
    emergency.save(force_insert=True)
    awake = list(Escalation.objects.raw("SELECT * FROM accountability_wake(%s)", [emergency_id]))
    record(
        act="access.emergency",
        actor=actor,
        at=at,
        subject_id=report_id,
        desk_id=desk_id,
        facts={"reason": reason.value, "until": emergency.until.isoformat()},
        rows=[circle.compartment, circle.epoch, *circle.grants, item, emergency, *awake],
    )
    for paged in {first_desk_id, desk_id, *_oversight_desks()}:
        page_desk(actor=actor, desk_id=paged, subject_code="look_now", at=at)
    return emergency


@transaction.atomic
def read_emergency(
    *, actor: Actor, keyring: Keyring, emergency_id: UUID, at: datetime
) -> Sequence[Opened]:
    """What was reported, opened by the officer of an emergency opening while it lasts.

    Raises NotKnown for another's, and EmergencyOver.
    """
    emergency = own_emergency(actor, emergency_id)
    if emergency.until <= at:
        raise EmergencyOver(emergency=emergency_id)
    return sealed.open_report(keyring=keyring, actor=actor, report_id=emergency.report_id, at=at)


@transaction.atomic
def read_why(*, actor: Actor, keyring: Keyring, emergency_id: UUID, at: datetime) -> str:
    """The written reason of an emergency opening, for a data protection officer."""
    actor.need(Permission.LEDGER_READ)
    emergency = Emergency.objects.filter(id=emergency_id).first()
    if emergency is None:
        raise NotKnown(emergency=emergency_id)
    items = sealed.open_words(keyring=keyring, actor=actor, emergency=emergency, at=at)
    return "\n".join(item.text() for item in items)


def _asleep(number: str) -> tuple[UUID, UUID, UUID]:
    """Report, first desk and the officer's desk for which it sleeps. Raises NotKnown."""
    low = UUID(number.ljust(32, "0"))
    high = UUID(number.ljust(32, "f"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM accountability_asleep(%s, %s)", [low, high])
        found: tuple[UUID, UUID, UUID] | None = cursor.fetchone()
    if found is None:
        raise NotKnown(number=number)
    return found


def _oversight_desks() -> list[UUID]:
    return list(Desk.objects.filter(kind=Desk.Kind.OVERSIGHT).values_list("id", flat=True))
