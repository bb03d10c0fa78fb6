"""The guard of every officer's page."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib.auth.views import redirect_to_login
from django.db import connection
from django.http import HttpRequest, HttpResponse

from himaya.accounts.errors import AgencyEnded, NoSecondFactor, NotFresh, SignedOut
from himaya.accounts.fresh import is_fresh
from himaya.accounts.models import Officer
from himaya.accounts.queries import Admission, admission_of
from himaya.accounts.sessions import end, goes_on
from himaya.kernel.access import Actor, Permission


class OfficerRequest(HttpRequest):
    """A request of an officer who has signed in. at: the moment of its transaction."""

    actor: Actor
    at: datetime
    user: Officer


P = ParamSpec("P")
OfficerView = Callable[Concatenate[OfficerRequest, P], HttpResponse]
Page = Callable[Concatenate[HttpRequest, P], HttpResponse]


def transaction_time() -> datetime:
    """The moment that the present transaction began, by the database's clock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT now()")
        return cast(datetime, cursor.fetchone()[0])


def enter(actor: Actor) -> None:
    """Tell the database, for this transaction only, whose rows may be seen."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('himaya.actor', %s, true), set_config('himaya.desks', %s, true),"
            " set_config('himaya.permissions', %s, true), set_config('himaya.agency', %s, true)",
            [
                str(actor.officer_id or ""),
                ",".join(str(desk) for desk in sorted(actor.desk_ids)),
                ",".join(sorted(actor.permissions)),
                str(actor.agency_id or ""),
            ],
        )


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in first. Raises SignedOut for a form, whose page keeps what was typed."""
    if request.method == "POST":
        raise SignedOut
    return redirect_to_login(request.get_full_path())


def _check_admitted(officer: Officer, admission: Admission) -> None:
    if admission.agency_ended:
        raise AgencyEnded(agency=officer.agency_id)
    if not admission.has_second_factor:
        raise NoSecondFactor


def officer_page(
    *permissions: Permission, fresh: bool = False, recovering: bool = False
) -> Callable[[OfficerView[P]], Page[P]]:
    """Let in an officer who has signed in with a second factor and has one of the permissions.

    Without any permission named, every officer may come in. Sets request.actor and request.at.
    fresh: a second factor must have been given within the last five minutes, or is asked for again
    in place of the page; recovering: a recovery code counts as well.
    """

    def guard(view: OfficerView[P]) -> Page[P]:
        @wraps(view)
        def page(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if not isinstance(request.user, Officer):
                return _to_sign_in(request)
            entered = cast(OfficerRequest, request)
            admission = admission_of(request.user)
            entered.at = admission.at
            if not goes_on(request.session, entered.at):
                end(request)
                return _to_sign_in(request)
            _check_admitted(request.user, admission)
            entered.actor = admission.actor
            enter(entered.actor)
            if permissions and not any(map(entered.actor.may, permissions)):
                entered.actor.need(permissions[0])
            if fresh and not is_fresh(request.session, entered.at, recovering=recovering):
                raise NotFresh(recovering=recovering)
            return view(entered, *args, **kwargs)

        page.permissions = permissions  # type: ignore[attr-defined]  # read by the matrix of who sees what
        page.fresh = fresh  # type: ignore[attr-defined]  # as above
        return cast(Page[P], page)

    return guard
