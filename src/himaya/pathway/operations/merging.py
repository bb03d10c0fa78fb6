"""Merging two cases while nothing of either waits for an answer."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from himaya.cases.models import Case, Merge
from himaya.cases.operations import merging
from himaya.cases.pairs import locked_pair
from himaya.identification.models import Screening
from himaya.kernel.access import Actor
from himaya.pathway.errors import AnswerWaits, ClosureWaits, ScreeningWaits
from himaya.pathway.queries import closure_waiting
from himaya.referrals.models import Referral
from himaya.referrals.rules import LIVE, SERVING


@transaction.atomic
def merge(
    *,
    actor: Actor,
    kept_id: UUID,
    absorbed_id: UUID,
    versions: tuple[int, int],
    reason: Merge.Reason,
    at: datetime,
) -> Merge:
    """Let one case take over another, as `merging.merge_cases` does, when nothing is in the way.

    Raises AnswerWaits while a referral of the absorbed case is being written or waits for an
    answer, ClosureWaits while the end of one of them does, and ScreeningWaits while another desk
    than the kept case's is to screen the person. Services that another desk gives go on.
    """
    kept, absorbed = locked_pair(actor, kept_id, absorbed_id)
    _check_nothing_waits(kept, absorbed)
    return merging.merge_cases(
        actor=actor,
        kept_id=kept_id,
        absorbed_id=absorbed_id,
        versions=versions,
        reason=reason,
        at=at,
    )


def _check_nothing_waits(kept: Case, absorbed: Case) -> None:
    waiting = Referral.objects.filter(case=absorbed, state__in=LIVE - SERVING)
    if waiting.exists():
        raise AnswerWaits(case=absorbed.pk)
    if any(closure_waiting(case) is not None for case in (kept, absorbed)):
        raise ClosureWaits(case=kept.pk)
    asked = Screening.objects.filter(subject_id=absorbed.pk, state=Screening.State.ASKED)
    if asked.exists() and absorbed.identification_desk_id != kept.identification_desk_id:
        raise ScreeningWaits(case=absorbed.pk)
