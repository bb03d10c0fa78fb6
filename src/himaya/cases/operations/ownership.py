"""A case goes to another desk: who leads it, who answers for its deadlines, who reads its file."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Model

from himaya.agencies.models import Desk
from himaya.audit.record import record
from himaya.cases.errors import CaseIsClosed, HoldsAnother, LedElsewhere
from himaya.cases.merged import absorbed_by
from himaya.cases.models import Case
from himaya.clocks.handing import hand_over
from himaya.kernel.access import Actor
from himaya.vault.models import Compartment, Grant
from himaya.vault.refounding import refound
from himaya.vault.withdraw import withdraw as withdraw_key


@dataclass(frozen=True, slots=True)
class Reading:
    """On what the former desk goes on reading what it hands over, and until when."""

    basis_id: UUID
    until: datetime | None


@transaction.atomic
def move(
    *,
    case: Case,
    to_desk: Desk,
    actor: Actor,
    at: datetime,
    from_desk_id: UUID | None = None,
    handed: Sequence[Grant] = (),
    former_reads: Reading | None = None,
) -> Case:
    """Let another desk lead a case, in the caller's transaction, with its deadlines and its file.

    Whoever calls this has asked whether it may happen. from_desk_id: the desk that handed it over;
    when another leads it by now, nothing has changed. handed: the new desk's grants, awake; they
    stop resting on anything but that it leads the case. former_reads: None ends the former desk's
    own grants on the same parts, and their keys turn. The version goes up, so that no page opened
    before writes anything. Raises LedElsewhere, CaseIsClosed or HoldsAnother.
    """
    case = Case.objects.select_for_update(of=("self",), no_key=True).get(pk=case.pk)
    former = from_desk_id or case.desk_id
    if case.desk_id != former or former == to_desk.pk:
        raise LedElsewhere(case=case.pk)
    if case.state == Case.State.CLOSED:
        raise CaseIsClosed(case=case.pk)
    if case.merged_into_id is not None or absorbed_by([case.pk]).exists():
        raise HoldsAnother(case=case.pk)
    case.desk, case.worker = to_desk, None
    case.version += 1
    case.save(update_fields=["desk", "worker", "version"])
    deadlines = hand_over(case_id=case.pk, to_desk=to_desk.pk, at=at)
    rows, gone = _pass_keys(former, handed, former_reads, at)
    record(
        act="case.moved",
        actor=actor,
        at=at,
        subject_id=case.pk,
        desk_id=to_desk.pk,
        rows=[case, *deadlines, *rows],
        gone=gone,
    )
    return case


def _pass_keys(
    former: UUID, handed: Sequence[Grant], reads: Reading | None, at: datetime
) -> tuple[list[Model], list[Model]]:
    """The new desk keeps the keys for good; the former one goes on by the person's will, or not."""
    rows: list[Model] = []
    gone: list[Model] = []
    rows += refound(handed, reason=Grant.Reason.CASE, basis_id=None, until=None, at=at)
    compartments = sorted({grant.compartment_id for grant in handed})
    if reads is not None:
        own = Grant.objects.filter(
            compartment__in=compartments, desk_id=former, dormant=False, basis_id__isnull=True
        )
        reason, basis_id, until = Grant.Reason.CONSENT, reads.basis_id, reads.until
        rows += refound(list(own), reason=reason, basis_id=basis_id, until=until, at=at)
        return rows, gone
    for compartment in Compartment.objects.filter(id__in=compartments).order_by("pk"):
        ended, epoch, grants = withdraw_key(compartment_id=compartment.pk, desk_id=former, at=at)
        gone += ended
        rows += [epoch, *grants]
    return rows, gone
