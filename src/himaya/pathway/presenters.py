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
from himaya.packs.engine import Basis
from himaya.packs.entries import by_id
from himaya.packs.loader import editions
from himaya.packs.schema import Pack
from himaya.packs.vocabulary import Confidence
from himaya.pathway.queries import Happening
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
    "clocks.paused": gettext_lazy("The clocks were stopped"),
    "clocks.resumed": gettext_lazy("The clocks went on"),
    "clocks.called": gettext_lazy("Somebody was told of a deadline"),
    "clocks.lapsed": gettext_lazy("The time for something that could be done was over"),
    "clocks.brought_forward": gettext_lazy("A deadline was counted anew: a clock had been ahead"),
    "clocks.followed": gettext_lazy("The deadlines followed a step"),
    "clocks.left_to_its_concept": gettext_lazy(
        "The time of something with an end of its own is up"
    ),
    "case.opened_from_occasion": gettext_lazy("The case was opened for somebody who was met"),
    "screening.asked": gettext_lazy("A screening was asked for"),
    "screening.taken": gettext_lazy("The person was screened"),
    "screening.pack_moved": gettext_lazy("A screening that waits uses the newer instruments"),
    "screening.ended": gettext_lazy("A screening that nobody had made ended with the case"),
    "case.presumed": gettext_lazy("The person was presumed a victim; protection opened"),
    "case.not_presumed": gettext_lazy("No reasonable grounds were found at this time"),
    "decision.weighed": gettext_lazy("An officer weighed a decision about the person's status"),
    "decision.made": gettext_lazy("A decision about the person's status was made"),
    "decision.told": gettext_lazy("The person was told what was decided"),
    "decision.letter_made": gettext_lazy("A letter about a decision was made"),
    "case.leaflet_made": gettext_lazy("The leaflet on rights was made, with its receipt"),
    "case.described": gettext_lazy("Facts about the person were set"),
    "case.searched": gettext_lazy("A case was searched for by its pseudonym"),
    "task.put_aside": gettext_lazy("An officer put a line of their day aside"),
    "task.handed_over": gettext_lazy("A task went with the case to the desk that leads it now"),
    "task.taken_back": gettext_lazy("An officer took back a line they had put aside"),
    "case.noted": gettext_lazy("Something was written into the file"),
    "case.identified": gettext_lazy("Name and documents were written down"),
    "case.opened_again": gettext_lazy("A new case was opened for a known person"),
    "case.followed": gettext_lazy("The person got a new case"),
    "case.merged": gettext_lazy("Another case was merged into this one"),
    "case.merged_away": gettext_lazy("The case was merged into another one"),
    "case.merge_undone": gettext_lazy("A merge was undone"),
    "person.merged": gettext_lazy("Two records were found to be of one person"),
    "person.linked": gettext_lazy("Somebody of the family was added"),
    "person.unlinked": gettext_lazy("A link to somebody of the family ended"),
    "person.searched": gettext_lazy("Somebody searched for a person by name"),
    "person.looked_for": gettext_lazy("It was looked up whether the person is known"),
    "match.asked": gettext_lazy("Another desk was asked whether it knows the person"),
    "match.answered": gettext_lazy("It was answered whether two cases are of one person"),
    "match.taken_back": gettext_lazy("That answer was taken back"),
    "consent.asked": gettext_lazy("The person was asked for a consent"),
    "consent.renewal_asked": gettext_lazy("The person was asked again, before a consent ends"),
    "consent.given": gettext_lazy("The person gave a consent"),
    "consent.refused": gettext_lazy("The person said no to a consent"),
    "consent.expired": gettext_lazy("The time of a consent was over"),
    "consent.override_asked": gettext_lazy(
        "A second person was asked to let something be shared by law"
    ),
    "consent.overridden": gettext_lazy("Two officers let something be shared by law"),
    "consent.told": gettext_lazy("The person was told of a share by law"),
    "consent.not_told": gettext_lazy("It was recorded why the person is not told yet"),
    "consent.paper_made": gettext_lazy("A paper to sign was made"),
    "consent.signed_copy_kept": gettext_lazy("A signed paper was put on file"),
    "consent.withdrawn": gettext_lazy("The person withdrew a consent; its shares ended"),
    "referral.drafted": gettext_lazy("A referral was prepared"),
    "referral.sent": gettext_lazy("A referral was sent"),
    "referral.acknowledged": gettext_lazy("The other desk saw the referral"),
    "referral.accepted": gettext_lazy("The other desk accepted"),
    "referral.declined": gettext_lazy("The other desk declined"),
    "referral.completed": gettext_lazy("The other desk reported the outcome"),
    "referral.answer_read": gettext_lazy("The answer of the other desk was read"),
    "referral.withdrawn": gettext_lazy("A referral was taken back"),
    "referral.checked": gettext_lazy("The consent was checked, and what a referral will show"),
    "referral.begun": gettext_lazy("The service of the other desk began"),
    "referral.escalated": gettext_lazy(
        "Nobody answered a referral in time; another desk was woken"
    ),
    "referral.printed": gettext_lazy("A referral was put on paper"),
    "referral.summary_made": gettext_lazy("A summary of a referral was put on paper"),
    "referral.taken_over": gettext_lazy("The other desk took the case over"),
    "case.moved": gettext_lazy("The case went to another desk"),
    "lawsuit.opened": gettext_lazy("The prosecution opened a lawsuit"),
    "case.lawsuit_opened": gettext_lazy("The prosecution opened a lawsuit"),
    "case.solution_chosen": gettext_lazy("The person chose what comes next"),
    "case.step_taken": gettext_lazy("A step of the pathway was taken"),
    "clocks.laid_anew": gettext_lazy("The deadlines follow the newer version of the pathway"),
    "case.pack_moved": gettext_lazy("The case now goes by another version of the pathway"),
    "case.closure_asked": gettext_lazy("The end of the case was asked for"),
    "case.closure_refused": gettext_lazy("A colleague kept the case open"),
    "case.closed": gettext_lazy("The case was closed"),
    "case.reopened": gettext_lazy("The case was opened again"),
    "case.given": gettext_lazy("An officer was given the case"),
    "case.given_back": gettext_lazy("The officer who led the case gave it back"),
    "case.document_added": gettext_lazy("A document was put into the file"),
    "task.given": gettext_lazy("A task was given"),
    "task.passed_on": gettext_lazy("A task was passed on"),
    "task.done": gettext_lazy("A task was done"),
    "task.dropped": gettext_lazy("A task was dropped"),
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
    "occasion": gettext_lazy("to know whom officers met"),
    "casework": gettext_lazy("to work on the case"),
    "screening": gettext_lazy("to prepare or check the screening"),
    "consent": gettext_lazy("to prepare a referral"),
    "signed_copy": gettext_lazy("to look at a signed paper"),
    "preview": gettext_lazy("to check what a referral will show"),
    "referral": gettext_lazy("to serve the person after a referral"),
    "triage": gettext_lazy("to rate the report"),
    "hold": gettext_lazy("to look after a legal hold"),
    "decision": gettext_lazy("to weigh a decision"),
    "emergency": gettext_lazy("to help in an emergency"),
    "inquiry": gettext_lazy("to lead an inquiry"),
    "document": gettext_lazy("to take out a document"),
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
    if happening.act == "case.step_taken":
        parts.append(step_name(happening.facts["step"]))
    return " · ".join(parts)


