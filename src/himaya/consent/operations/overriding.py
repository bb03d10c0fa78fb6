"""Sharing on a named legal basis, without the person's consent or against it: by two officers."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from himaya.accounts import two_person
from himaya.accounts.models import TwoPersonAct
from himaya.audit.record import record
from himaya.cases.rules import check_may_receive, check_may_work
from himaya.cases.tracks import pack_of
from himaya.consent.answers import Question
from himaya.consent.errors import NoSuchBasis, NoTimeToLookAgain, ReasonMissing
from himaya.consent.models import Consent, Telling
from himaya.consent.operations.keeping import keep, locked
from himaya.consent.operations.questions import asked, check_may_ask
from himaya.consent.rules import check_covered, check_may_override, check_may_tell
from himaya.kernel.access import Actor

OVERRIDE = "consent.override"


@transaction.atomic
def ask_override(
    *,
    actor: Actor,
    case_id: UUID,
    question: Question,
    basis: str,
    against: bool,
    reason: TwoPersonAct.Reason,
    words: str,
    at: datetime,
) -> Consent:
    """Ask a second person to let parts of a file go to a desk on a legal basis of the pack.

    against: the person said no; else they could not be asked. words: why, sealed into the file.
    Nothing is shared before the second person agrees and `override` is done. Raises NoSuchBasis
    when the basis does not reach so far, ReasonMissing, and what `ask` raises.
    """
    case = check_may_ask(actor, case_id, question, at)
    _check_basis(case.pk, basis, question, at)
    if not words.strip():
        raise ReasonMissing(case=case.pk)
    consent = asked(case, question, at)
    consent.legal_basis, consent.against = basis, against
    consent.save(force_insert=True)
    request = two_person.ask(actor=actor, act=OVERRIDE, subject_id=consent.pk, reason=reason, at=at)
    record(
        act="consent.override_asked",
        actor=actor,
        at=at,
        subject_id=case.id,
        desk_id=case.desk_id,
        facts={"consent": str(consent.id), "basis": basis, "reason": request.reason},
        rows=[consent, *keep(consent, words.encode(), at)],
    )
    return consent


def _check_basis(case_id: UUID, basis: str, question: Question, at: datetime) -> None:
    try:
        named = pack_of(case_id).basis(basis)
    except KeyError as unknown:
        raise NoSuchBasis(basis=basis) from unknown
    kind, kinds = question.recipient.kind, question.kinds
    check_covered(named, kind=kind, kinds=kinds, until=question.until, at=at)


@transaction.atomic
def override(*, actor: Actor, case_id: UUID, consent_id: UUID, at: datetime) -> Consent:
    """What a second person has agreed to may be shared from now on, on its legal basis.

    The person is to be told at once, or it is recorded why not. Raises NotApproved, MoveNotOpen or
    TimeIsOver; then nothing has changed.
    """
    consent = locked(actor, case_id, consent_id)
    check_may_work(actor, consent.case)
    check_may_override(actor, consent, at)
    check_may_receive(consent.recipient, consent.case.kept_from)
    two_person.use(actor=actor, act=OVERRIDE, subject_id=consent.pk, at=at)
    consent.state, consent.given_at = Consent.State.GRANTED, at
    consent.save(update_fields=["state", "given_at"])
    record(
        act="consent.overridden",
        actor=actor,
        at=at,
        subject_id=consent.case_id,
        desk_id=consent.case.desk_id,
        facts={"consent": str(consent.id), "basis": consent.legal_basis},
        rows=[consent],
    )
    return consent


@transaction.atomic
def tell(
    *,
    actor: Actor,
    case_id: UUID,
    consent_id: UUID,
    how: Telling.How | None = None,
    why_not: Telling.Why | None = None,
    look_again_in: timedelta | None = None,
    at: datetime,
) -> Telling:
    """Record that the person was told of a share by law; or why not, and when to look again.

    Raises NotByLaw, AlreadyTold or NoTimeToLookAgain.
    """
    consent = locked(actor, case_id, consent_id)
    told = Telling.objects.filter(consent=consent).exclude(how="").exists()
    again = None if look_again_in is None else at + look_again_in
    check_may_tell(actor, consent, told=told, look_again_at=again, at=at)
    if (how is None) == (why_not is None) or (why_not is None) != (again is None):
        raise NoTimeToLookAgain(consent=consent.pk)
    telling = Telling(consent=consent, at=at, look_again_at=again)
    telling.how, telling.why_not = how or "", why_not or ""
    telling.save(force_insert=True)
    record(
        act="consent.told" if how else "consent.not_told",
        actor=actor,
        at=at,
        subject_id=consent.case_id,
        desk_id=consent.case.desk_id,
        facts={"consent": str(consent.id), "how" if how else "why": how or why_not or ""},
        rows=[telling],
    )
    return telling
