"""Who an officer is when they act."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.functions import TransactionNow
from django.db.models import DateField, Exists, OuterRef, QuerySet
from django.db.models.functions import Cast

from himaya.accounts.models import Certificate, Membership, Officer
from himaya.accounts.roles import ROLES
from himaya.agencies.models import Agency
from himaya.kernel.access import Actor, Permission

SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


@dataclass(frozen=True, slots=True)
class Admission:
    """What the guard of a page must know of an officer. at: the moment the transaction began."""

    at: datetime
    actor: Actor
    agency_ended: bool
    has_second_factor: bool


def admission_of(officer: Officer) -> Admission:
    """All of it in one question: every page of the site asks it."""
    today = Cast(TransactionNow(), DateField())
    ended = Agency.objects.filter(pk=OuterRef("agency_id"), ended_on__lte=today)
    factors = Authenticator.objects.filter(user=OuterRef("pk"), type__in=SECOND_FACTORS)
    at, agency_ended, has_factor, desks, held = (
        Officer.objects.annotate(
            at=TransactionNow(),
            agency_ended=Exists(ended),
            has_factor=Exists(factors),
            desks=ArraySubquery(_seats()),
            held=ArraySubquery(_trainings().filter(valid_until__gte=today)),
        )
        .values_list("at", "agency_ended", "has_factor", "desks", "held")
        .get(pk=officer.pk)
    )
    return Admission(at, _actor(officer, desks, held), agency_ended, has_factor)


def actor_of(officer: Officer, on: date) -> Actor:
    """The officer as an actor: their desks, valid certificates, and what their roles allow.

    A role that asks for a training counts only while the certificate is valid on that day.
    """
    valid = _trainings().filter(valid_until__gte=on)
    found = Officer.objects.annotate(desks=ArraySubquery(_seats()), held=ArraySubquery(valid))
    return _actor(officer, *found.values_list("desks", "held").get(pk=officer.pk))


def _actor(officer: Officer, desks: Collection[UUID], held: Collection[str]) -> Actor:
    permissions, closed = set[Permission](), set[Permission]()
    for code in officer.roles:
        role = ROLES[code]
        valid = not role.certificate or role.certificate in held
        (permissions if valid else closed).update(role.permissions)
    return Actor(
        kind="officer",
        name=officer.roles[0],
        officer_id=officer.pk,
        agency_id=officer.agency_id,
        roles=frozenset(officer.roles),
        desk_ids=frozenset(desks),
        permissions=frozenset(permissions),
        certificates=frozenset(held),
        lapsed=frozenset(closed - permissions),
    )


def _seats() -> QuerySet[Membership, Any]:
    return Membership.objects.filter(officer=OuterRef("pk")).values("desk_id")


def _trainings() -> QuerySet[Certificate, Any]:
    return Certificate.objects.filter(officer=OuterRef("pk")).values("topic")
