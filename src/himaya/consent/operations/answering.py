"""The answer: a yes opens the way, a no is as good an answer."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Model

from himaya.audit.record import record
from himaya.cases.models import Case
from himaya.cases.rules import check_may_receive, check_may_work
from himaya.cases.tracks import pack_of
from himaya.consent.answers import Answer, Question
from himaya.consent.deciding import check_band, check_decided
from himaya.consent.errors import BandDoesNotFit, MoveNotOpen
from himaya.consent.models import Consent
from himaya.consent.operations.asking import ask
from himaya.consent.operations.keeping import keep, locked
from himaya.consent.operations.sharing import hand_on
from himaya.consent.queries import family_implicated
from himaya.consent.rules import check_implied, check_may_answer, check_may_refuse
from himaya.consent.tracking import tracks_after
from himaya.kernel.access import Actor
from himaya.packs.consent import Band
from himaya.packs.entries import by_id

State, Method = Consent.State, Consent.Method


@transaction.atomic
def give(
    *, actor: Actor, case_id: UUID, question: Question, answer: Answer, at: datetime
) -> Consent:
    """Ask, and record the yes that was given in the same talk. Raises as `ask` and `grant` do."""
    consent = ask(actor=actor, case_id=case_id, question=question, at=at)
    return grant(actor=actor, case_id=case_id, consent_id=consent.pk, answer=answer, at=at)


@transaction.atomic
def grant(
    *, actor: Actor, case_id: UUID, consent_id: UUID, answer: Answer, at: datetime
) -> Consent:
    """Record a yes: by the person, or by whoever the pack lets decide for them, and how.

    A renewal takes the place of the consent that it follows; what is shared goes on. Raises
    MoveNotOpen or TimeIsOver, and what `check_decided` raises; then nothing has changed.
    """
    consent = locked(actor, case_id, consent_id)
    case = consent.case
    check_may_work(actor, case)
    check_may_answer(actor, consent, at)
    if consent.legal_basis:
        raise MoveNotOpen(consent=consent.pk)  # two officers decide that, and not the person
    check_may_receive(consent.recipient, case.kept_from)
    band = _check_who(case, consent, answer, at)
    _put(consent, answer, band, at)
    rows: list[Model] = [consent, *_sealed(consent, answer, at)]
    rows_of_shares, gone = hand_on(consent, at)
    rows += rows_of_shares
    rows += tracks_after("refuse_consent", case, actor=actor, at=at)
    _trace("consent.given", consent, actor, at, rows=rows, gone=gone)
    return consent


@transaction.atomic
def refuse(*, actor: Actor, case_id: UUID, consent_id: UUID, at: datetime) -> Consent:
    """Record a no. It closes nothing else: no other consent, no referral, no help."""
    consent = locked(actor, case_id, consent_id)
    check_may_refuse(actor, consent)
    consent.state, consent.refused_at = State.REFUSED, at
    consent.save(update_fields=["state", "refused_at"])
    tracks = tracks_after("refuse_consent", consent.case, actor=actor, at=at)
    _trace("consent.refused", consent, actor, at, rows=[consent, *tracks], gone=[])
    return consent


def _check_who(case: Case, consent: Consent, answer: Answer, at: datetime) -> Band:
    pack = pack_of(case)
    try:
        band = pack.band(answer.band)
    except KeyError as unknown:
        raise BandDoesNotFit(band=answer.band) from unknown
    check_band(band, adult=case.child == Case.Child.NO)
    check_decided(band, answer, implicated=family_implicated(case))
    if answer.method == Method.IMPLIED:
        known = {implicit.id for implicit in pack.implicit}
        implicit = by_id(pack.implicit, consent.purpose) if consent.purpose in known else None
        check_implied(implicit, consent, at)
    return band


def _put(consent: Consent, answer: Answer, band: Band, at: datetime) -> None:
    consent.state, consent.given_at = State.GRANTED, at
    consent.method, consent.band, consent.given_by = answer.method, band.id, answer.given_by
    consent.own_view = answer.own_view or ""
    consent.stead = answer.stead or ""
    consent.body = (band.body or "") if answer.given_by == Consent.Giver.BODY else ""
    consent.interpreter = answer.interpreter is not None
    consent.interpreter_fit = answer.interpreter is not None and answer.interpreter.fit
    consent.save()


def _sealed(consent: Consent, answer: Answer, at: datetime) -> list[Model]:
    """Who interpreted, and who decided and why: names and words, into the file."""
    said = [answer.words, answer.interpreter.name if answer.interpreter else ""]
    words = "\n".join(each for each in said if each.strip())
    return keep(consent, words.encode(), at) if words else []


def _trace(
    act: str,
    consent: Consent,
    actor: Actor,
    at: datetime,
    *,
    rows: list[Model],
    gone: list[Model],
) -> None:
    facts = {"consent": str(consent.id), "recipient": consent.recipient.code}
    if consent.given_by:
        facts["given_by"] = consent.given_by
    record(
        act=act,
        actor=actor,
        at=at,
        subject_id=consent.case_id,
        desk_id=consent.case.desk_id,
        facts=facts,
        rows=rows,
        gone=gone,
    )
