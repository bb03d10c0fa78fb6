"""The page from which a person is given the leaflet on their rights."""

from collections.abc import Mapping
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from himaya.accounts.pages import OfficerRequest, officer_page
from himaya.cases.models import Case
from himaya.cases.operations.rights import make_leaflet
from himaya.cases.queries import case_for
from himaya.cases.rights import Leaflet, leaflet
from himaya.cases.tracks import pack_of
from himaya.config.languages import WRITTEN_IN
from himaya.kernel.access import Permission
from himaya.packs.languages import spoken
from himaya.packs.schema import Pack


class LeafletForm(forms.Form):
    """In which language the person reads it, or hears it read."""

    language = forms.ChoiceField(label=_("Language of the leaflet"))

    def __init__(self, data: Mapping[str, object] | None, *, pack: Pack, language: str) -> None:
        super().__init__(data, initial={"language": language})
        named = {each.code: each.own_name for each in pack.languages}
        offered = [(code, named.get(code, code)) for code in spoken(pack)]
        self.fields["language"].choices = offered  # type: ignore[attr-defined]  # a field of choices


@require_http_methods(["GET", "POST"])
@officer_page(Permission.CASE_READ)
def rights(request: OfficerRequest, case_id: UUID) -> HttpResponse:
    """What the leaflet says to this person, and the leaflet with its receipt as PDF."""
    case = case_for(request.actor, case_id)
    pack = pack_of(case)
    theirs = case.language if case.language in spoken(pack) else WRITTEN_IN
    form = LeafletForm(request.POST or None, pack=pack, language=theirs)
    if not form.is_valid():
        return _page(request, case, form, leaflet(pack, theirs))
    made = make_leaflet(
        actor=request.actor,
        case_id=case.pk,
        language=form.cleaned_data["language"],
        beside=get_language() or WRITTEN_IN,
        at=request.at,
    )
    headers = {"Content-Disposition": "attachment; filename=paper.pdf"}
    return HttpResponse(made, content_type="application/pdf", headers=headers)


def _page(request: OfficerRequest, case: Case, form: LeafletForm, said: Leaflet) -> HttpResponse:
    missing = bool(case.language) and case.language not in spoken(pack_of(case))
    context = {"case": case, "form": form, "said": said, "missing": missing}
    return render(request, "cases/rights.html", context, status=422 if form.errors else 200)
