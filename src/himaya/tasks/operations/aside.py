"""An officer puts a line of their own day aside, and takes it back."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from himaya.audit.record import record
from himaya.kernel.access import Actor
from himaya.kernel.errors import NotKnown
from himaya.tasks.models import Aside
from himaya.tasks.rules import check_may_put_aside


@transaction.atomic
def put_aside(
    *,
    actor: Actor,
    kind: str,
    line: UUID,
    reason: Aside.Reason,
    until: datetime,
    danger: str,
    due_at: datetime | None,
    at: datetime,
) -> Aside:
    """Take a line off this officer's day until a moment, with a reason; nobody else's day changes.

    danger, due_at: as the line says them now; a line that grows dangerous or late shows again all
    the same. Raises CannotWait, TooLong or TooManyAside; then nothing has changed.
    """
    lasting = Aside.objects.lasting(actor, at)
    others = lasting.exclude(kind=kind, line=line).count()
    check_may_put_aside(danger=danger, due_at=due_at, until=until, lasting=others, at=at)
    before = _taken_back(actor, kind, line, at)
    aside = Aside.objects.create(
        officer_id=_officer_of(actor), kind=kind, line=line, reason=reason, put_at=at, until=until
    )
    record(
        act="task.put_aside",
        actor=actor,
        at=at,
        subject_id=line,
        facts={"kind": kind, "reason": reason.value, "until": until.isoformat()},
        rows=[aside, *before],
    )
    return aside


@transaction.atomic
def take_back(*, actor: Actor, kind: str, line: UUID, at: datetime) -> None:
    """A line that was put aside stands on the officer's day again. Raises NotKnown otherwise."""
    back = _taken_back(actor, kind, line, at)
    if not back:
        raise NotKnown(line=line)
    record(
        act="task.taken_back", actor=actor, at=at, subject_id=line, facts={"kind": kind}, rows=back
    )


def _officer_of(actor: Actor) -> UUID:
    """The officer who acts. Raises NotKnown for a job or a site: they have no day."""
    if actor.officer_id is None:
        raise NotKnown(actor=actor.name)
    return actor.officer_id


def _taken_back(actor: Actor, kind: str, line: UUID, at: datetime) -> list[Aside]:
    """End what was put aside before, also what has come back by itself."""
    found = Aside.objects.select_for_update().filter(
        officer_id=_officer_of(actor), kind=kind, line=line, back_at=None
    )
    rows = list(found)
    for row in rows:
        row.back_at = at
        row.save(update_fields=["back_at"])
    return rows
