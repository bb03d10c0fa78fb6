"""Pages of inquiries: the list, one inquiry, its suspects."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from himaya.accounts.pages import OfficerRequest, officer_page
from himaya.accounts.paging import position
from himaya.accounts.versions import Version, on_top
from himaya.inquiries import presenters, queries
from himaya.inquiries.forms import OpenForm, PartForm, StandingForm, SuspectForm
from himaya.inquiries.models import Inquiry, Part, Suspect
from himaya.inquiries.operations import leading, suspects
from himaya.kernel.access import Permission
from himaya.kernel.errors import Refusal, Stale
from himaya.vault.keyring import keyring_of
from himaya.vault.reasons import Reason

form_page = require_http_methods(["GET", "POST"])


@form_page
@officer_page(Permission.INQUIRY_LEAD)
def index(request: OfficerRequest) -> HttpResponse:
    """Inquiries of the officer's desks, and a form that opens one."""
    form = OpenForm(request.actor, request.POST or None)
    if form.is_valid():
        inquiry = leading.open_inquiry(
            actor=request.actor,
            desk_id=UUID(form.cleaned_data["desk"]),
            kind=Inquiry.Kind(form.cleaned_data["kind"]),
            at=request.at,
        )
        return redirect("inquiries:show", inquiry.pk)
    place = position(request.GET.get("after", ""), datetime, UUID)
    page = queries.inquiries_listed(request.actor, place)
    context = {"form": form, "listed": page, "rows": [presenters.row(each) for each in page.rows]}
    status = 422 if form.errors else 200
    return render(request, "inquiries/index.html", context, status=status)


@require_safe
@officer_page(Permission.INQUIRY_LEAD)
def show(request: OfficerRequest, inquiry_id: UUID) -> HttpResponse:
    """One inquiry: its numbers, whom it is about and who is suspected, a page of each at a time."""
    inquiry = queries.inquiry_for(request.actor, inquiry_id)
    asked = request.GET.get("list", "members")
    place = position(request.GET.get("after", ""), int)
    members = queries.members_listed(inquiry, place if asked == "members" else None)
    found = queries.suspects_listed(inquiry, place if asked == "suspects" else None)
    linked = queries.linked_counts(found.rows)
    context = {
        "inquiry": inquiry,
        "counts": queries.counts_of(inquiry),
        "members": [presenters.member_line(each) for each in members.rows],
        "members_page": members,
        "suspects": [presenters.suspect_line(each, linked) for each in found.rows],
        "suspects_page": found,
        "leads": inquiry.closed_at is None,
    }
    return render(request, "inquiries/show.html", context)


@require_POST
@officer_page(Permission.INQUIRY_LEAD)
def hear(request: OfficerRequest, inquiry_id: UUID) -> HttpResponse:
    """Record that those who were chosen were heard."""
    chosen = [UUID(value) for value in request.POST.getlist("member") if presenters.is_id(value)]
    leading.hear(actor=request.actor, inquiry_id=inquiry_id, member_ids=chosen, at=request.at)
    return redirect("inquiries:show", inquiry_id)


@form_page
@sensitive_post_parameters("name")
@officer_page(Permission.INQUIRY_LEAD)
def add_suspect(request: OfficerRequest, inquiry_id: UUID) -> HttpResponse:
    """Add a suspect to an inquiry."""
    inquiry = queries.inquiry_for(request.actor, inquiry_id)
    form = SuspectForm(request.POST or None)
    if form.is_valid():
        try:
            suspect = suspects.add_suspect(
                actor=request.actor,
                inquiry_id=inquiry.pk,
                sex=Suspect.Sex(form.cleaned_data["sex"]),
                citizenship=form.cleaned_data["citizenship"],
                name=form.cleaned_data["name"],
                at=request.at,
            )
        except Refusal as refusal:
            form.add_error(None, refusal.sentence())
        else:
            return redirect("inquiries:suspect", suspect.pk)
    context = {"form": form, "inquiry": inquiry}
    status = 422 if form.errors else 200
    return render(request, "inquiries/add_suspect.html", context, status=status)


