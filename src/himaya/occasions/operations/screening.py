"""Somebody who was met is screened: in a case that is opened for them, or in one they have."""

from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Model

from himaya.agencies.models import Desk
from himaya.audit.record import record
from himaya.cases.models import Case
from himaya.cases.persons import case_named
from himaya.cases.screening import ask_for_screening
from himaya.cases.without_report import save_without_report
from himaya.kernel.access import Actor
from himaya.occasions import sealed
from himaya.occasions.held import held
from himaya.occasions.models import Met, Occasion
from himaya.occasions.queries import met_for
from himaya.occasions.rules import check_is_nobody_else, check_may_keep, check_waits
from himaya.packs.editions import code_of
from himaya.packs.loader import current
from himaya.vault import queries as vault
from himaya.vault.keyring import Keyring
from himaya.vault.models import Compartment, Grant
from himaya.vault.seal import open_circle, seal
from himaya.vault.tokens import Domain

CHANNEL = "occasion"  # what stands in place of a report's channel


@transaction.atomic
def begin_screening(
    *,
    actor: Actor,
    keyring: Keyring,
    met_id: UUID,
    desk: Desk,
    identification_desk: Desk,
    at: datetime,
) -> Case:
    """Open a case for somebody who was met, and ask a desk to screen them.

    The name, when it is known, goes sealed into the case's file, for the desk that leads it.
    Raises NotKnown, OccasionClosed, AlreadySettled, or NoKey where a name is locked.
    """
    met, occasion = _waiting(actor, met_id)
    case = Case(
        pk=uuid4(),
        channel=CHANNEL,
        desk=desk,
        identification_desk=identification_desk,
        place=occasion.place,
        pack=code_of(current()),
        opened_at=at,
        first_sign_at=met.met_at,
    )
    # Who was met is tied to the case first: by that the desk may see the row that it puts in.
    _tie(met, case.pk, "opening", at)
    rows = save_without_report(case, at=at)
    _tie(met, case.pk, case.pseudonym, at)
    rows += _name_into(case, met, actor, keyring, at)
    record(
        act="case.opened_from_occasion",
        actor=actor,
        at=at,
        subject_id=case.pk,
        desk_id=desk.pk,
        facts={"occasion": str(occasion.pk)},
        rows=rows,
    )
    _begun(met, occasion, actor, at)
    ask_for_screening(case, actor=actor, at=at)
    return case


@transaction.atomic
def known_already(*, actor: Actor, met_id: UUID, number: str, at: datetime) -> Met:
    """Somebody who was met has a case of the actor's desks already: they are screened in that one.

    number: of that case. Raises NotKnown, OccasionClosed, AlreadySettled, NoSuchCase or
    ScreenedAsAnother.
    """
    met, occasion = _waiting(actor, met_id)
    case = case_named(actor, number)
    others = Met.objects.filter(occasion=occasion, case_id=case.pk)
    check_is_nobody_else(case.pk, taken=others.exists())
    _tie(met, case.pk, case.pseudonym, at)
    _begun(met, occasion, actor, at)
    return met


def _waiting(actor: Actor, met_id: UUID) -> tuple[Met, Occasion]:
    """Somebody who waits on an occasion of the actor's, both rows locked."""
    occasion = held(actor, met_for(actor, met_id).occasion_id)
    check_may_keep(actor, occasion)
    met = Met.objects.select_for_update(of=("self",)).get(pk=met_id)
    check_waits([met])
    return met, occasion


def _tie(met: Met, case_id: UUID, pseudonym: str, at: datetime) -> None:
    met.case_id, met.pseudonym, met.settled_at = case_id, pseudonym, at
    met.save(update_fields=["case_id", "pseudonym", "settled_at"])


def _name_into(case: Case, met: Met, actor: Actor, keyring: Keyring, at: datetime) -> list[Model]:
    """The name of whoever was met, sealed anew into the part of the case that holds who it is."""
    if met.name_id is None:
        return []
    said = sealed.name_of(keyring=keyring, actor=actor, met=met, at=at)
    circle = open_circle(
        kind=Compartment.Kind.IDENTITY,
        subject_id=case.pk,
        readers=vault.readers([case.desk_id], Grant.Reason.CASE),
        at=at,
    )
    item = seal(epoch=circle.epoch, name=Domain.NAME.value, content=said.encode(), at=at)
    return [circle.compartment, circle.epoch, *circle.grants, item]


def _begun(met: Met, occasion: Occasion, actor: Actor, at: datetime) -> None:
    record(
        act="occasion.screening_begun",
        actor=actor,
        at=at,
        subject_id=occasion.pk,
        desk_id=occasion.desk_id,
        rows=[met],
    )
