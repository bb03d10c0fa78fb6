"""Telling a person what was decided about them."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from himaya.accounts.pages import OfficerRequest, officer_page
from himaya.cases.forms import languages
from himaya.cases.models import Case, Move
from himaya.cases.queries import case_for
from himaya.cases.tracks import pack_of
from himaya.config.languages import WRITTEN_IN
from himaya.decisions.models import Told
from himaya.decisions.operations.telling import make_letter, tell
from himaya.decisions.presenters import decided_line
from himaya.decisions.queries import move_for
from himaya.decisions.tell_forms import LetterForm, TellForm
from himaya.decisions.wording import letter, may_ask_until
from himaya.kernel.access import Permission
from himaya.kernel.errors import Refusal


@require_http_methods(["GET", "POST"])
@officer_page(Permission.DECISION_TELL)
def told(request: OfficerRequest, case_id: UUID, move_id: UUID) -> HttpResponse:
    """Tell a person of a decision: what to say, a letter, and how it was told."""
    case = case_for(request.actor, case_id)
    move = move_for(case, move_id)
    form = _tell_form(request, case)
    if form.is_valid():
        try:
            tell(
                actor=request.actor,
                case_id=case.pk,
                move_id=move.pk,
                at=request.at,
                **form.cleaned_data,
            )
        except Refusal as refusal:
            form.add_error(None, refusal.sentence())
        else:
            return redirect("pathway:case", case.pk)
    return _page(request, case, move, form=form)


@sensitive_post_parameters("reasons")
@require_POST
@officer_page(Permission.DECISION_TELL)
def paper(request: OfficerRequest, case_id: UUID, move_id: UUID) -> HttpResponse:
    """The letter about a decision, as PDF in the person's language."""
    case = case_for(request.actor, case_id)
    move = move_for(case, move_id)
    form = LetterForm(_spoken(), request.POST)
    if not form.is_valid():
        return _page(request, case, move, paper_form=form)
    made = make_letter(
        actor=request.actor,
        case_id=case.pk,
        move_id=move.pk,
        language=form.cleaned_data["language"],
        words=form.cleaned_data["reasons"],
        at=request.at,
    )
    return HttpResponse(
        made,
        content_type="application/pdf",
        headers={"Content-Disposition": "attachment; filename=letter.pdf"},
    )


def _spoken() -> list[tuple[str, str]]:
    """Every language that can be chosen; nobody is told in one that is not known."""
    return [(code, str(name)) for code, name in languages() if code]


def _tell_form(request: OfficerRequest, case: Case) -> TellForm:
    known = {"language": case.language or WRITTEN_IN}
    child = case.child != Case.Child.NO
    return TellForm(_spoken(), request.POST or None, child=child, initial=known)


def _page(
    request: OfficerRequest,
    case: Case,
    move: Move,
    *,
    form: TellForm | None = None,
    paper_form: LetterForm | None = None,
) -> HttpResponse:
    pack, known = pack_of(case), {"language": case.language or WRITTEN_IN}
    until = may_ask_until(pack, move, request.at)
    context = {
        "case": case,
        "line": decided_line(pack, move, Told.objects.filter(move=move).first()),
        "said": letter(pack, move, case.language or WRITTEN_IN, until),
        "form": form or TellForm(_spoken(), child=case.child != Case.Child.NO, initial=known),
        "paper_form": paper_form or LetterForm(_spoken(), initial=known),
        "reachable": case.get_reachable_display(),
    }
    wrong = any(each is not None and each.errors for each in (form, paper_form))
    return render(request, "decisions/tell.html", context, status=422 if wrong else 200)
