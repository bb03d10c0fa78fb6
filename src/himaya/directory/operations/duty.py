"""A supervisor decides who is on duty at a desk."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from himaya.audit.record import record
from himaya.directory.errors import NotSeated, NoTurnThen, OnDutyAlready
from himaya.directory.models import Replacement, Roster, Shift
from himaya.directory.queries import seated_at
from himaya.directory.rules.keeping import check_may_roster
from himaya.directory.rules.roster import Weekly, begins_on
from himaya.kernel.access import Actor
from himaya.kernel.errors import NotKnown, Stale

DAY = timedelta(days=1)
LONGEST_LEAVE = timedelta(days=366)


@transaction.atomic
def keep_roster(*, actor: Actor, desk_id: UUID, always: bool, version: int, at: datetime) -> Roster:
    """The desk keeps a roster. always: every hour of it should be somebody's.

    version: 0 while it kept none. Raises NotPermitted, NotKnown or Stale; then nothing has changed.
    """
    check_may_roster(actor, desk_id)
    roster = Roster.objects.select_for_update().filter(desk_id=desk_id).first()
    roster = roster or Roster(desk_id=desk_id, version=0)
    if roster.version != version:
        raise Stale(desk=desk_id)
    roster.always = always
    roster.version += 1
    roster.save()
    record(act="directory.roster_kept", actor=actor, at=at, desk_id=desk_id, rows=[roster])
    return roster


@transaction.atomic
def put_on(
    *,
    actor: Actor,
    desk_id: UUID,
    officer_id: UUID,
    first_on: date,
    last_on: date | None,
    minute: int,
    minutes: int,
    at: datetime,
) -> Shift:
    """Put an officer on duty every week on the weekday of the first day, for so many minutes.

    last_on: None until further notice. A desk that kept no roster keeps one from now on.
    Raises NotPermitted, NotKnown, NotSeated or OnDutyAlready; then nothing has changed.
    """
    check_may_roster(actor, desk_id)
    _check_seated(desk_id, officer_id)
    roster, made = Roster.objects.get_or_create(desk_id=desk_id)
    shift = Shift(
        desk_id=desk_id,
        officer_id=officer_id,
        first_on=first_on,
        last_on=last_on,
        minute=minute,
        minutes=minutes,
    )
    try:
        with transaction.atomic():
            shift.save(force_insert=True)
    except IntegrityError as error:
        if "directory_one_turn_at_a_time" not in str(error):
            raise
        raise OnDutyAlready(desk=desk_id, officer=officer_id) from None
    rows: list[Shift | Roster] = [shift, roster] if made else [shift]
    record(act="directory.put_on", actor=actor, at=at, desk_id=desk_id, rows=rows)
    return shift


@transaction.atomic
def take_off(*, actor: Actor, shift_id: UUID, last_on: date, at: datetime) -> Shift | None:
    """A shift ends after a day; one that had not begun by then never was, and None is returned.

    Raises NotPermitted or NotKnown; then nothing has changed.
    """
    shift = _locked(actor, shift_id)
    after = Replacement.objects.filter(shift=shift, on__gt=last_on)
    never_was = last_on < shift.first_on
    gone: list[Shift | Replacement] = [*after, shift] if never_was else [*after]
    shift.last_on = last_on
    record(
        act="directory.taken_off",
        actor=actor,
        at=at,
        desk_id=shift.desk_id,
        rows=[] if never_was else [shift],
        gone=gone,
    )
    after.delete()
    if never_was:
        shift.delete()
        return None
    shift.save(update_fields=["last_on"])
    return shift


@transaction.atomic
def replace(
    *,
    actor: Actor,
    shift_id: UUID,
    first: date,
    last: date,
    officer_id: UUID | None,
    at: datetime,
) -> list[Replacement]:
    """While an officer is on leave, another takes their turns from first to last, or nobody does.

    Raises NotPermitted, NotKnown, NotSeated or NoTurnThen; then nothing has changed.
    """
    shift = _locked(actor, shift_id)
    if officer_id is not None:
        _check_seated(shift.desk_id, officer_id)
    weekly = Weekly(
        shift.pk, shift.officer_id, shift.first_on, shift.last_on, shift.minute, shift.minutes
    )
    days = [first + DAY * number for number in range(min(last - first, LONGEST_LEAVE).days + 1)]
    turns = [day for day in days if begins_on(weekly, day)]
    if not turns:
        raise NoTurnThen(shift=shift_id)
    before = list(Replacement.objects.filter(shift=shift, on__in=turns))
    Replacement.objects.filter(pk__in=[row.pk for row in before]).delete()
    rows = Replacement.objects.bulk_create(
        Replacement(shift=shift, desk_id=shift.desk_id, on=day, officer_id=officer_id)
        for day in turns
    )
    record(
        act="directory.replaced",
        actor=actor,
        at=at,
        desk_id=shift.desk_id,
        rows=rows,
        gone=before,
    )
    return rows


def _locked(actor: Actor, shift_id: UUID) -> Shift:
    """A shift of a desk that the actor supervises; nobody else changes it meanwhile."""
    shift = Shift.objects.select_for_update().filter(pk=shift_id).first()
    if shift is None:
        raise NotKnown(shift=shift_id)
    check_may_roster(actor, shift.desk_id)
    return shift


def _check_seated(desk_id: UUID, officer_id: UUID) -> None:
    if officer_id not in seated_at(desk_id):
        raise NotSeated(desk=desk_id, officer=officer_id)
