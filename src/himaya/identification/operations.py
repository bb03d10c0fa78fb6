"""Asking for a screening, and making it."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from himaya.audit.record import record
from himaya.identification.errors import NoActAnswer
from himaya.identification.models import Answer, Screening
from himaya.identification.queries import screening_for
from himaya.identification.rules import Advice, advise, check_may_screen
from himaya.kernel.access import Actor
from himaya.kernel.errors import Stale
from himaya.packs.instruments import Instrument
from himaya.packs.vocabulary import Person
from himaya.vault.models import Compartment
from himaya.vault.queries import compartments_of, key_of_compartment
from himaya.vault.seal import seal


@transaction.atomic
def ask(
    *,
    actor: Actor,
    subject_id: UUID,
    pseudonym: str,
    desk_id: UUID,
    pack: str,
    due_at: datetime,
    at: datetime,
) -> Screening:
    """Ask a desk to screen the person of a case, with an instrument of the pack it goes by."""
    screening = Screening(
        subject_id=subject_id,
        pseudonym=pseudonym,
        desk_id=desk_id,
        pack=pack,
        asked_at=at,
        due_at=due_at,
    )
    screening.save(force_insert=True)
    record(
        act="screening.asked",
        actor=actor,
        at=at,
        subject_id=subject_id,
        desk_id=desk_id,
        rows=[screening],
    )
    return screening


@transaction.atomic
def take(
    *,
    actor: Actor,
    screening_id: UUID,
    version: int,
    instrument: Instrument,
    answers: Mapping[str, str],
    informed: bool,
    act_present: bool,
    officer_view: Screening.View,
    words: str,
    at: datetime,
) -> Advice:
    """Record an interview: its answers as codes, what the person said under seal, the advice.

    Raises NotKnown for a screening of another desk, NotCertified, AlreadyScreened, Stale or
    NoActAnswer; then nothing has changed.
    """
    known = screening_for(actor, screening_id)
    screening = Screening.objects.select_for_update().get(pk=known.pk)
    check_may_screen(actor, screening)
    if screening.version != version:
        raise Stale(screening=screening.pk)
    if not set(answers.values()) & {Answer.Value.YES, Answer.Value.NO}:
        raise NoActAnswer(screening=screening.pk)
    advice = advise(instrument, answers, act_present=act_present)
    screening.state = Screening.State.TAKEN
    screening.instrument = instrument.code
    screening.taken_at = at
    screening.child = instrument.person is Person.CHILD
    screening.informed = informed
    screening.act_present = act_present
    screening.positive_dimensions = advice.positive
    screening.advice = advice.category.value
    screening.officer_view = officer_view
    screening.version += 1
    screening.save()
    kept = Answer.objects.bulk_create(
        Answer(screening=screening, indicator=sign, value=value) for sign, value in answers.items()
    )
    compartment = compartments_of(screening.subject_id).get(kind=Compartment.Kind.SCREENING)
    epoch = key_of_compartment(compartment)
    said = seal(epoch=epoch, name="interview", content=words.encode(), at=at)
    record(
        act="screening.taken",
        actor=actor,
        at=at,
        subject_id=screening.subject_id,
        desk_id=screening.desk_id,
        facts={"instrument": instrument.code, "advice": advice.category.value},
        rows=[screening, *kept, said],
    )
    return advice


@transaction.atomic
def follow_pack(*, actor: Actor, subject_id: UUID, pack: str, at: datetime) -> None:
    """Screenings that wait use the instruments of the edition to which their case was moved."""
    waiting = Screening.objects.select_for_update().filter(
        subject_id=subject_id, state=Screening.State.ASKED
    )
    for screening in waiting:
        screening.pack = pack
        screening.save(update_fields=["pack"])
        record(
            act="screening.pack_moved",
            actor=actor,
            at=at,
            subject_id=subject_id,
            desk_id=screening.desk_id,
            rows=[screening],
        )


@transaction.atomic
def end_with_case(*, actor: Actor, subject_id: UUID, at: datetime) -> None:
    """End the screenings of a case that nobody has made: there is nobody to interview any more."""
    waiting = Screening.objects.select_for_update().filter(
        subject_id=subject_id, state=Screening.State.ASKED
    )
    for screening in waiting:
        screening.state = Screening.State.ENDED
        screening.version += 1
        screening.save(update_fields=["state", "version"])
        record(
            act="screening.ended",
            actor=actor,
            at=at,
            subject_id=subject_id,
            desk_id=screening.desk_id,
            rows=[screening],
        )
