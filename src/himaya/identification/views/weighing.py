"""What the signs advise, and what the officer finds; afterwards, to read."""

from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from himaya.accounts.pages import OfficerRequest, officer_page
from himaya.accounts.versions import on_top
from himaya.identification import elements, queries, sets
from himaya.identification.forms.weighing import WeighForm
from himaya.identification.models import Screening
from himaya.identification.operations.printing import print_form
from himaya.identification.operations.taking import take
from himaya.identification.presenters.paper import content
from himaya.identification.presenters.result import result_of, screening_result
from himaya.identification.presenters.sittings import lines
from himaya.identification.sets import Sets
from himaya.kernel.access import Permission
from himaya.kernel.errors import Refusal, Stale
from himaya.papers.make import pdf


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@officer_page(Permission.PERSON_SCREEN)
def weigh(request: OfficerRequest, screening_id: UUID) -> HttpResponse:
    """Look at the advice, say what you find, and finish."""
    screening = queries.screening_for(request.actor, screening_id)
    begun = sets.sets_begun(screening)
    over = screening.state != Screening.State.ASKED
    if begun is None or (over and request.method == "GET"):
        return redirect("identification:interview", screening.pk)
    answers = queries.answers_of(screening)
    law = queries.pack_begun_with(screening).law
    shown = elements.shown(law.elements, begun.signs, answers)
    form = WeighForm(shown, request.POST or None, initial={"version": screening.version})
    if form.is_valid():
        try:
            _finish(request, screening, begun, form)
        except Stale as stale:
            on_top(form, stale.sentence(), screening.version, {})
        except Refusal as refusal:
            form.add_error(None, refusal.sentence())
        else:
            return redirect("cases:status", screening.subject_id)
    screening.act_present, screening.child = True, sets.is_child(screening)
    context = {
        "screening": screening,
        "form": form,
        "result": result_of(screening, answers, found=(), marked=False),
        "sits": queries.open_sitting_of(screening) is not None,
    }
    return render(request, "identification/weigh.html", context, status=422 if form.errors else 200)


def _finish(request: OfficerRequest, screening: Screening, begun: Sets, form: WeighForm) -> None:
    take(
        actor=request.actor,
        screening_id=screening.pk,
        version=form.cleaned_data["version"],
        sets=begun,
        answers={},
        finding=form.finding(),
        words="",
        at=request.at,
    )


@require_safe
@officer_page(Permission.PERSON_SCREEN)
def result(request: OfficerRequest, screening_id: UUID) -> HttpResponse:
    """A finished screening, whole: advice, reasons, finding, how it was done."""
    screening = queries.screening_for(request.actor, screening_id)
    if screening.state == Screening.State.ASKED:
        return redirect("identification:interview", screening.pk)
    answers = queries.answers_of(screening)
    taken = screening.state == Screening.State.TAKEN
    context = {
        "screening": screening,
        "result": screening_result(screening, answers) if taken else None,
        "sittings": lines(queries.sittings_of(screening)),
    }
    return render(request, "identification/result.html", context)


@require_POST
@officer_page(Permission.PERSON_SCREEN)
def paper(request: OfficerRequest, screening_id: UUID) -> HttpResponse:
    """The screening form as a PDF, in the officer's language."""
    printed = print_form(actor=request.actor, screening_id=screening_id, at=request.at)
    shown = content(printed.screening, printed.answers, lines(printed.sittings))
    made = pdf("screening", shown, language=(get_language() or settings.LANGUAGE_CODE)[:2])
    name = f"{printed.screening.pseudonym}.pdf"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(made, content_type="application/pdf", headers=headers)
