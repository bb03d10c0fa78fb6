"""A country in small, made by the operations themselves: everything that a page can be about, once
between desks that work together, and once between others that are strangers to all of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from unittest import mock
from uuid import UUID

from django.db.models import QuerySet

from himaya.accounts.models import TwoPersonAct
from himaya.accounts.roles import ROLES
from himaya.agencies.models import Desk
from himaya.audit.sequencer import number_pending
from himaya.cases.models import Case, Document, Move
from himaya.cases.operations import documents
from himaya.justice.operations import open_lawsuit
from himaya.packs.loader import current
from himaya.referrals.models import Referral
from himaya.reporting.contents import Contact
from himaya.reporting.models import HeldAnswer, Report
from himaya.reporting.operations import answer as answering
from himaya.reporting.operations.answer import answer
from himaya.reporting.operations.hold import hold_answer
from himaya.tasks.models import Task
from himaya.tasks.operations.giving import give
from himaya.vault.files import File
from himaya.vault.models import Compartment, Sealed
from tests.factories import (
    calls,
    cards,
    committee,
    consents,
    deciding,
    handing,
    holding,
    journey,
    met,
    personnel,
    persons,
    seen,
    services,
)
from tests.factories.moments import NOON
from tests.factories.offices import agency, desk
from tests.factories.people import People, Seat, everybody, seat

Words = Callable[[str], str]
Objects = Mapping[str, object]
BEFORE = NOON - timedelta(days=1)  # by the database's own clock, on any day
KINDS = ("identity", "needs", "health", "counselling", "legal", "shelter")
# Everything that is told or written also tries to be a script, or to reach another site. What only
# leads away, such as a refresh, no policy stops; there escaping stands alone.
SCRIPTS = (
    "<script>ran()</script>",
    '"><img src=x onerror=ran()>',
    "</textarea><svg onload=ran()>",
    "</title><details open ontoggle=ran()>",
    "<a href='javascript:ran()' autofocus onfocus=ran()>x</a>",
    "<iframe srcdoc='<script>parent.ran()</script>'></iframe>",
    "<script src='/s/web/planted.js'></script>",
    "<link rel=stylesheet href=//planted.example/x.css>",
    "<form action=//planted.example/><button autofocus>x</button></form>",
    "<style>*{background:url(//planted.example/s)}</style><img src=//planted.example/p.png>",
)
SHORT = {"no."}  # words that have no room for one
# Where officials may be involved, another desk receives the report.
ELSEWHERE = {"involved": "any_official"}


@dataclass(frozen=True)
class Side:
    """One group of desks and what is between them.

    said: every word that was told or written, by what it is about. objects: what stands in an
    address, by the name of the place; special: for one page only; more: further things that may
    stand there.
    """

    people: People
    said: Mapping[str, str]
    objects: Objects
    special: Mapping[str, Objects] = field(default_factory=dict)
    more: Mapping[str, Sequence[UUID]] = field(default_factory=dict)

    def of(self, page: str) -> Objects:
        """What stands in the address of this page."""
        return {**self.objects, **self.special.get(page, {})}


@dataclass(frozen=True)
class Ground:
    """Both sides, and an officer of every role there is, who works on the first."""

    own: Side
    other: Side
    officers: Mapping[str, Seat]


def marked(side: str) -> Words:
    """Words that nobody says by chance: `canary-own-story`."""
    return lambda name: f"canary-{side}-{name}"


def ground(own: Words | None = None, other: Words | None = None) -> Ground:
    """The country. Each side says its words about everything in its own way."""
    people = everybody()
    theirs = strangers(people)
    sides = (
        side(people, own or marked("own")),
        side(theirs, other or marked("other"), **ELSEWHERE),
    )
    while number_pending():
        pass
    return Ground(*sides, officers(people))


def officers(people: People) -> dict[str, Seat]:
    """An officer of each role: those who take part, and for every other role one at their desks."""
    known = {
        "intake_officer": people.intake,
        "identification_officer": people.identifier,
        "case_worker": people.worker,
        "shelter_worker": people.shelter,
        "prosecutor": people.prosecutor,
        "data_protection_officer": people.overseer,
        "hotline_operator": calls.operator_of(people),
    }
    return {code: known.get(code) or seat(code, people.worker.desk) for code in ROLES}


def strangers(people: People) -> People:
    """Officers of the same roles at other desks. Another agency confirms than presumes."""
    kinds = {
        "identifier": ("identification_officer", Desk.Kind.IDENTIFICATION, "moh"),
        "worker": ("case_worker", Desk.Kind.CASEWORK, "moh"),
        "shelter": ("shelter_worker", Desk.Kind.SHELTER, "moh"),
        "prosecutor": ("prosecutor", Desk.Kind.PROSECUTION, "pp"),
    }
    found = {
        name: seat(role, desk(kind, of=agency(code))) for name, (role, kind, code) in kinds.items()
    }
    found["colleague"] = seat("case_worker", found["worker"].desk)
    found["intake"] = seat("intake_officer", Desk.objects.get(code="ndhr_independent"))
    return replace(people, **found)


def side(people: People, say: Words, **told: object) -> Side:
    """One person's way as far as it goes, and another's just begun."""
    said: dict[str, str] = {}

    def words(name: str) -> str:
        marked = said.setdefault(name, say(name))
        return marked if name in SHORT else f"{marked} {SCRIPTS[len(said) % len(SCRIPTS)]}"

    report = heard(people, words, told)
    served, taken_up = helped(people, words, report)
    fresh = journey.opened(people, journey.reported(people, **told))
    for kind in ("identity", "needs"):
        journey.noted(people, fresh, Compartment.Kind(kind), words(f"first {kind}"))
    draft = journey.drafted(people, fresh, to=people.prosecutor.desk, words=words("draft"))
    deciding.weighed_about(people, taken_up, words)
    consent = journey.consented(people, fresh, to=people.shelter.desk)
    sent = journey.sent(people, journey.drafted(people, fresh, consent, words=words("asked")))
    decision, action = decided(words)
    pseudonym = Case.objects.get(pk=served.case_id).pseudonym
    wanted = newcomer(people)
    twice, match = seen.on_ground(people, words)
    objects = {
        "report_id": report.pk,
        "held_id": waiting_answer(people, report, words).pk,
        "case_id": served.case_id,
        "move_id": Move.objects.get(case=served.case_id, step="presume").pk,
        "subject_id": served.case_id,
        "referral_id": served.pk,
        "consent_id": served.consent_id,
        "compartment_id": compartment_of(served.case_id),
        "file_id": file_of(report),
        "screening_id": journey.sat_down(people, fresh, name=words("interpreter")).pk,
        "language": "en",
        "name": "no-such-voice",
        "step_id": "find_regular",
        "meeting_id": decision.meeting_id,
        "decision_id": decision.pk,
        "action_id": action.pk,
        "desk_id": people.worker.desk.pk,
        "officer_id": people.worker.officer.pk,
        "proposal_id": wanted.subject_id,
        "request_id": wanted.pk,
        **services.on_ground(people, SCRIPTS[0]),
        **calls.on_ground(people, words),
        **cards.on_ground(people, words),
        **met.on_ground(people, words),
        **match,
        "hold_id": holding.held(people, pseudonym, BEFORE).pk,
        **persons.hung_together(people, Case.objects.get(pk=served.case_id), words),
        **persons.inquired(people, words),
        "task_id": given(people, served.case_id, words).pk,
        "case_request_id": handing.asked(people.stranger, pseudonym).pk,
    }
    special: dict[str, Objects] = {
        **dict.fromkeys(("cases:fetch", "referrals:fetch"), document_of(served.case_id)),
        **{
            f"recognition:{page}": {"case_id": twice.pk}
            for page in ("seen", "ask", "answer", "take_back")
        },
        "cases:open": {"report_id": journey.reported(people, **told).pk},
        "cases:status": {"case_id": fresh.pk},
        "consent:withdraw": {"case_id": fresh.pk, "consent_id": consent.pk},
        **consents_that_wait(people, fresh, words),
        "justice:lawsuit": {"referral_id": taken_up.pk},
        "referrals:take_back_request": {
            "case_request_id": handing.asked(people.worker, "XX-0000").pk
        },
        "pathway:referred_step": {"step_id": "go_on_leave"},
        **deciding.addresses(served.case_id, taken_up),
        **{f"referrals:{verb}": {"referral_id": draft.pk} for verb in ("preview", "send")},
        **{f"referrals:{verb}": {"referral_id": sent.pk} for verb in ("acknowledge", "withdraw")},
    }
    said["pseudonym"] = pseudonym
    case_id = served.case_id
    more = {
        "compartment_id": ids(Compartment.objects.filter(subject_id=case_id)),
        "referral_id": [taken_up.pk, draft.pk, sent.pk],
    }
    return Side(people, said, objects, special, more)


def consents_that_wait(people: People, case: Case, words: Words) -> dict[str, Objects]:
    """What the pages of an answer, and of a share by law, are about."""
    answers = {"case_id": case.pk, "consent_id": consents.asked(people, case).pk}
    law = {
        "case_id": case.pk,
        "consent_id": consents.asked_by_law(people, case, words("why by law")).pk,
    }
    return {
        **dict.fromkeys(("consent:grant", "consent:refuse"), answers),
        **dict.fromkeys(("consent:override", "consent:tell", "consent:asked_of_two"), law),
    }


def heard(people: People, words: Words, told: Mapping[str, object]) -> Report:
    """A report with everything that a reporter can say, which the desk has answered."""
    report = journey.reported(
        people,
        **{
            "story": words("story"),
            "contact": Contact(how=words("contact"), when=words("when"), say=words("say")),
            "files": (File(f"{words('name of the file')}.jpg", "image/jpeg", b"picture"),),
            **told,
        },
    )
    with people.intake.works():
        text = words("answer")
        with mock.patch.object(answering, "may_tell", return_value=[]):  # it tries to be a link
            answer(actor=people.intake.actor, report_id=report.pk, text=text, at=NOON)
    return report


def waiting_answer(people: People, report: Report, words: Words) -> HeldAnswer:
    """An answer that may tell who or where, and waits for a colleague."""
    with people.intake.works():
        return hold_answer(
            actor=people.intake.actor,
            report_id=report.pk,
            text=words("held answer"),
            reason=TwoPersonAct.Reason.DANGER,
            at=NOON,
        )


def helped(people: People, words: Words, report: Report) -> tuple[Referral, Referral]:
    """The case of that report: one referral served by a shelter, one taken up in court."""
    case = journey.opened(people, report)
    journey.screened(people, case, words=words("interview"))
    journey.presumed(people, case, words=words("reasons"))
    for kind in KINDS:
        journey.noted(people, case, Compartment.Kind(kind), words(kind))
    put_in(people, case, File(f"{words('name of a document')}.pdf", "application/pdf", b"paper"))
    journey.described(people, case)
    consent = journey.consented(people, case, to=people.shelter.desk)
    served = journey.sent(people, journey.drafted(people, case, consent, words=words("referral")))
    journey.acknowledged(people.shelter, served)
    journey.accepted(people.shelter, served)
    taken_up = journey.sent(
        people, journey.drafted(people, case, to=people.prosecutor.desk, words=words("accusation"))
    )
    journey.acknowledged(people.prosecutor, taken_up)
    journey.accepted(people.prosecutor, taken_up, ())
    with people.prosecutor.works():
        open_lawsuit(
            actor=people.prosecutor.actor,
            referral_id=taken_up.pk,
            offences=[current().law.offences[0].id],
            words=words("lawsuit"),
            at=NOON,
        )
    return served, taken_up


def put_in(people: People, case: Case, file: File) -> None:
    """A document about what the person needs."""
    kind = Compartment.Kind.NEEDS
    worker = people.worker
    with worker.works():
        documents.add(actor=worker.actor, case_id=case.pk, kind=kind, file=file, words="", at=NOON)


def given(people: People, case_id: UUID, words: Words) -> Task:
    """A task of that case, for a colleague at its desk."""
    with people.worker.works():
        return give(
            actor=people.worker.actor,
            case_id=case_id,
            kind=Task.Kind.CONTACT,
            officer_id=people.colleague.officer.pk,
            until=NOON.date() + timedelta(days=4),
            words=words("task"),
            at=NOON,
        )


def newcomer(people: People) -> TwoPersonAct:
    """Somebody whom the personnel office of this body wants to enrol; it waits for the other's."""
    office = seat("personnel_officer", people.worker.desk)
    body = (people.worker.desk, people.worker, office, office, office, people.overseer)
    agency_code = people.worker.desk.agency.code
    return personnel.proposed(personnel.Bodies(*body), f"newcomer-{agency_code}", at=BEFORE)


def decided(words: Words) -> tuple[object, object]:
    """A decision of the committee, and what somebody must do because of it."""
    meeting = committee.make_meeting(number=words("no.")[:20], agenda=[words("agenda")])
    decision = committee.make_decision(meeting)
    return decision, committee.make_action(decision)


def document_of(case_id: UUID) -> Objects:
    """The document of a case, sealed."""
    return {"file_id": Document.objects.get(case_id=case_id).content_id}


def compartment_of(case_id: UUID) -> UUID:
    """The needs of a case, sealed."""
    return Compartment.objects.get(subject_id=case_id, kind=Compartment.Kind.NEEDS).pk


def ids(rows: QuerySet[Compartment]) -> list[UUID]:
    """The keys of some rows, in an order that stays."""
    return list(rows.order_by("kind").values_list("pk", flat=True))


def file_of(report: Report) -> UUID:
    """The file that came with a report, sealed."""
    files = Sealed.objects.filter(epoch__compartment__subject_id=report.pk, name="file")
    return files.get().pk
