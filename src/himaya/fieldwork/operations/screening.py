"""What was answered on a card, as a finished screening."""

from datetime import datetime

from django.db import transaction

from himaya.fieldwork.contents import Noted
from himaya.fieldwork.rules import answers_for, instrument_for
from himaya.identification.ages import Age
from himaya.identification.manner import Manner
from himaya.identification.models import Screening, Sitting
from himaya.identification.operations.taking import Finding, take
from himaya.identification.queries import pack_of_screening
from himaya.identification.rules import Advice
from himaya.identification.sets import sets_in
from himaya.kernel.access import Actor
from himaya.packs.loader import current

Basis, Found = Screening.AgeBasis, Screening.AgeFound
AGES = {
    "adult": Age(Basis.ESTIMATE, Found.ADULT),
    "child": Age(Basis.ESTIMATE, Found.CHILD),
    "unsure": Age(Basis.UNKNOWN, Found.DOUBT),
}


@transaction.atomic
def finish(
    *, actor: Actor, noted: Noted, screening: Screening, finding: Finding, at: datetime
) -> Advice:
    """Finish a screening with what was answered, in the transaction of whoever takes it in.

    Raises what `identification.take` raises: also where an officer of the desk lacks a training.
    """
    pack = pack_of_screening(screening)
    card = current().card
    instrument = instrument_for({each.code: each for each in pack.instruments}, card, noted.age)
    return take(
        actor=actor,
        screening_id=screening.pk,
        version=screening.version,
        sets=sets_in(pack, instrument.code),
        answers=answers_for(card, instrument, noted.answers),
        finding=finding,
        words=noted.words(),
        at=at,
        manner=_manner(noted),
        age=AGES[noted.age],
    )


def _manner(noted: Noted) -> Manner:
    """How the interview was arranged, as the officer in the field has said."""
    helped = bool(noted.interpreter)
    return Manner(
        informed=noted.informed,
        private=noted.private,
        language=noted.language,
        interpreter=Sitting.Interpreter.PRESENT if helped else Sitting.Interpreter.NOT_NEEDED,
        bound=helped and noted.bound,
        clear=helped and noted.bound,
        sex=Sitting.Sex.MALE if noted.sex == Sitting.Sex.MALE else Sitting.Sex.FEMALE,
    )