def step_name(step_id: str) -> str:
    """The name of a step, also when only an older edition of the pack has it."""
    named = (step for pack in editions() for step in pack.steps if step.id == step_id)
    found = next(named, None)
    return found.label.text() if found else step_id


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
    kind: str
    title: str
    last_who: str
    last_at: datetime | None


def part_line(part: Compartment, last: Happening | None) -> PartLine:
    """A part of a file. last: its last opening, if there was one."""
    return PartLine(
        part.pk,
        part.kind,
        part.get_kind_display(),
        office(last.office) if last else "",
        last.at if last else None,
    )


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


def track_lines(pack: Pack, stand: Mapping[str, TrackState]) -> list[TrackLine]:
    """The tracks of a case in its pack's order, in words. stand: track id → where it stands."""
    return [
        TrackLine(
            track.label.text(),
            by_id(track.states, stand[track.id].state).label.text(),
            stand[track.id].since,
        )
        for track in pack.tracks
        if track.id in stand
    ]


def rule_words(basis: Basis) -> str:
    """A deadline's rule: the law and its article, or the setting where no law fixes the time."""
    words = basis.words.text()
    if basis.by_law:
        return _("%(law)s, article %(article)s") % {"law": words, "article": basis.article}
    return _("%(setting)s (a setting: no law fixes it)") % {"setting": words}


SURE: dict[Confidence, str | Promise] = {
    Confidence.HIGH: gettext_lazy("The authors of the pack are sure of it."),
    Confidence.MEDIUM: gettext_lazy("The authors of the pack are fairly sure of it."),
    Confidence.LOW: gettext_lazy("The authors of the pack are not sure of it."),
}


def source_words(pack: Pack, basis: Basis) -> str:
    """On whose word a deadline's rule stands, and how sure that is."""
    sources = "; ".join(pack.sources.get(source, source) for source in basis.source)
    return f"{sources}. {SURE[basis.confidence]}"


def is_closing(pack: Pack, stand: Mapping[str, TrackState]) -> bool:
    """True while the end of the case waits for a second officer."""
    asked = pack.step("request_closure")
    return stand[asked.track].state == asked.to
