"""Writes that span concepts."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from himaya.audit.record import record
from himaya.cases.models import Case
from himaya.cases.queries import case_for
from himaya.cases.tracks import take_step
from himaya.kernel.access import Actor
from himaya.pathway.queries import under_way
from himaya.pathway.rules import check_may_close


@transaction.atomic
def close(*, actor: Actor, case_id: UUID, outcome: Case.Outcome, at: datetime) -> Case:
    """End a case with an outcome, once no referral and no share is live.

    Raises StillOpen or NoSolution; then nothing has changed.
    """
    case = Case.objects.select_for_update(of=("self",)).get(pk=case_for(actor, case_id).pk)
    live = under_way(case, at)
    check_may_close(actor, case, outcome, live_referrals=live.referrals, live_shares=live.shares)
    case.state, case.closed_at, case.outcome = Case.State.CLOSED, at, outcome
    case.version += 1
    case.save(update_fields=["state", "closed_at", "outcome", "version"])
    track = take_step(
        step_id="close_case",
        case_id=case.id,
        actor=actor,
        held=(
            "no_open_shares",
            "no_open_clocks",
            "no_occupied_place",
            "no_open_proceedings",
            "reasons_given",
        ),
        at=at,
    )
    record(
        act="case.closed",
        actor=actor,
        at=at,
        subject_id=case.id,
        desk_id=case.desk_id,
        facts={"outcome": outcome.value},
        rows=[case, track],
    )
    return case
