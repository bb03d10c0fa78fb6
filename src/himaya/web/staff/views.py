"""The officers' pages that belong to no one concept."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from himaya.accounts.models import Officer
from himaya.accounts.pages import OfficerRequest, enter, officer_page, transaction_time
from himaya.accounts.queries import actor_of
from himaya.accounts.sessions import end
from himaya.clocks.queries import for_day
from himaya.config.env import environment
from himaya.kernel.access import Permission
from himaya.kernel.errors import Refusal
from himaya.tasks.models import Aside
from himaya.tasks.operations.aside import put_aside, take_back
from himaya.vault import operations
from himaya.vault.keyring import COOKIE
from himaya.web.staff.day.forms import AsideForm
from himaya.web.staff.day.whole import day_of, task_on
from himaya.web.staff.deadlines.views import SEES_LINES
from himaya.web.staff.installation import last_examination
from himaya.web.staff.samples import samples


@require_GET
@officer_page()
def home(request: OfficerRequest) -> HttpResponse:
    """My day."""
    day = day_of(request.actor, request.at)
    sees = any(map(request.actor.may, SEES_LINES))
    overdue = for_day(request.actor, request.at) if sees else None
    context = {"day": day, "overdue": overdue, "at": request.at}
    return render(request, "web/staff/home.html", context)


@require_http_methods(["GET", "POST"])
@officer_page()
def aside(request: OfficerRequest) -> HttpResponse:
    """Put a line of one's own day aside, with a reason and until a day."""
    task = task_on(request.actor, request.GET.get("line", ""), request.at)
    form = AsideForm(request.POST or None)
    if form.is_valid():
        try:
            put_aside(
                actor=request.actor,
                kind=task.kind,
                line=task.id,
                reason=Aside.Reason(form.cleaned_data["reason"]),
                until=request.at + form.wait(),
                danger=task.danger,
                due_at=task.until,
                at=request.at,
            )
        except Refusal as refusal:
            form.add_error(None, refusal.sentence())
        else:
            return redirect("home")
    status = 422 if form.errors else 200
    context = {"form": form, "task": task, "at": request.at}
    return render(request, "web/staff/aside.html", context, status=status)


@require_POST
@officer_page()
def back(request: OfficerRequest) -> HttpResponse:
    """Take back what was put aside."""
    task = task_on(request.actor, request.GET.get("line", ""), request.at)
    take_back(actor=request.actor, kind=task.kind, line=task.id, at=request.at)
    return redirect("home")


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
    # Not the storage: all that lies there is the screening card, and sealed records that wait.
    response.headers["Clear-Site-Data"] = '"cache"'
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
