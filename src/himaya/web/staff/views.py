"""The officers' pages that belong to no one concept."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from himaya.accounts.models import Officer
from himaya.accounts.pages import OfficerRequest, enter, officer_page, transaction_time
from himaya.accounts.queries import actor_of
from himaya.accounts.sessions import end
from himaya.config.env import environment
from himaya.kernel.access import Permission
from himaya.vault import operations
from himaya.vault.keyring import COOKIE
from himaya.web.staff.installation import last_examination
from himaya.web.staff.presenters import in_order
from himaya.web.staff.samples import samples
from himaya.web.staff.tasks import all_tasks


@require_GET
@officer_page()
def home(request: OfficerRequest) -> HttpResponse:
    """My day."""
    tasks = in_order(all_tasks(request.actor, request.at), request.at)
    return render(request, "web/staff/home.html", {"tasks": tasks, "at": request.at})


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Forget the opened key and the session. Also leaves a sign-in that is half done."""
    if isinstance(request.user, Officer):
        at = transaction_time()
        actor = actor_of(request.user, at.date())
        enter(actor)
        operations.lock(actor=actor, at=at)
    end(request)
    response = redirect("account_login")
    response.delete_cookie(COOKIE, samesite="Strict")
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


@require_GET
@officer_page(Permission.INSTALLATION_SEE)
def installation(request: OfficerRequest) -> HttpResponse:
    """What the doctor found last."""
    words = {"examined": last_examination()}
    return render(request, "web/staff/installation.html", words)


@require_GET
@officer_page()
def components(request: OfficerRequest) -> HttpResponse:
    """Every component in both directions, while the data are invented."""
    if not environment().demo:
        raise Http404
    return render(request, "web/staff/components.html", samples(request.at))


@require_GET
def healthz(request: HttpRequest) -> HttpResponse:
    """Ready."""
    return HttpResponse("ok", content_type="text/plain")
