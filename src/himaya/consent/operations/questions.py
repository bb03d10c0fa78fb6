"""A question that may be asked, on its way to being recorded: of the person, or by law."""

from datetime import datetime
from uuid import UUID, uuid4

from himaya.cases.models import Case
from himaya.cases.queries import case_for
from himaya.cases.rules import check_may_receive, check_may_work
from himaya.cases.tracks import pack_of
from himaya.consent.answers import Question
from himaya.consent.errors import TimeIsOver
from himaya.consent.models import Consent
from himaya.consent.rules import check_may_be_asked_for, check_may_share
from himaya.kernel.access import Actor, Permission
from himaya.packs.vocabulary import DeskKind


def check_may_ask(actor: Actor, case_id: UUID, question: Question, at: datetime) -> Case:
    """The case, if the actor may ask this of its person."""
    actor.need(Permission.CONSENT_RECORD)
    case = case_for(actor, case_id)
    check_may_work(actor, case)
    check_may_be_asked_for(case, question.recipient)
    check_may_receive(question.recipient, case.kept_from)
    policy = pack_of(case).share_policy(DeskKind(question.recipient.kind))
    check_may_share(policy, question.kinds)
    if question.until <= at:
        raise TimeIsOver(case=case.pk)
    return case


def asked(case: Case, question: Question, at: datetime) -> Consent:
    """The question as a row, not yet saved."""
    consent = Consent(
        id=uuid4(),
        case=case,
        recipient=question.recipient,
        purpose=question.purpose,
        kinds=list(dict.fromkeys(question.kinds)),
        language=question.language,
        asked_at=at,
        until=question.until,
    )
    consent.series = consent.id
    return consent