@require_safe
@officer_page(Permission.INQUIRY_LEAD)
def suspect(request: OfficerRequest, suspect_id: UUID) -> HttpResponse:
    """One suspect: coded facts, and everybody they are linked to."""
    return _suspect(request, queries.suspect_for(request.actor, suspect_id))


@require_POST
@officer_page(Permission.INQUIRY_LEAD)
def describe(request: OfficerRequest, suspect_id: UUID) -> HttpResponse:
    """Set the coded facts of a suspect."""
    found = queries.suspect_for(request.actor, suspect_id)
    form = StandingForm(request.POST)
    if form.is_valid():
        try:
            suspects.describe_suspect(
                actor=request.actor,
                suspect_id=found.pk,
                version=form.cleaned_data["version"],
                sex=Suspect.Sex(form.cleaned_data["sex"]),
                citizenship=form.cleaned_data["citizenship"],
                standing=Suspect.Standing(form.cleaned_data["standing"]),
                at=request.at,
            )
        except Stale as stale:
            found = queries.suspect_for(request.actor, suspect_id)
            theirs = presenters.standing_initial(found)
            newer = on_top(form, stale.sentence(), found.version, theirs)
            return _suspect(request, found, form=form, newer=newer)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence())
        else:
            return redirect("inquiries:suspect", found.pk)
    return _suspect(request, found, form=form)


@require_POST
@officer_page(Permission.INQUIRY_LEAD)
def link(request: OfficerRequest, suspect_id: UUID) -> HttpResponse:
    """Say what a suspect did, and towards whom."""
    found = queries.suspect_for(request.actor, suspect_id)
    form = PartForm(request.POST)
    if form.is_valid():
        try:
            suspects.link(
                actor=request.actor,
                suspect_id=found.pk,
                member_ids=queries.members_at(found.inquiry_id, form.ranges()),
                roles=[Part.Role(role) for role in form.cleaned_data["roles"]],
                at=request.at,
            )
        except Refusal as refusal:
            form.add_error(None, refusal.sentence())
        else:
            return redirect("inquiries:suspect", found.pk)
    return _suspect(request, found, parts=form)


@form_page
@officer_page(Permission.INQUIRY_LEAD)
def name(request: OfficerRequest, suspect_id: UUID) -> HttpResponse:
    """The name of a suspect, opened; who comes back from unlocking asks again."""
    found = queries.suspect_for(request.actor, suspect_id)
    if request.method == "GET":
        return redirect("inquiries:suspect", found.pk)
    items = suspects.read_name(
        actor=request.actor,
        keyring=keyring_of(request),
        suspect_id=found.pk,
        reason=Reason.OWN_WORK,
        at=request.at,
    )
    return _suspect(request, found, said=[item.text() for item in items])


def _suspect(
    request: OfficerRequest,
    found: Suspect,
    *,
    form: StandingForm | None = None,
    parts: PartForm | None = None,
    said: list[str] | None = None,
    newer: Sequence[Version] = (),
) -> HttpResponse:
    place = position(request.GET.get("after", ""), int)
    page = queries.parts_of(found, place)
    context = {
        "suspect": found,
        "inquiry": found.inquiry,
        "form": form or StandingForm(initial=presenters.standing_initial(found)),
        "parts_form": parts or PartForm(),
        "listed": page,
        "lines": [presenters.part_line(each) for each in page.rows],
        "said": said,
        "newer": newer,
        "leads": found.inquiry.closed_at is None,
    }
    wrong = any(each is not None and each.errors for each in (form, parts))
    return render(request, "inquiries/suspect.html", context, status=422 if wrong else 200)


@require_POST
@officer_page(Permission.INQUIRY_LEAD)
def close(request: OfficerRequest, inquiry_id: UUID) -> HttpResponse:
    """End an inquiry."""
    leading.close_inquiry(actor=request.actor, inquiry_id=inquiry_id, at=request.at)
    return redirect("inquiries:show", inquiry_id)


@require_POST
@officer_page(Permission.INQUIRY_LEAD)
def remove(request: OfficerRequest, inquiry_id: UUID, member_id: UUID) -> HttpResponse:
    """Take somebody out of an inquiry."""
    leading.remove_member(
        actor=request.actor, inquiry_id=inquiry_id, member_id=member_id, at=request.at
    )
    return redirect("inquiries:show", inquiry_id)
