"""Every write of the prosecution."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from himaya.audit.record import record
from himaya.cases.tracks import take_step
from himaya.justice.models import Lawsuit
from himaya.justice.queries import lawsuit_on
from himaya.justice.rules import check_may_open
from himaya.kernel.access import Actor
from himaya.referrals.operations.trace import locked
from himaya.vault import queries as vault
from himaya.vault.models import Compartment, Grant
from himaya.vault.seal import open_circle, seal


@transaction.atomic
def open_lawsuit(
    *, actor: Actor, referral_id: UUID, offences: Sequence[str], words: str, at: datetime
) -> Lawsuit:
    """Record that a public lawsuit was opened. Only the status crosses to the person's case.

    words: reference and notes of the file, sealed to the prosecution's desk alone.
    Raises NotAccepted, AlreadyOpened or NoOffence; then nothing has changed.
    """
    referral = locked(actor, referral_id)  # so that of two lawsuits opened at once one is refused
    opened = lawsuit_on(actor, referral) is not None
    check_may_open(actor, referral, opened=opened, offences=offences)
    lawsuit = Lawsuit(
        referral=referral,
        case_id=referral.case_id,
        pseudonym=referral.pseudonym,
        desk_id=referral.receiver_id,
        offences=list(offences),
        opened_at=at,
    )
    lawsuit.save(force_insert=True)
    circle = open_circle(
        kind=Compartment.Kind.FILE,
        subject_id=lawsuit.id,
        readers=vault.readers([lawsuit.desk_id], Grant.Reason.AUTHOR),
        at=at,
    )
    file = seal(epoch=circle.epoch, name="file", content=words.encode(), at=at)
    record(
        act="lawsuit.opened",
        actor=actor,
        at=at,
        subject_id=lawsuit.id,
        desk_id=lawsuit.desk_id,
        rows=[lawsuit, circle.compartment, circle.epoch, *circle.grants, file],
    )
    track = take_step(
        step_id="open_lawsuit",
        case_id=lawsuit.case_id,
        actor=actor,
        referred_to=lawsuit.desk_id,
        at=at,
    )
    record(
        act="case.lawsuit_opened",
        actor=actor,
        at=at,
        subject_id=lawsuit.case_id,
        desk_id=lawsuit.desk_id,
        rows=[track],
    )
    return lawsuit
