"""Pages that ask: the person, the person again, or a second officer."""

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from himaya.accounts.pages import OfficerRequest, officer_page
from himaya.cases.models import Case
from himaya.cases.queries import case_for
from himaya.cases.tracks import pack_of
from himaya.consent import pages, queries
from himaya.consent.forms.question import OverrideForm, QuestionForm, RenewForm
from himaya.consent.models import Consent
from himaya.consent.operations import asking, overriding
from himaya.kernel.access import Permission
from himaya.kernel.errors import Refusal

form_page = require_http_methods(["GET", "POST"])


def _asked(
    request: OfficerRequest, case: Case, form: forms.Form, template: str, do: Callable[[], Consent]
) -> HttpResponse:
    """A form that makes a consent: its page again, or the page of what it made."""
    if form.is_valid():
        try:
            consent = do()
        except Refusal as refusal:
            form.add_error(None, refusal.sentence())
        else:
            return redirect("consent:show", case.pk, consent.pk)
    status = 422 if form.errors else 200
    return render(request, template, {"case": case, "form": form}, status=status)


@form_page
@officer_page(Permission.CONSENT_RECORD)
def ask(request: OfficerRequest, case_id: UUID) -> HttpResponse:
    """Ask the person: whom they would let know what."""
    case = case_for(request.actor, case_id)
    days = pack_of(case).setting("consent_validity")
    initial = {"language": case.language, "days": pages.days_of(days)}
    form = QuestionForm(request.POST or None, case=case, initial=initial)
    return _asked(
        request,
        case,
        form,
        "consent/ask.html",
        lambda: asking.ask(
            actor=request.actor, case_id=case.pk, question=form.question(request.at), at=request.at
        ),
    )


@form_page
@officer_page(Permission.CONSENT_RECORD)
def renew(request: OfficerRequest, case_id: UUID, consent_id: UUID) -> HttpResponse:
    """Ask again, before a consent ends."""
    case = case_for(request.actor, case_id)
    former = queries.consent_of(case, consent_id)
    days = pages.days_of(pack_of(case).setting("consent_validity"))
    initial = {"language": former.language, "days": days, "kinds": former.kinds}
    form = RenewForm(request.POST or None, case=case, former=former, initial=initial)
    return _asked(
        request,
        case,
        form,
        "consent/renew.html",
        lambda: asking.renew(
            actor=request.actor,
            case_id=case.pk,
            consent_id=former.pk,
            question=form.question(request.at),
            at=request.at,
        ),
    )


@form_page
@officer_page(Permission.CONSENT_RECORD, fresh=True)
def ask_override(request: OfficerRequest, case_id: UUID) -> HttpResponse:
    """Ask a second person to let something be shared by law."""
    case = case_for(request.actor, case_id)
    form = OverrideForm(request.POST or None, case=case, initial={"language": case.language})
    return _asked(
        request,
        case,
        form,
        "consent/override.html",
        lambda: overriding.ask_override(
            actor=request.actor,
            case_id=case.pk,
            question=form.question(request.at),
            at=request.at,
            **form.override(),
        ),
    )
