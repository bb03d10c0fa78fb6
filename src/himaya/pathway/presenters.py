"""How a journey, and who looked at it, is worded."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from himaya.accounts.roles import ROLES
from himaya.cases.models import TrackState
from himaya.packs.entries import by_id
from himaya.packs.loader import current
from himaya.pathway.queries import Happening, Part
from himaya.vault.models import Compartment
from himaya.vault.reasons import READ, Reason

ACTS: dict[str, str | Promise] = {
    "reporting.received": gettext_lazy("The report came in"),
    "reporting.reporter_read": gettext_lazy("The reporter read the desk's answer"),
    "reporting.desk_read_messages": gettext_lazy("The desk read what the reporter wrote"),
    "reporting.rated": gettext_lazy("The desk rated how serious it is"),
    "reporting.answered": gettext_lazy("The desk answered the reporter"),
    "reporting.reporter_wrote": gettext_lazy("The reporter wrote again"),
    "reporting.linked": gettext_lazy("The report became a case"),
    "reporting.overtaken": gettext_lazy("The desk was silent; another desk took over"),
    "case.opened": gettext_lazy("The case was opened"),
    "screening.asked": gettext_lazy("A screening was asked for"),
    "screening.taken": gettext_lazy("The person was screened"),
    "screening.ended": gettext_lazy("A screening that nobody had made ended with the case"),
    "case.presumed": gettext_lazy("The person was presumed a victim; protection opened"),
    "case.not_presumed": gettext_lazy("No reasonable grounds were found at this time"),
    "case.described": gettext_lazy("Facts about the person were set"),
    "case.noted": gettext_lazy("Something was written into the file"),
    "consent.given": gettext_lazy("The person gave a consent"),
    "consent.withdrawn": gettext_lazy("The person withdrew a consent; its shares ended"),
    "referral.drafted": gettext_lazy("A referral was prepared"),
    "referral.sent": gettext_lazy("A referral was sent"),
    "referral.acknowledged": gettext_lazy("The other desk saw the referral"),
    "referral.accepted": gettext_lazy("The other desk accepted"),
    "referral.declined": gettext_lazy("The other desk declined"),
    "referral.completed": gettext_lazy("The other desk reported the outcome"),
    "referral.answer_read": gettext_lazy("The answer of the other desk was read"),
    "referral.withdrawn": gettext_lazy("A referral was taken back"),
    "lawsuit.opened": gettext_lazy("The prosecution opened a lawsuit"),
    "case.lawsuit_opened": gettext_lazy("The prosecution opened a lawsuit"),
    "case.solution_chosen": gettext_lazy("The person chose what comes next"),
    "case.closure_asked": gettext_lazy("The end of the case was asked for"),
    "case.closure_refused": gettext_lazy("A colleague kept the case open"),
    "case.closed": gettext_lazy("The case was closed"),
    "retention.held": gettext_lazy("A legal hold was placed"),
    "retention.hold_confirmed": gettext_lazy("A legal hold was confirmed"),
    "retention.hold_lifted": gettext_lazy("A legal hold was ended by two agencies"),
    "retention.kept_on": gettext_lazy("Parts whose time was over are kept on"),
    "retention.let_go": gettext_lazy("Parts whose time was over were let go"),
    "retention.erasure_ordered": gettext_lazy("The person's words are to be destroyed"),
    "retention.erased": gettext_lazy("The person's words were destroyed at their request"),
    "retention.shredded": gettext_lazy("Sealed parts were destroyed"),
    "vault.read": gettext_lazy("A sealed part was opened"),
    "vault.recovery_key_made": gettext_lazy("A recovery key was made; its shares were handed out"),
    "vault.recovery_used": gettext_lazy("The recovery key gave an officer the keys of a desk"),
    "vault.recovery_covered": gettext_lazy("Keys of desks were sealed to the recovery key"),
    "installation.backed_up": gettext_lazy("A backup was made"),
    "installation.restored": gettext_lazy("A backup was restored"),
    "ledger.begun_anew": gettext_lazy("The keepers of the recovery key accepted a loss"),
    "access.emergency": gettext_lazy("Another desk opened it in an emergency"),
    "access.emergency_reviewed": gettext_lazy("Another agency judged the emergency opening"),
    "access.person_asked": gettext_lazy("Somebody asked who opened the file"),
    "access.reads_released": gettext_lazy("A judge's order was recorded: openings may be shown"),
}
PURPOSES: dict[str, str | Promise] = {
    "casework": gettext_lazy("to work on the case"),
    "screening": gettext_lazy("to prepare or check the screening"),
    "consent": gettext_lazy("to prepare a referral"),
    "preview": gettext_lazy("to check what a referral will show"),
    "referral": gettext_lazy("to serve the person after a referral"),
    "triage": gettext_lazy("to rate the report"),
    "hold": gettext_lazy("to look after a legal hold"),
    "emergency": gettext_lazy("to help in an emergency"),
    "oversight": gettext_lazy("to judge an emergency opening"),
}


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a timeline, as the timeline component takes it."""

    at: datetime
    what: str
    who: str
    detail: str


