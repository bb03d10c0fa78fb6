"""Pages of tasks: giving one, and what becomes of it."""

from collections.abc import Sequence
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from himaya.accounts.pages import OfficerRequest, officer_page
from himaya.accounts.versions import Version, on_top
from himaya.cases.colleagues import who_see
from himaya.cases.queries import case_for
from himaya.kernel.access import Permission
from himaya.kernel.errors import Refusal, Stale
from himaya.tasks import presenters, queries
from himaya.tasks.forms import DropForm, PassOnForm, TaskForm
from himaya.tasks.models import Task
from himaya.tasks.operations import ending, giving


@sensitive_post_parameters("words")
@require_http_methods(["GET", "POST"])
@officer_page(Permission.CASE_WORK)
def give(request: OfficerRequest, case_id: UUID) -> HttpResponse:
    """Give a task of a case."""
    case = case_for(request.actor, case_id)
    form = TaskForm(request.POST or None, colleagues=who_see(case.desk_id))
    if form.is_valid():
        try:
            giving.give(
                actor=request.actor,
                case_id=case.pk,
                kind=Task.Kind(form.cleaned_data["kind"]),
                officer_id=form.cleaned_data["officer"],
                until=form.cleaned_data["until"],
                words=form.cleaned_data["words"],
                at=request.at,
            )
        except Refusal as refusal:
            form.add_error(None, refusal.sentence())
        else:
            return redirect("pathway:case", case.pk)
    status = 422 if form.errors else 200
    return render(request, "tasks/give.html", {"case": case, "form": form}, status=status)


@require_safe
@officer_page(Permission.CASE_WORK)
def show(request: OfficerRequest, task_id: UUID) -> HttpResponse:
    """One task: done, dropped, or passed on."""
    return _shown(request, queries.task_for(request.actor, task_id))


def _shown(
    request: OfficerRequest,
    task: Task,
    *,
    drop: DropForm | None = None,
    pass_on: PassOnForm | None = None,
    newer: Sequence[Version] = (),
    status: int = 200,
) -> HttpResponse:
    colleagues = who_see(task.desk_id)
    names = {each.id: each.username for each in colleagues}
    known = {"version": task.version, "officer": task.officer_id}
    context = {
        "task": task,
        "line": presenters.line(task, names, queries.today(request.at)),
        "pass_on": pass_on or PassOnForm(initial=known, colleagues=colleagues),
        "drop": drop or DropForm(initial=known),
        "wrong": drop or pass_on,
        "newer": newer,
    }
    return render(request, "tasks/show.html", context, status=status)


def _stale(
    request: OfficerRequest, task_id: UUID, form: DropForm | PassOnForm, stale: Stale
) -> HttpResponse:
    """The task as a colleague left it, beside what this officer wants; their choice stays."""
    task = queries.task_for(request.actor, task_id)
    theirs = {"officer": task.officer_id, "why": task.why_dropped}
    newer = on_top(form, stale.sentence(), task.version, theirs)
    forms = {"drop": form} if isinstance(form, DropForm) else {"pass_on": form}
    return _shown(request, task, newer=newer, status=stale.status, **forms)


@require_POST
@officer_page(Permission.CASE_WORK)
def finish(request: OfficerRequest, task_id: UUID) -> HttpResponse:
    """It is done."""
    task = queries.task_for(request.actor, task_id)
    ending.finish(
        actor=request.actor, task_id=task.pk, version=_version(request, task), at=request.at
    )
    return redirect("pathway:case", task.case_id)


@require_POST
@officer_page(Permission.CASE_WORK)
def drop(request: OfficerRequest, task_id: UUID) -> HttpResponse:
    """It will not be done, and why."""
    task = queries.task_for(request.actor, task_id)
    form = DropForm(request.POST)
    if not form.is_valid():
        return _shown(request, task, drop=form, status=422)
    try:
        ending.drop(actor=request.actor, task_id=task.pk, at=request.at, **form.cleaned_data)
    except Stale as stale:
        return _stale(request, task_id, form, stale)
    return redirect("pathway:case", task.case_id)


@require_POST
@officer_page(Permission.CASE_WORK)
def pass_on(request: OfficerRequest, task_id: UUID) -> HttpResponse:
    """Another officer does it, or whoever comes."""
    task = queries.task_for(request.actor, task_id)
    form = PassOnForm(request.POST, colleagues=who_see(task.desk_id))
    if not form.is_valid():
        return _shown(request, task, pass_on=form, status=422)
    try:
        giving.pass_on(
            actor=request.actor,
            task_id=task.pk,
            officer_id=form.cleaned_data["officer"],
            version=form.cleaned_data["version"],
            at=request.at,
        )
    except Stale as stale:
        return _stale(request, task_id, form, stale)
    return redirect("tasks:show", task.pk)


def _version(request: OfficerRequest, task: Task) -> int:
    """The version that the officer saw; a form without one counts as stale."""
    said = request.POST.get("version", "")
    return int(said) if said.isdecimal() else -task.version
