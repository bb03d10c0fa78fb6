"""The page of one consent, and what is done on it."""

from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from himaya.accounts.pages import OfficerRequest, officer_page
from himaya.cases.presenters import at_work
from himaya.cases.queries import case_for
from himaya.consent import pages, presenters, queries
from himaya.consent.forms.answer import AnswerForm, ScanForm, TellForm
from himaya.consent.models import Consent
from himaya.consent.operations import answering, ending, overriding
from himaya.kernel.access import Permission
from himaya.kernel.errors import Refusal
from himaya.vault.reasons import asked


@require_safe
@officer_page(Permission.CONSENT_RECORD)
def show(request: OfficerRequest, case_id: UUID, consent_id: UUID) -> HttpResponse:
    """One consent: what is said, in both languages, how it was answered, what may be done now."""
    case = case_for(request.actor, case_id)
    return shown(request, queries.consent_of(case, consent_id))


def shown(request: OfficerRequest, consent: Consent, **forms_given: forms.Form) -> HttpResponse:
    """The page of a consent; with a form that was refused, so that nothing typed is lost."""
    page = pages.page(request.actor, consent, request.at)
    blank: dict[str, forms.Form] = {
        "answer": AnswerForm(case=consent.case),
        "telling": TellForm(),
        "scan": ScanForm(),
    }
    status = 422 if forms_given else 200
    why = asked(request.actor, consent.case_id, at_work=at_work(consent.case))
    context = {"case": consent.case, "one": page, "asked": why, **blank, **forms_given}
    return render(request, "consent/show.html", context, status=status)


@require_POST
@officer_page(Permission.CONSENT_RECORD)
def grant(request: OfficerRequest, case_id: UUID, consent_id: UUID) -> HttpResponse:
    """Record a yes."""
    consent = queries.consent_of(case_for(request.actor, case_id), consent_id)
    form = AnswerForm(request.POST, case=consent.case)
    if form.is_valid():
        try:
            answering.grant(
                actor=request.actor,
                case_id=case_id,
                consent_id=consent_id,
                answer=form.answer(),
                at=request.at,
            )
        except Refusal as refusal:
            form.add_error(None, refusal.sentence())
        else:
            return redirect("consent:show", case_id, consent_id)
    return shown(request, consent, answer=form)


@require_POST
@officer_page(Permission.CONSENT_RECORD)
def refuse(request: OfficerRequest, case_id: UUID, consent_id: UUID) -> HttpResponse:
    """Record a no."""
    answering.refuse(actor=request.actor, case_id=case_id, consent_id=consent_id, at=request.at)
    return redirect("consent:show", case_id, consent_id)


@require_POST
@officer_page(Permission.CONSENT_RECORD)
def withdraw(request: OfficerRequest, case_id: UUID, consent_id: UUID) -> HttpResponse:
    """The person withdraws; what rests on it ends now."""
    ending.withdraw(actor=request.actor, case_id=case_id, consent_id=consent_id, at=request.at)
    return redirect("pathway:case", case_id)


@require_POST
@officer_page(Permission.CONSENT_RECORD, fresh=True)
def override(request: OfficerRequest, case_id: UUID, consent_id: UUID) -> HttpResponse:
    """Share by law what a second person has agreed to."""
    overriding.override(actor=request.actor, case_id=case_id, consent_id=consent_id, at=request.at)
    return redirect("consent:show", case_id, consent_id)


@require_POST
@officer_page(Permission.CONSENT_RECORD)
def tell(request: OfficerRequest, case_id: UUID, consent_id: UUID) -> HttpResponse:
    """The person was told of a share by law; or why not yet."""
    consent = queries.consent_of(case_for(request.actor, case_id), consent_id)
    form = TellForm(request.POST)
    if form.is_valid():
        try:
            overriding.tell(
                actor=request.actor,
                case_id=case_id,
                consent_id=consent_id,
                at=request.at,
                **form.telling(),
            )
        except Refusal as refusal:
            form.add_error(None, refusal.sentence())
        else:
            return redirect("consent:show", case_id, consent_id)
    return shown(request, consent, telling=form)


@require_safe
@officer_page(Permission.OVERRIDE_ALLOW, Permission.CONSENT_RECORD)
def asked_of_two(request: OfficerRequest, consent_id: UUID) -> HttpResponse:
    """What a second person is asked to let be shared: to whom, what, on which ground."""
    consent = queries.override_for(request.actor, consent_id)
    context = {
        "row": presenters.row(consent, request.at, works=False),
        "told": presenters.tellings(queries.tellings_of(consent)),
    }
    return render(request, "consent/asked_of_two.html", context)
