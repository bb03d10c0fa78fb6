"""An answer that may tell who or where is held until a second person agrees to send it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from himaya.accounts import two_person
from himaya.accounts.models import TwoPersonAct
from himaya.audit.record import record
from himaya.kernel.access import Actor, Permission
from himaya.kernel.errors import NotKnown
from himaya.reporting.answering import SEND_ANYWAY
from himaya.reporting.contents import HELD
from himaya.reporting.errors import AnswerGone
from himaya.reporting.letters import write_letters
from himaya.reporting.models import HeldAnswer
from himaya.reporting.queries import held_for, report_for, request_for
from himaya.reporting.rules import check_may_answer
from himaya.reporting.sealed import open_report
from himaya.vault.keyring import Keyring
from himaya.vault.models import Compartment
from himaya.vault.queries import compartments_of, key_of_compartment
from himaya.vault.seal import seal


@transaction.atomic
def hold_answer(
    *, actor: Actor, report_id: UUID, text: str, reason: TwoPersonAct.Reason, at: datetime
) -> HeldAnswer:
    """Seal the answer for the desk, and ask a second person to let it go.

    Raises NotPermitted, NotKnown, NoWords, TooLong or NoSuchReason; then nothing has changed.
    """
    check_may_answer(actor, text)
    report = report_for(actor, report_id)
    narrative = compartments_of(report.pk).get(kind=Compartment.Kind.NARRATIVE)
    sealed = seal(epoch=key_of_compartment(narrative), name=HELD, content=text.encode(), at=at)
    held = HeldAnswer(report=report, sealed=sealed, written_at=at)
    held.save(force_insert=True)
    record(
        act="reporting.answer_held",
        actor=actor,
        at=at,
        subject_id=report.pk,
        desk_id=report.desk_id,
        rows=[sealed, held],
    )
    two_person.ask(actor=actor, act=SEND_ANYWAY, subject_id=held.pk, reason=reason, at=at)
    return held


@transaction.atomic
def read_held(
    *, actor: Actor, keyring: Keyring, held_id: UUID, at: datetime, reason: str = ""
) -> str:
    """The words of an answer that waits; the read is in the ledger. Raises NotPermitted, NotKnown,
    NotGranted or ReasonNeeded."""
    actor.need(Permission.REPORT_ANSWER)
    return _words(actor, keyring, held_for(actor, held_id), at, reason)


@transaction.atomic
def send_held(
    *, actor: Actor, keyring: Keyring, held_id: UUID, at: datetime, reason: str = ""
) -> HeldAnswer:
    """The second person agrees: the answer goes as it was written, to every reporter concerned.

    Raises NotKnown, SamePerson, or NotApproved when nobody asks any more; AnswerGone when it was
    sent before. Then nothing was sent.
    """
    actor.need(Permission.REPORT_ANSWER)
    held_for(actor, held_id)
    HeldAnswer.objects.select_for_update().get(pk=held_id)
    held = held_for(actor, held_id)
    if held.sent_at is not None:
        raise AnswerGone(answer=held.pk)
    request = request_for(SEND_ANYWAY, held.pk, at)
    if request is not None and request.confirmed is None:
        two_person.approve(actor=actor, request_id=request.pk, at=at)
    two_person.use(actor=actor, act=SEND_ANYWAY, subject_id=held.pk, at=at)
    rows = write_letters(held.report, _words(actor, keyring, held, at, reason), at)
    held.sent_at = at
    held.save(update_fields=["sent_at"])
    record(
        act="reporting.answered",
        actor=actor,
        at=at,
        subject_id=held.report_id,
        desk_id=held.report.desk_id,
        facts={"held": str(held.pk)},
        rows=[*rows, held],
    )
    return held


@transaction.atomic
def refuse_held(*, actor: Actor, held_id: UUID, at: datetime) -> TwoPersonAct:
    """The second person says no: the answer is never sent. Raises AnswerGone when none waits."""
    actor.need(Permission.REPORT_ANSWER)
    held = held_for(actor, held_id)
    request = request_for(SEND_ANYWAY, held.pk, at)
    if request is None:
        raise AnswerGone(answer=held.pk)
    return two_person.refuse(actor=actor, request_id=request.pk, at=at)


def _words(actor: Actor, keyring: Keyring, held: HeldAnswer, at: datetime, reason: str) -> str:
    opened = open_report(keyring=keyring, actor=actor, report=held.report, at=at, reason=reason)
    for item in opened:
        if item.id == held.sealed_id:
            return item.text()
    raise NotKnown(answer=held.pk)
