"""The interview itself: questions, a break, stopping."""

from collections.abc import Mapping
from typing import cast
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from himaya.accounts.pages import OfficerRequest, officer_page
from himaya.accounts.versions import Version, on_top
from himaya.identification import queries, sets
from himaya.identification.forms.asking import QuestionsForm, StopForm
from himaya.identification.models import Answer, Screening, Sitting
from himaya.identification.operations import sitting
from himaya.identification.presenters.asking import parts
from himaya.kernel.access import Permission
from himaya.kernel.errors import Refusal, Stale

NEXT = {"stop": "identification:stop", "weigh": "identification:weigh"}


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@officer_page(Permission.PERSON_SCREEN)
def ask(request: OfficerRequest, screening_id: UUID) -> HttpResponse:
    """Ask, and keep what was answered so far.

    What is sent after a colleague has stopped or finished is refused, and shown again as typed.
    """
    screening = queries.screening_for(request.actor, screening_id)
    begun = sets.sets_begun(screening)
    sits = queries.open_sitting_of(screening)
    if begun is None or (sits is None and request.method == "GET"):
        return redirect("identification:interview", screening.pk)
    kept = queries.answers_of(screening)
    form = QuestionsForm(
        begun, request.POST or None, initial={**kept, "version": screening.version}
    )
    newer: list[Version] = []
    act = request.POST.get("act", "keep")
    if form.is_valid():
        try:
            _keep(request, screening, form, pause=act == "break")
        except Stale as stale:
            _take_in(form, kept)
            both = on_top(form, stale.sentence(), screening.version, kept)
            newer = [each for each in both if each.differs and each.theirs]
        except Refusal as refusal:
            form.add_error(None, refusal.sentence())
        else:
            return redirect(NEXT.get(act, "identification:ask"), screening.pk)
    context = {
        "screening": screening,
        "sitting": sits,
        "form": form,
        "newer": newer,
        "parts": parts(begun, form, queries.carried_of(screening)),
        "retired": sets.was_retired(screening, request.at.date()),
        "instrument": begun.main,
    }
    return render(request, "identification/ask.html", context, status=422 if form.errors else 200)


def _take_in(form: QuestionsForm, kept: Mapping[str, str]) -> None:
    """Let a stale form have what a colleague asked meanwhile and this officer did not."""
    data = cast(QueryDict, form.data).copy()
    for sign, value in kept.items():
        if data.get(sign, Answer.Value.NOT_ASKED) in ("", Answer.Value.NOT_ASKED):
            data[sign] = value
    form.data = data


def _keep(
    request: OfficerRequest, screening: Screening, form: QuestionsForm, *, pause: bool
) -> None:
    sitting.keep(
        actor=request.actor,
        screening_id=screening.pk,
        version=form.cleaned_data["version"],
        answers=form.answers(queries.answers_of(screening)),
        words=form.cleaned_data["words"],
        at=request.at,
        pause=pause,
    )


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@officer_page(Permission.PERSON_SCREEN)
def stop(request: OfficerRequest, screening_id: UUID) -> HttpResponse:
    """Stop, say why, and leave it so that somebody can go on another day."""
    screening = queries.screening_for(request.actor, screening_id)
    if request.method == "GET" and queries.open_sitting_of(screening) is None:
        return redirect("identification:interview", screening.pk)
    form = StopForm(request.POST or None, initial={"version": screening.version})
    if form.is_valid():
        try:
            sitting.stop(
                actor=request.actor,
                screening_id=screening.pk,
                version=form.cleaned_data["version"],
                why=Sitting.Ended(form.cleaned_data["why"]),
                words=form.cleaned_data["words"],
                at=request.at,
            )
        except Stale as stale:
            on_top(form, stale.sentence(), screening.version, {})
        except Refusal as refusal:
            form.add_error(None, refusal.sentence())
        else:
            return redirect("identification:index")
    context = {"screening": screening, "form": form}
    return render(request, "identification/stop.html", context, status=422 if form.errors else 200)
