"""Consents that wait: for an answer, or for the second person of a share by law."""

from datetime import UTC, datetime, timedelta

from himaya.accounts.models import TwoPersonAct
from himaya.cases.models import Case
from himaya.consent.answers import Question
from himaya.consent.models import Consent
from himaya.consent.operations import asking, overriding
from tests.factories import cases
from tests.factories.moments import NOON
from tests.factories.people import People


def question(people: People, days: int = 7, at: datetime = NOON) -> Question:
    """May the shelter know what the person needs?"""
    until = at + timedelta(days=days)
    return Question(people.shelter.desk, Consent.Purpose.SHELTER, ["needs"], "fil", until)


def asked(people: People, case: Case) -> Consent:
    """The person was asked and has not answered."""
    worker = people.worker
    with worker.works():
        return asking.ask(actor=worker.actor, case_id=case.pk, question=question(people), at=NOON)


def asked_by_law(
    people: People, case: Case, words: str = "why", *, at: datetime | None = None
) -> Consent:
    """A second person was asked to let it be shared by law.

    at: now, unless told: row-level security asks the real clock whether it still waits.
    """
    at = at or datetime.now(UTC)
    worker = people.worker
    with worker.works():
        return overriding.ask_override(
            actor=worker.actor,
            case_id=case.pk,
            question=question(people, at=at),
            basis="danger_to_life",
            against=True,
            reason=TwoPersonAct.Reason.DANGER,
            words=words,
            at=at,
        )


def nobody_asked(people: People, case: Case) -> Consent:
    """A share by law for which no second person was asked, as no page makes one."""
    return cases.consent(
        case,
        people.shelter.desk,
        state=Consent.State.ASKED,
        given_at=None,
        given_by="",
        method="",
        legal_basis="danger_to_life",
    )
