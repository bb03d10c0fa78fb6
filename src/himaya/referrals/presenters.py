"""How a referral is worded."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from himaya.accounts.roles import ROLES
from himaya.cases.codes import SEX
from himaya.cases.models import Case
from himaya.cases.presenters import exploitation_names, language_name, solution_name
from himaya.identification.presenters.result import ADVICE
from himaya.kernel.countries import country_name
from himaya.packs.entries import by_id
from himaya.packs.loader import current
from himaya.referrals.models import Referral
from himaya.referrals.operations.printing import Paper
from himaya.referrals.received import Attached, Received
from himaya.referrals.rules import LIVE
from himaya.referrals.tokens import grouped
from himaya.vault.models import Compartment
from himaya.vault.reasons import Reason

STATE_KIND = {
    Referral.State.DRAFT: "plain",
    Referral.State.CHECKED: "plain",
    Referral.State.SENT: "warn",
    Referral.State.ACKNOWLEDGED: "info",
    Referral.State.ACCEPTED: "good",
    Referral.State.IN_SERVICE: "good",
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
    escalated: bool
    transfer: bool


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
        escalated=referral.escalated_at is not None,
        transfer=referral.is_transfer,
    )


# A fact that is not here is shown as it is.
WORDED: Mapping[str, Callable[[str], str]] = {
    "status": lambda value: str(Case.Status(value).label),
    "child": lambda value: str(Case.Child(value).label),
    "sex": lambda value: str(dict(SEX).get(value, value)),
    "nationality": country_name,
    "language": language_name,
    "exploitation": lambda value: exploitation_names(value.split()),
    "screening_result": lambda value: str(ADVICE[value]),
    "solution": solution_name,
}


def _value(fact: str, value: str) -> str:
    return WORDED[fact](value) if fact in WORDED else value


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
    documents: list[Attached]


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
    return Shown(facts, parts, received.message, kept_back, received.mark, received.documents)


def duty_words(desk_name: str, duty: str) -> str:
    """A referral without consent, told as what it is."""
    return _("To %(desk)s, because the law requires it (%(law)s); only coded facts go.") % {
        "desk": desk_name,
        "law": by_id(current().law.provisions, duty).label.text(),
    }


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a referral's timeline."""

    at: datetime
    what: str
    who: str = ""
    detail: str = ""


def timeline(referral: Referral) -> list[Event]:
    """What became of a referral, oldest first; the same for every desk that may see it."""
    sender, receiver = referral.sender.label(), referral.receiver.label()
    second = referral.second.label() if referral.second else ""
    declined = referral.state == Referral.State.DECLINED
    answered = _("Declined") if declined else _("Accepted")
    by = second if referral.decline_reason == Referral.DeclineReason.SILENT else receiver
    back = referral.state == Referral.State.WITHDRAWN
    lines = [
        (referral.made_at, _("Prepared"), sender, ""),
        (referral.checked_at, _("Consent checked"), sender, ""),
        (referral.sent_at, _("Sent"), sender, _(", ").join(_asked(referral))),
        (referral.acknowledged_at, _("Seen"), receiver, ""),
        (referral.escalated_at, _("No answer in time: another desk was woken"), second, ""),
        (referral.answered_at, answered, by, referral.get_decline_reason_display()),
        (referral.begun_at, _("The service began"), receiver, ""),
        (
            None if declined else referral.ended_at,
            _("Taken back") if back else _("Ended"),
            sender if back else receiver,
            referral.get_outcome_display(),
        ),
    ]
    events = [Event(at, what, who, detail) for at, what, who, detail in lines if at is not None]
    return sorted(events, key=lambda event: event.at)


def _asked(referral: Referral) -> list[str]:
    return [str(referral.get_kind_display()), str(referral.get_need_display())]


def ending(referral: Referral) -> list[tuple[str, str]]:
    """How it ended, in codes: what was given, when, by whom, and what came of it."""
    names = dict(Referral.Result.choices)
    results = _(", ").join(str(names.get(each, each)) for each in referral.results)
    offices = {code: str(role.title) for code, role in ROLES.items()}
    lines = [
        (_("How it ended"), referral.get_outcome_display()),
        (_("Why not"), referral.get_decline_reason_display()),
        (_("Ask instead"), referral.alternative.label() if referral.alternative else ""),
        (_("What came of it"), results),
        (_("Given on"), date_format(referral.given_on) if referral.given_on else ""),
        (_("Given by"), offices.get(referral.given_by, "")),
        (_("What the person needs next"), referral.get_next_need_display()),
    ]
    return [(name, value) for name, value in lines if value]


def on_paper(paper: Paper, address: str) -> dict[str, Any]:
    """What the printed form says: a cover without any word of the case, and what was previewed."""
    said = shown(paper.received)
    return {
        "title": _("For %(desk)s") % {"desk": paper.referral.receiver.label()},
        "foot": str(paper.referral.pk)[:8].upper(),
        "cover": [
            _("To be opened by the addressee only."),
            _("Hand this over closed, in person. It is not sent by mail or by telephone."),
        ],
        "asked": _("What is asked"),
        "need": _("%(kind)s: %(need)s. %(priority)s.")
        % {
            "kind": paper.referral.get_kind_display(),
            "need": paper.referral.get_need_display(),
            "priority": paper.referral.get_priority_display(),
        },
        "due": _("An answer is wanted by %(due)s.")
        % {"due": date_format(localtime(paper.referral.due_at), "DATETIME_FORMAT")},
        "number": _("Number: %(number)s") % {"number": paper.referral.pseudonym},
        "message": said.message,
        "facts_title": _("Facts"),
        "facts": [[name, value] for name, value in said.facts],
        "parts": [{"title": part.title, "texts": part.texts} for part in said.parts],
        "answer": _("How to answer"),
        "how": [
            _("Open %(address)s and type this code:") % {"address": address},
            grouped(paper.code),
            _("It answers yes or no once, and once how it ended, until %(until)s.")
            % {"until": date_format(localtime(paper.until), "DATE_FORMAT")},
            _("Destroy this paper when the service has ended."),
        ],
    }
