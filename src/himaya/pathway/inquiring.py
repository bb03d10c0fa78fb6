"""Adding cases to an inquiry: those that were referred to its desk, and no others."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django import forms
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from himaya.accounts.pages import OfficerRequest, officer_page
from himaya.inquiries.errors import NotReferred
from himaya.inquiries.models import Inquiry, Member
from himaya.inquiries.operations import leading
from himaya.inquiries.operations.leading import Referred
from himaya.inquiries.queries import inquiry_for
from himaya.kernel.access import Actor, Permission
from himaya.kernel.errors import Refusal
from himaya.referrals.models import Referral
from himaya.referrals.rules import SERVING

ON_A_PAGE = 200  # cases offered at once; the newest
TAKEN_ON = (*SERVING, Referral.State.COMPLETED)


class AddForm(forms.Form):
    """How many persons without a case, and what they are to the inquiry."""

    role = forms.ChoiceField(
        label=_("They are"),
        choices=Member.Role.choices,
        initial=Member.Role.VICTIM,
        widget=forms.RadioSelect,
    )
    persons = forms.IntegerField(
        required=False,
        min_value=0,
        max_value=500,
        initial=0,
        label=_("Further persons who have no case"),
        help_text=_("Only how many. A case can be opened for each of them later."),
    )


def referred_to(actor: Actor, inquiry: Inquiry) -> list[Referred]:
    """Cases that the inquiry's desk took on and that are not in it yet, the newest first."""
    here = Member.objects.filter(inquiry=inquiry, removed_at=None, case_id__isnull=False)
    found = Referral.objects.filter(receiver=inquiry.desk_id, state__in=TAKEN_ON)
    found = found.exclude(case_id__in=here.values("case_id")).order_by("-made_at")
    rows = found.values_list("case_id", "pseudonym")[:ON_A_PAGE]
    return [Referred(*each) for each in dict.fromkeys(rows)]


@transaction.atomic
def add_referred(
    *,
    actor: Actor,
    inquiry_id: UUID,
    case_ids: Collection[UUID],
    persons: int,
    role: Member.Role,
    at: datetime,
) -> list[Member]:
    """Add cases that were referred to the inquiry's desk. Raises NotReferred for any other."""
    inquiry = inquiry_for(actor, inquiry_id)
    known = Referral.objects.filter(
        receiver=inquiry.desk_id, state__in=TAKEN_ON, case_id__in=case_ids
    )
    found = dict(known.values_list("case_id", "pseudonym"))
    if set(case_ids) - found.keys():
        raise NotReferred(inquiry=inquiry_id)
    return leading.add_members(
        actor=actor,
        inquiry_id=inquiry_id,
        cases=[Referred(*each) for each in found.items()],
        persons=persons,
        role=role,
        at=at,
    )


@require_http_methods(["GET", "POST"])
@officer_page(Permission.INQUIRY_LEAD)
def add(request: OfficerRequest, inquiry_id: UUID) -> HttpResponse:
    """Choose many cases at once, and say how many persons have none."""
    inquiry = inquiry_for(request.actor, inquiry_id)
    form = AddForm(request.POST or None)
    offered = referred_to(request.actor, inquiry)
    chosen = set(request.POST.getlist("case"))
    if form.is_valid():
        try:
            add_referred(
                actor=request.actor,
                inquiry_id=inquiry.pk,
                case_ids=[each.case_id for each in offered if str(each.case_id) in chosen],
                persons=form.cleaned_data["persons"] or 0,
                role=Member.Role(form.cleaned_data["role"]),
                at=request.at,
            )
        except Refusal as refusal:
            form.add_error(None, refusal.sentence())
        else:
            return redirect("inquiries:show", inquiry.pk)
    context = {
        "form": form,
        "inquiry": inquiry,
        "cases": [(each, str(each.case_id) in chosen) for each in offered],
    }
    status = 422 if form.errors else 200
    return render(request, "pathway/inquiry_add.html", context, status=status)
