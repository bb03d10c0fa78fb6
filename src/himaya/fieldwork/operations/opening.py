"""A case that begins with a record of the screening card, and with no report."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from himaya.agencies.models import Desk
from himaya.audit.record import record
from himaya.cases.models import Case
from himaya.cases.screening import ask_for_screening
from himaya.cases.without_report import save_without_report
from himaya.fieldwork.contents import Noted
from himaya.fieldwork.models import Card
from himaya.fieldwork.queries import leading_desks
from himaya.kernel.access import Actor
from himaya.kernel.errors import NotKnown
from himaya.packs.editions import code_of
from himaya.packs.loader import current

CHANNEL = "field_card"  # what stands in place of a report's channel
CHILD = {"adult": Case.Child.NO, "child": Case.Child.YES, "unsure": Case.Child.UNKNOWN}


@transaction.atomic
def open_case(*, actor: Actor, card: Card, noted: Noted, desk_id: UUID, at: datetime) -> Case:
    """Open a person's case, in the transaction of whoever takes the record into it.

    One desk leads it; the one that received the record identifies the person. Raises NotKnown when
    the other desk leads no cases.
    """
    desk: Desk | None = leading_desks().filter(pk=desk_id).first()
    if desk is None:
        raise NotKnown(desk=desk_id)
    case = Case(
        channel=CHANNEL,
        desk=desk,
        identification_desk_id=card.desk_id,
        pack=code_of(current()),
        opened_at=at,
        child=CHILD[noted.age],
        language=noted.language,
        first_sign_at=card.interviewed_at,
    )
    rows = save_without_report(case, at=at)
    record(
        act="case.opened_from_card",
        actor=actor,
        at=at,
        subject_id=case.id,
        desk_id=desk.id,
        facts={"card": str(card.pk)},
        rows=rows,
    )
    ask_for_screening(case, actor=actor, at=at)
    return case
