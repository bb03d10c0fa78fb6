"""Acts of two, for an officer's pages: what waits for them, what they asked, one request."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from himaya.accounts.acts_of_two import ACTS_OF_TWO
from himaya.accounts.models import TwoPersonAct
from himaya.kernel.access import Actor, Permission
from himaya.kernel.errors import NotKnown

SHOWN = 50
TAKES_PART: tuple[Permission, ...] = tuple(
    sorted({permission for act in ACTS_OF_TWO.values() for permission in (act.ask, act.approve)})
)


def _seen_by(actor: Actor) -> QuerySet[TwoPersonAct]:
    """Requests of acts that the actor may ask for or allow, and their own."""
    known = [
        code for code, act in ACTS_OF_TWO.items() if actor.may(act.ask) or actor.may(act.approve)
    ]
    found = TwoPersonAct.objects.filter(Q(act__in=known) | Q(asked_by=actor.officer_id))
    return found.select_related("asked_by", "asked_by_agency", "decided_by", "decided_by_agency")


def waits_for(actor: Actor, at: datetime) -> QuerySet[TwoPersonAct]:
    """Requests that this officer may decide on now, the one that ends soonest first."""
    may = [code for code, act in ACTS_OF_TWO.items() if actor.may(act.approve)]
    waiting = _seen_by(actor).filter(
        act__in=may, decided_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=at
    )
    own_body = Q(other_body=True, asked_by_agency=actor.agency_id)
    return waiting.exclude(asked_by=actor.officer_id).exclude(own_body).order_by("expires_at")


def asked_by(actor: Actor) -> QuerySet[TwoPersonAct]:
    """What this officer asked for, newest first."""
    found = _seen_by(actor).filter(asked_by=actor.officer_id)
    return found.order_by("-asked_at")[:SHOWN]


def request_for(actor: Actor, request_id: UUID) -> TwoPersonAct:
    """One request. Raises NotKnown for one that the actor has no part in."""
    found = _seen_by(actor).filter(id=request_id).first()
    if found is None:
        raise NotKnown(request=request_id)
    return found
