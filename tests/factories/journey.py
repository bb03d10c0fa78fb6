"""A person's way, step by step, each by its own operation and with the rights of whoever takes it.

Every step takes the steps before it as they are in the database; what a test is about it passes.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

from himaya.agencies.models import Desk
from himaya.cases.models import Case, Move, StatusDecision
from himaya.cases.operations import describing, file, opening, status
from himaya.clocks.models import Deadline
from himaya.consent.answers import Answer as Said
from himaya.consent.answers import Interpreter, Question
from himaya.consent.models import Consent
from himaya.consent.operations import answering as consents
from himaya.consent.operations import ending
from himaya.decisions.models import Told as ToldOf
from himaya.decisions.operations.telling import TELL, tell
from himaya.identification import ages
from himaya.identification.manner import Manner
from himaya.identification.models import Answer, Screening, Sitting
from himaya.identification.operations import sitting, taking
from himaya.identification.operations.taking import Finding
from himaya.identification.rules import Advice
from himaya.identification.sets import Sets, sets_in
from himaya.packs.instruments import Instrument
from himaya.packs.loader import current, edition
from himaya.packs.tracks import Step
from himaya.packs.vocabulary import DECLARED, Weight
from himaya.pathway.operations import steps
from himaya.pathway.operations.steps import Stated
from himaya.pathway.pages import page_of
from himaya.pathway.unfinished import duties_of
from himaya.referrals.models import Referral
from himaya.referrals.operations import answering, completing, drafting, sending, showing
from himaya.reporting.contents import Told
from himaya.reporting.models import Report
from himaya.reporting.operations.rate import rate
from himaya.vault.models import Compartment
from tests.factories import reports
from tests.factories.moments import NOON
from tests.factories.people import People, Seat

LONG = NOON + timedelta(days=3650)  # row-level security asks the real clock
LATER = NOON + timedelta(hours=1)


def reported(people: People, **told: object) -> Report:
    """A report that the intake desk has rated."""
    said: dict[str, object] = {"language": "en", "story": reports.STORY} | told
    report = reports.send(Told(**said)).report  # type: ignore[arg-type]  # as Told has them
    with people.intake.works():
        return rate(
            actor=people.intake.actor,
            report_id=report.pk,
            seriousness=Report.Seriousness.URGENT,
            version=report.version,
            at=NOON,
        )


def opened(people: People, report: Report | None = None, **changes: object) -> Case:
    """A case that the intake officer opened for other desks."""
    report = report or reported(people)
    values = {"desk": people.worker.desk, "identification_desk": people.identifier.desk} | changes
    with people.intake.works():
        return opening.open_from_report(
            actor=people.intake.actor,
            keyring=people.intake.keyring,
            report_id=report.pk,
            at=NOON,
            **values,
        )


def signs(instrument: Instrument, found: Mapping[str, Mapping[Weight, int]]) -> dict[str, str]:
    """Answers: so many signs of each weight found in each dimension, all others not."""
    answers = dict.fromkeys([sign.id for sign in instrument.indicators], str(Answer.Value.NO))
    for dimension in instrument.dimensions:
        for weight, number in found.get(dimension.id, {}).items():
            fitting = [sign.id for sign in dimension.indicators if sign.weight is weight]
            assert len(fitting) >= number
            answers |= dict.fromkeys(fitting[:number], str(Answer.Value.YES))
    return answers


ALL_THREE = ("recruitment", "other_coercion", "forced_labour")
AN_ADULT = ages.estimated(25, 40)
BESIDE_A_CHILD = Manner(
    company=Sitting.Company.GUARDIAN, no_tie=Sitting.NoTie.APPOINTED, language="en"
)


def asked_with(code: str, lists: Collection[str] = ()) -> Sets:
    """The sets of an interview, from the pack in force."""
    return sets_in(current(), code, lists)


def screened(
    people: People | None, case: Case, *, by: Seat | None = None, **changes: object
) -> Advice:
    """An interview whose answers point to trafficking, by the labour set of the pack.

    Recorded in one go, as it is after an interview on paper. instrument: the code of another set.
    """
    sets = asked_with(str(changes.pop("instrument", "adult_labour")))
    found = {"D4": {Weight.MEDIUM: 3}, "D5": {Weight.STRONG: 2}}
    waiting = Screening.objects.filter(subject_id=case.pk, state=Screening.State.ASKED)
    screening = waiting.first() or Screening.objects.filter(subject_id=case.pk).latest("asked_at")
    values = {
        "version": screening.version,
        "sets": sets,
        "answers": signs(sets.main, found) if sets.main.scored else {},
        "manner": Manner(),
        "age": AN_ADULT,
        "finding": Finding(elements=ALL_THREE, child_then=Screening.ChildThen.NO),
        "words": "They locked the door at night.",
    } | changes
    assert by or people
    interviewer = by or people.identifier
    with interviewer.works():
        return taking.take(actor=interviewer.actor, screening_id=screening.pk, at=NOON, **values)


def sat_down(people: People, case: Case, *, name: str = "", by: Seat | None = None) -> Screening:
    """An officer sits with the person, through an interpreter, and has not finished."""
    screening = Screening.objects.get(subject_id=case.pk, state=Screening.State.ASKED)
    interpreted = Manner(interpreter=Sitting.Interpreter.PRESENT, bound=True, clear=True, name=name)
    interviewer = by or people.identifier
    with interviewer.works():
        return sitting.begin(
            actor=interviewer.actor,
            screening_id=screening.pk,
            version=screening.version,
            manner=interpreted,
            sets=asked_with("adult_labour", ["trauma_signs"]),
            age=AN_ADULT,
            at=NOON,
        )


def presumed(people: People, case: Case, **changes: object) -> StatusDecision:
    """The identification officer presumes the person a victim."""
    values = {
        "screening_id": Screening.objects.get(subject_id=case.pk).pk,
        "presumed": True,
        "reasons": [StatusDecision.Reason.ADVICE],
        "words": "The account is whole and fits what was found.",
    } | changes
    with people.identifier.works():
        return status.decide_status(
            actor=people.identifier.actor, case_id=case.pk, at=NOON, **values
        )


def noted(
    people: People, case: Case, kind: Compartment.Kind, words: str, *, by: Seat | None = None
) -> None:
    """A case worker writes into one part of the file."""
    writer = by or people.worker
    with writer.works():
        file.note(actor=writer.actor, case_id=case.pk, kind=kind, name="note", words=words, at=NOON)


def described(people: People, case: Case, **changes: object) -> Case:
    """A case worker sets the facts of the person."""
    values = {
        "version": Case.objects.get(pk=case.pk).version,
        "child": Case.Child.NO,
        "sex": "female",
        "citizenship": "PHL",
        "danger": Case.Danger.MEDIUM,
        "language": "fil",
        "interpreter": Case.Interpreter.NEEDED,
        "reachable": Case.Reachable.EVENING,
        "place": "",
        "exploitation": ["domestic_servitude"],
    } | changes
    with people.worker.works():
        return describing.describe(actor=people.worker.actor, case_id=case.pk, at=NOON, **values)


def consented(
    people: People,
    case: Case,
    *,
    to: Desk | None = None,
    kinds: Sequence[str] = (Compartment.Kind.IDENTITY, Compartment.Kind.NEEDS),
    purpose: Consent.Purpose = Consent.Purpose.SHELTER,
    until: datetime = LONG,
    at: datetime = NOON,
    **answered: object,
) -> Consent:
    """The person, or whoever decides for them, allows a shelter to see some parts of the file."""
    question = Question(to or people.shelter.desk, purpose, kinds, "fil", until)
    with people.worker.works():
        return consents.give(
            actor=people.worker.actor,
            case_id=case.pk,
            question=question,
            answer=yes(case, **answered),
            at=at,
        )


def yes(case: Case, **changes: object) -> Said:
    """A yes as it is right for the age that the case has, through an interpreter."""
    values: dict[str, object] = {
        "band": "adult",
        "method": Consent.Method.SPOKEN,
        "interpreter": Interpreter(bound=True, clear=True, name="the interpreter"),
    }
    if Case.objects.get(pk=case.pk).child != Case.Child.NO:
        values |= {
            "band": "child_12_17",
            "given_by": Consent.Giver.GUARDIAN,
            "own_view": Consent.OwnView.AGREES,
            "words": "the mother",
        }
    return Said(**(values | changes))  # type: ignore[arg-type]  # as Said has them


def drafted(
    people: People,
    case: Case,
    consent: Consent | None = None,
    *,
    to: Desk | None = None,
    words: str = "Please take her in today.",
    **changes: object,
) -> Referral:
    """A referral written and not sent; by a legal duty when there is no consent."""
    values = {"priority": Referral.Priority.URGENT, "informed": True, "at": NOON} | changes
    with people.worker.works():
        return drafting.draft(
            actor=people.worker.actor,
            case_id=case.pk,
            receiver=consent.recipient if consent else to or people.prosecutor.desk,
            consent_id=consent.pk if consent else None,
            words=words,
            **values,
        )


def previewed(people: People, referral: Referral) -> showing.Received:
    """The sender looks at what the other desk will see."""
    with people.worker.works():
        return showing.preview(
            actor=people.worker.actor,
            keyring=people.worker.keyring,
            referral_id=referral.pk,
            at=NOON,
            reason="own_work",
        )


def sent(people: People, referral: Referral) -> Referral:
    """The referral leaves, as it was previewed."""
    mark = previewed(people, referral).mark
    with people.worker.works():
        return sending.send(
            actor=people.worker.actor,
            keyring=people.worker.keyring,
            referral_id=referral.pk,
            mark=mark,
            at=NOON,
        )


def read_by(receiver: Seat, referral: Referral) -> showing.Received:
    """The receiving desk opens what came with the referral."""
    with receiver.works():
        return showing.read(
            actor=receiver.actor,
            keyring=receiver.keyring,
            referral_id=referral.pk,
            at=NOON,
            reason="own_work",
        )


def acknowledged(receiver: Seat, referral: Referral) -> Referral:
    """The receiving desk has seen it."""
    with receiver.works():
        return answering.acknowledge(actor=receiver.actor, referral_id=referral.pk, at=NOON)


def accepted(
    receiver: Seat, referral: Referral, declared: Collection[str] = ("place_held",)
) -> Referral:
    """The receiving desk takes the person on."""
    with receiver.works():
        return answering.accept(
            actor=receiver.actor, referral_id=referral.pk, declared=declared, at=NOON
        )


def begun(
    receiver: Seat, referral: Referral, declared: Collection[str] = ("place_held",)
) -> Referral:
    """The service has begun."""
    with receiver.works():
        return answering.begin(
            actor=receiver.actor, referral_id=referral.pk, declared=declared, at=NOON
        )


def completed(receiver: Seat, referral: Referral, **changes: object) -> Referral:
    """The receiving desk reports how it ended; a service that was accepted has begun by then."""
    if Referral.objects.get(pk=referral.pk).state == Referral.State.ACCEPTED:
        begun(receiver, referral)
    values = {
        "outcome": Referral.Outcome.SERVED,
        "words": "She found her feet.",
        "declared": ("person_chose",),
    } | changes
    with receiver.works():
        return completing.complete(
            actor=receiver.actor, referral_id=referral.pk, at=LATER, **values
        )


def withdrawn(people: People, consent: Consent) -> Consent:
    """The person takes a consent back."""
    with people.worker.works():
        return ending.withdraw(
            actor=people.worker.actor, case_id=consent.case_id, consent_id=consent.pk, at=LATER
        )


def in_shelter(people: People, **words: str) -> Referral:
    """A case all the way to a shelter that took the person on. words: notes by kind."""
    case = opened(people)
    screened(people, case)
    presumed(people, case)
    notes = words or {"identity": "Her name is kept here.", "needs": "A quiet room."}
    for kind, text in notes.items():
        noted(people, case, Compartment.Kind(kind), text)
    referral = sent(people, drafted(people, case, consented(people, case, kinds=list(notes))))
    acknowledged(people.shelter, referral)
    accepted(people.shelter, referral)
    return begun(people.shelter, referral)


def settled(people: People, case: Case, *, at: datetime = LATER) -> list[str]:
    """The worker takes every step that their desk still owes; returns which they were."""
    taken: list[str] = []
    with people.worker.works():
        while duties := duties_of([case]):
            if duties[0].steps == [TELL]:
                taken += told(people, case, at=at + timedelta(seconds=len(taken)))
                continue
            step = way_out(duties[0])
            stated = Stated(
                conditions=DECLARED, documents=step.documents, words="Invented reasons."
            )
            steps.take(
                actor=people.worker.actor,
                case_id=case.pk,
                step_id=step.id,
                stated=stated,
                at=at + timedelta(seconds=len(taken)),
            )
            taken.append(step.id)
    return taken


def told(people: People, case: Case, *, at: datetime = LATER) -> list[str]:
    """The worker tells the person of every decision that they do not know of yet."""
    way = "in_person" if Case.objects.get(pk=case.pk).child == Case.Child.NO else "guardian"
    known = ToldOf.objects.values("move")
    moves = list(Move.objects.filter(case=case).exclude(decides="").exclude(pk__in=known))
    for number, move in enumerate(moves):
        tell(
            actor=people.worker.actor,
            case_id=case.pk,
            move_id=move.pk,
            way=way,
            language="fil",
            interpreter=True,
            safe=True,
            at=at + timedelta(milliseconds=number),
        )
    return [TELL] * len(moves)


def way_out(deadline: Deadline) -> Step:
    """The step by which a case worker leaves the state best: to where a case may end, or on."""
    pack = edition(deadline.pack)
    ends = {state.id for state in pack.track(deadline.track).states if state.end}
    ways = [
        step
        for step in pack.steps_from(deadline.track, deadline.state)
        if page_of(pack, step) is None
        and "case_worker" in step.actors
        and step.to != deadline.state
        and "has_consent" not in step.guards
    ]
    return next((way for way in ways if way.to in ends), ways[0])
