"""What the frame of an officer's page says about the officer."""

from functools import cache
from typing import cast
from uuid import UUID

from django.db import connection, transaction
from django.http import HttpRequest

from himaya.accounts.pages import OfficerRequest, enter
from himaya.accounts.roles import ROLES
from himaya.agencies.models import Desk
from himaya.vault.keyring import is_unlocked
from himaya.web.staff.presenters import Me, links


def officer(request: HttpRequest) -> dict[str, Me | None]:
    """Context processor: the officer of this page, or None before signing in."""
    if not hasattr(request, "actor"):
        return {"me": None}
    return {"me": _me(cast(OfficerRequest, request))}


def _me(request: OfficerRequest) -> Me:
    return Me(
        name=request.user.username,
        role=" · ".join(str(ROLES[code].title) for code in request.user.roles),
        desks=" · ".join(sorted(_desk(desk_id).label() for desk_id in request.actor.desk_ids)),
        unlocked=_unlocked(request),
        links=links(request.actor, request.path),
    )


@cache
def _desk(desk_id: UUID) -> Desk:
    """A desk's names change with the country pack, and with it every process starts anew."""
    return Desk.objects.get(id=desk_id)


def _unlocked(request: OfficerRequest) -> bool:
    if connection.in_atomic_block:
        return is_unlocked(request)
    # The page of a refusal is made after its transaction has ended, and with it what the
    # database had been told of the officer.
    with transaction.atomic():
        enter(request.actor)
        return is_unlocked(request)
