"""Looking at what a rule would end: kept for another while, or let go."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from himaya.audit.record import record
from himaya.kernel.access import Actor
from himaya.packs.calendar import due_at
from himaya.packs.entries import by_id
from himaya.packs.loader import current
from himaya.retention.models import Review
from himaya.retention.queries import to_review
from himaya.retention.rules import check_may_review


@transaction.atomic
def review(*, actor: Actor, subject_id: UUID, rule: str, keep: bool, at: datetime) -> Review:
    """Say that the parts of a record under a rule are kept as long again, or destroyed now.

    Raises NotPermitted, or NothingToReview when none of them waits.
    """
    waiting = to_review(actor).filter(subject_id=subject_id, rule=rule)
    check_may_review(actor, waits=waiting.exists())
    term = by_id(current().retention, rule).keep
    made = Review(
        subject_id=subject_id,
        rule=rule,
        keep_until=due_at(at, term, current().calendar) if keep else None,
        decided_at=at,
    )
    made.save(force_insert=True)
    record(
        act="retention.kept_on" if keep else "retention.let_go",
        actor=actor,
        at=at,
        subject_id=subject_id,
        facts={"rule": rule},
        rows=[made],
    )
    return made
