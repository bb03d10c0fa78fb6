"""A new case of a person who had one before: exploited again, or back for help."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Model

from himaya.agencies.models import Desk
from himaya.audit.record import record
from himaya.cases.models import Case, FurtherCase
from himaya.cases.naming import save_under_a_pseudonym
from himaya.cases.operations.locked import locked
from himaya.cases.person_rules import check_may_open_again
from himaya.cases.rooms import room_for_screening
from himaya.cases.screening import ask_for_screening
from himaya.cases.tracks import begin
from himaya.kernel.access import Actor
from himaya.packs.editions import code_of
from himaya.packs.loader import current

CHANNEL = "known_person"  # what stands in place of a report's channel
OPENS = "open_case"


@transaction.atomic
def open_again(
    *,
    actor: Actor,
    case_id: UUID,
    desk: Desk,
    identification_desk: Desk,
    reason: FurtherCase.Reason,
    at: datetime,
) -> Case:
    """Open another case of the person of a case, open or closed; a desk leads it, another screens.

    Nothing of the earlier file goes along, neither words nor facts, but from which agencies it is
    kept. The new desk learns that there was an earlier case as far as the country's pack lets it,
    and no more. Raises NotKnown, NotYourStep, CaseIsMerged or AgencyInvolved.
    """
    earlier = locked(actor, case_id)
    check_may_open_again(actor, earlier, (desk, identification_desk))
    case = Case(
        person_id=earlier.person_id,
        channel=CHANNEL,
        desk=desk,
        identification_desk=identification_desk,
        pack=code_of(current()),
        kept_from=earlier.kept_from,
        opened_at=at,
    )
    save_under_a_pseudonym(case)
    further = FurtherCase(case=case, earlier=earlier, reason=reason, opened_at=at)
    further.save(force_insert=True)
    step = current().step(OPENS)
    tracks = begin(case=case, at=at, further={step.track: step.to})
    rows: list[Model] = [case, further, *tracks, *room_for_screening(case)]
    _record("case.opened_again", case, earlier, actor, at, *rows)
    _record("case.followed", earlier, case, actor, at)
    ask_for_screening(case, actor=actor, at=at)
    return case


def _record(act: str, about: Case, other: Case, actor: Actor, at: datetime, *rows: Model) -> None:
    record(
        act=act,
        actor=actor,
        at=at,
        subject_id=about.id,
        desk_id=about.desk_id,
        facts={"case": str(other.id)},
        rows=rows,
    )