def office(code: str) -> str:
    """The class of an office: a role, or one of our own jobs. Never somebody's name."""
    if code in ROLES:
        return str(ROLES[code].title)
    return _("The reporter") if code == "reporters" else _("The system")


def _detail(happening: Happening) -> str:
    kind = happening.facts.get("kind", "")
    parts = []
    if kind in Compartment.Kind.values:
        parts.append(str(Compartment.Kind(kind).label))
    if happening.purpose:
        parts.append(str(PURPOSES.get(happening.purpose, happening.purpose)))
    reason = happening.facts.get("reason", "")
    if reason in Reason.values and happening.act == READ:
        parts.append(str(Reason(reason).label))
    return " · ".join(parts)


def event(happening: Happening) -> Event:
    """One entry of the ledger in words."""
    who = office(happening.office)
    if happening.desk is not None:
        who = f"{who} · {happening.desk.label()}"
    return Event(happening.at, str(ACTS.get(happening.act, happening.act)), who, _detail(happening))


def events(happenings: Iterable[Happening]) -> list[Event]:
    """A timeline."""
    return [event(happening) for happening in happenings]


@dataclass(frozen=True, slots=True)
class PartLine:
    """One sealed part of the file, and who opened it last."""

    id: UUID
    title: str
    last_who: str
    last_at: datetime | None


def part_lines(parts: Iterable[Part]) -> list[PartLine]:
    """The parts of a file that hold something."""
    return [
        PartLine(
            part.id,
            part.kind,
            office(part.last.office) if part.last else "",
            part.last.at if part.last else None,
        )
        for part in parts
        if part.items
    ]


@dataclass(frozen=True, slots=True)
class Look:
    """One read of sealed content, with the way to everything on that file."""

    event: Event
    subject_id: UUID | None


def looks(happenings: Iterable[Happening]) -> list[Look]:
    """Reads as lines."""
    return [Look(event(happening), happening.subject_id) for happening in happenings]


@dataclass(frozen=True, slots=True)
class TrackLine:
    """Where one track of the pathway stands."""

    track: str
    state: str
    since: datetime


def track_lines(stand: Mapping[str, TrackState]) -> list[TrackLine]:
    """The tracks of a case in the pack's order, in words. stand: track id → where it stands."""
    return [
        TrackLine(
            track.label.text(),
            by_id(track.states, stand[track.id].state).label.text(),
            stand[track.id].since,
        )
        for track in current().tracks
        if track.id in stand
    ]


def is_closing(stand: Mapping[str, TrackState]) -> bool:
    """True while the end of the case waits for a second officer."""
    asked = current().step("request_closure")
    return stand[asked.track].state == asked.to
