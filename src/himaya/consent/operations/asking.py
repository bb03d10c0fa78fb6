"""A person is asked. Nothing is shared for a question."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from himaya.audit.record import record
from himaya.consent.answers import Question
from himaya.consent.models import Consent
from himaya.consent.operations.questions import asked, check_may_ask
from himaya.consent.queries import asked_again, consent_of, locked_consent
from himaya.consent.rules import check_renewable
from himaya.consent.tracking import tracks_after
from himaya.kernel.access import Actor


@transaction.atomic
def ask(*, actor: Actor, case_id: UUID, question: Question, at: datetime) -> Consent:
    """Record that a person is asked whether one desk may know some parts of their file.

    Raises NeverShared for a compartment that the pack keeps from such a desk, AgencyInvolved for a
    desk of an agency that the report names, and TimeIsOver for a time that has gone by.
    """
    case = check_may_ask(actor, case_id, question, at)
    consent = asked(case, question, at)
    return _saved(consent, "consent.asked", actor, at)


@transaction.atomic
def renew(
    *, actor: Actor, case_id: UUID, consent_id: UUID, question: Question, at: datetime
) -> Consent:
    """Ask again before a consent ends. It holds meanwhile, and on: a no to this ends nothing.

    The desk and the purpose stay; when the person agrees, what is shared goes on without a break.
    Raises NotRenewable when it holds no more, and AskedAgainAlready while a renewal waits.
    """
    case = check_may_ask(actor, case_id, question, at)
    former = locked_consent(consent_of(case, consent_id).pk)
    check_renewable(former, at, asked_again=asked_again(former))
    consent = asked(case, question, at)
    consent.recipient, consent.purpose = former.recipient, former.purpose
    consent.follows, consent.series = former, former.series
    return _saved(consent, "consent.renewal_asked", actor, at)


def _saved(consent: Consent, act: str, actor: Actor, at: datetime) -> Consent:
    consent.save(force_insert=True)
    case = consent.case
    tracks = tracks_after("refuse_consent", case, actor=actor, at=at)
    record(
        act=act,
        actor=actor,
        at=at,
        subject_id=case.id,
        desk_id=case.desk_id,
        facts={
            "consent": str(consent.id),
            "recipient": consent.recipient.code,
            "purpose": consent.purpose,
        },
        rows=[consent, *tracks],
    )
    return consent
