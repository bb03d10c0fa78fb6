"""The one call that an operator has on the line: held still while something is done, and ended."""

from datetime import datetime
from uuid import UUID

from himaya.audit.record import record
from himaya.hotline.models import Call, Draft, Handover
from himaya.hotline.queries import waiting
from himaya.hotline.rules import check_has
from himaya.kernel.access import Actor


def held(actor: Actor, call_id: UUID) -> Call:
    """Lock the call. Raises CallOver when it has ended, or a colleague has the caller now."""
    call = Call.objects.select_for_update().filter(pk=call_id).first()
    check_has(actor, call)
    assert call is not None
    return call


def ended(*, actor: Actor, call: Call, outcome: Call.Outcome, at: datetime) -> None:
    """End a call that the caller's transaction holds: it waits for nobody, its notes are gone."""
    Draft.objects.filter(call=call).delete()
    withdrawn = list(waiting(Handover.objects.filter(call=call)))
    for handover in withdrawn:
        handover.withdrawn_at = at
        handover.save(update_fields=["withdrawn_at"])
    # A clock that went back must not keep a report from being filed.
    call.ended_at, call.outcome = max(at, call.began_at), outcome
    call.save(update_fields=["ended_at", "outcome"])
    record(
        act="hotline.ended",
        actor=actor,
        at=at,
        subject_id=call.pk,
        desk_id=call.desk_id,
        facts={"outcome": outcome.value},
        rows=[call, *withdrawn],
    )
