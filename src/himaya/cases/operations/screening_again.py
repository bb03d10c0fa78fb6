"""The person of a case is to be heard another time."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from himaya.cases.operations.locked import locked
from himaya.cases.rules import check_may_screen_again
from himaya.cases.screening import ask_for_screening
from himaya.identification.models import Screening
from himaya.kernel.access import Actor


@transaction.atomic
def screen_again(*, actor: Actor, case_id: UUID, why: Screening.Why, at: datetime) -> Screening:
    """Ask for another screening, and say why: each telling costs the person strength.

    What was found before stays, and is filled in as asked. Raises NotKnown, NotPermitted,
    CaseIsClosed, CaseIsMerged or ScreeningAsked; then nothing has changed.
    """
    case = locked(actor, case_id)
    waiting = Screening.objects.filter(subject_id=case.pk, state=Screening.State.ASKED)
    check_may_screen_again(actor, case, asked=waiting.exists())
    return ask_for_screening(case, actor=actor, at=at, why=why)
