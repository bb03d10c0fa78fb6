"""How a referral is worded."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from himaya.cases.models import Case
from himaya.cases.presenters import ADVICE, exploitation_names, solution_name
from himaya.packs.entries import by_id
from himaya.packs.loader import current
from himaya.referrals.models import Referral
from himaya.referrals.operations.showing import Received
from himaya.referrals.rules import LIVE
from himaya.vault.models import Compartment
from himaya.vault.reasons import Reason

STATE_KIND = {
    Referral.State.DRAFT: "plain",
    Referral.State.SENT: "warn",
    Referral.State.ACKNOWLEDGED: "info",
    Referral.State.ACCEPTED: "good",
    Referral.State.DECLINED: "bad",
    Referral.State.COMPLETED: "good",
    Referral.State.WITHDRAWN: "plain",
}


def at_work(referral: Referral) -> Reason | None:
    """The reason that goes along unasked: the referral is under way, or its answer waits."""
    return Reason.OWN_WORK if referral.state in LIVE or referral.answer_waits else None


@dataclass(frozen=True, slots=True)
class Row:
    """One referral in a list."""

    id: UUID
    pseudonym: str
    sender: str
    receiver: str
    state: str
    state_kind: str
    priority: str
    due_at: datetime | None
    waits: bool
    ended_as: str


def row(referral: Referral) -> Row:
    """A referral as one line."""
    ended = referral.get_outcome_display() or referral.get_decline_reason_display()
    return Row(
        id=referral.pk,
        pseudonym=referral.pseudonym,
        sender=referral.sender.label(),
        receiver=referral.receiver.label(),
        state=referral.get_state_display(),
        state_kind=STATE_KIND[Referral.State(referral.state)],
        priority=referral.get_priority_display(),
        due_at=referral.due_at,
        waits=referral.state in (Referral.State.SENT, Referral.State.ACKNOWLEDGED),
        ended_as=ended,
    )


def _value(fact: str, value: str) -> str:
    match fact:
        case "status":
            return str(Case.Status(value).label)
        case "child":
            return str(Case.Child(value).label)
        case "exploitation":
            return exploitation_names(value.split())
        case "screening_result":
            return str(ADVICE[value])
        case "solution":
            return solution_name(value)
        case _:
            return value


@dataclass(frozen=True, slots=True)
class Part:
    """One shared part of the file, opened."""

    title: str
    texts: list[str]


@dataclass(frozen=True, slots=True)
class Shown:
    """What the receiving desk sees, in words; the preview shows the same."""

    facts: list[tuple[str, str]]
    parts: list[Part]
    message: list[str]
    withheld: list[str]
    mark: str


def shown(received: Received) -> Shown:
    """What a referral shows, and which parts of the file it keeps back."""
    kinds = {kind for kind, _texts in received.parts}
    kept_back = [
        str(kind.label)
        for kind in Compartment.Kind
        if kind not in kinds and kind not in (Compartment.Kind.REFERRAL, Compartment.Kind.FILE)
    ]
    facts = [
        (by_id(current().facts, fact).label.text(), _value(fact, value))
        for fact, value in received.facts.items()
    ]
    parts = [Part(str(Compartment.Kind(kind).label), texts) for kind, texts in received.parts]
    return Shown(facts, parts, received.message, kept_back, received.mark)


def duty_words(desk_name: str, duty: str) -> str:
    """A referral without consent, told as what it is."""
    return _("To %(desk)s, because the law requires it (%(law)s); only coded facts go.") % {
        "desk": desk_name,
        "law": by_id(current().law.provisions, duty).label.text(),
    }
