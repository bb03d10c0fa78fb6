"""The person's own wish: what they told is destroyed, when nothing needs it any more."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from himaya.accounts import two_person
from himaya.accounts.models import TwoPersonAct
from himaya.audit.record import record
from himaya.cases.queries import case_for
from himaya.kernel.access import Actor
from himaya.packs.loader import current
from himaya.reporting.queries import report_for
from himaya.retention.models import Erasure, Of
from himaya.retention.queries import erasure_of
from himaya.retention.rules import check_may_order_erasure
from himaya.retention.standing import standing_of

ERASE = "retention.erase"


@transaction.atomic
def ask_erasure(
    *, actor: Actor, of: Of, subject_id: UUID, reason: TwoPersonAct.Reason, at: datetime
) -> None:
    """Ask for the destruction of what a person told; a second person of another body decides.

    Raises NotKnown, ErasureNotGiven, StillNeeded or AlreadyErased; then nothing was asked.
    """
    _check(actor, of, subject_id)
    two_person.ask(actor=actor, act=ERASE, subject_id=subject_id, reason=reason, at=at)


@transaction.atomic
def order_erasure(*, actor: Actor, of: Of, subject_id: UUID, at: datetime) -> Erasure:
    """Do what was allowed: within a minute the worker destroys it.

    What stands against it is asked again, now and by the worker. Raises as `ask_erasure` does, and
    NotApproved.
    """
    _check(actor, of, subject_id)
    two_person.use(actor=actor, act=ERASE, subject_id=subject_id, at=at)
    erasure = Erasure(of=of, subject_id=subject_id, ordered_at=at)
    erasure.save(force_insert=True)
    record(
        act="retention.erasure_ordered", actor=actor, at=at, subject_id=subject_id, rows=[erasure]
    )
    return erasure


def _check(actor: Actor, of: Of, subject_id: UUID) -> None:
    if of == Of.CASE:
        case_for(actor, subject_id)
    else:
        report_for(actor, subject_id)
    check_may_order_erasure(
        actor,
        standing_of(of, subject_id),
        given=bool(current().setting("erasure_on_request").in_force),
        ordered=erasure_of(subject_id) is not None,
    )
