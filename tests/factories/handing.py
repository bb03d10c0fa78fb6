"""Cases that go from one desk to another, step by step, each by its own operation."""

from himaya.cases.models import Case
from himaya.consent.models import Consent
from himaya.referrals.models import CaseRequest, Referral
from himaya.referrals.operations import asking
from himaya.vault.models import Compartment
from tests.factories import journey
from tests.factories.moments import NOON
from tests.factories.people import People, Seat

TRANSFER = {"kind": Referral.Kind.TRANSFER, "need": Referral.Need.CASE_LEAD}


def agreed(people: People, case: Case, kinds: tuple[str, ...] = ("needs",)) -> Consent:
    """The person agrees that the other desk of case management has these parts, written down."""
    for kind in kinds:
        journey.noted(people, case, Compartment.Kind(kind), f"CANARY-{kind}")
    return journey.consented(people, case, to=people.stranger.desk, kinds=list(kinds))


def offered(people: People, case: Case, consent: Consent | None = None, **more: object) -> Referral:
    """A transfer sent to the other desk of case management."""
    consent = consent or agreed(people, case)
    return journey.sent(people, journey.drafted(people, case, consent, **TRANSFER, **more))


def taken(by: Seat, transfer: Referral) -> Referral:
    """The other desk takes the case over."""
    journey.acknowledged(by, transfer)
    return journey.accepted(by, transfer, ())


def asked(by: Seat, pseudonym: str) -> CaseRequest:
    """A desk asks for the case of this number."""
    with by.works():
        return asking.ask(
            actor=by.actor,
            desk_id=by.desk.pk,
            pseudonym=pseudonym,
            why=CaseRequest.Why.PERSON_HERE,
            at=NOON,
        )
