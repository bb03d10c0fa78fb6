"""Pages of screening."""

from collections.abc import Iterable
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from himaya.accounts.pages import OfficerRequest, officer_page
from himaya.identification import operations, queries
from himaya.identification.forms import ScreeningForm
from himaya.identification.models import Screening
from himaya.kernel.access import Permission
from himaya.kernel.errors import NotKnown, Refusal
from himaya.packs.instruments import Instrument


@require_safe
@officer_page(Permission.PERSON_SCREEN)
def index(request: OfficerRequest) -> HttpResponse:
    """Screenings that the officer's desks were asked for."""
    waiting = [
        (screening, queries.pack_of_screening(screening).instruments[0].code)
        for screening in queries.waiting_for(request.actor)
    ]
    context = {"waiting": waiting}
    return render(request, "identification/index.html", context)


def _instrument(instruments: Iterable[Instrument], code: str) -> Instrument:
    """The instrument of that code. Raises NotKnown when there is none."""
    for instrument in instruments:
        if instrument.code == code:
            return instrument
    raise NotKnown(instrument=code)


@require_http_methods(["GET", "POST"])
@officer_page(Permission.PERSON_SCREEN)
def take(request: OfficerRequest, screening_id: UUID, code: str) -> HttpResponse:
    """Screen a person with one instrument of the pack."""
    screening = queries.screening_for(request.actor, screening_id)
    instruments = queries.pack_of_screening(screening).instruments
    instrument = _instrument(instruments, code)
    if request.method == "GET" and screening.state == Screening.State.TAKEN:
        return redirect("cases:status", screening.subject_id)
    form = ScreeningForm(instrument, request.POST or None, initial={"version": screening.version})
    if form.is_valid():
        try:
            operations.take(
                actor=request.actor,
                screening_id=screening.pk,
                version=form.cleaned_data["version"],
                instrument=instrument,
                answers=form.answers(),
                informed=form.cleaned_data["informed"],
                act_present=form.cleaned_data["act_present"],
                officer_view=Screening.View(form.cleaned_data["officer_view"]),
                words=form.cleaned_data["words"],
                at=request.at,
            )
        except Refusal as refusal:
            form.add_error(None, refusal.sentence())
        else:
            return redirect("cases:status", screening.subject_id)
    context = {
        "screening": screening,
        "instrument": instrument,
        "others": [other for other in instruments if other.code != code],
        "form": form,
        "dimensions": [
            (part.label.text(), [form[sign.id] for sign in part.indicators])
            for part in instrument.dimensions
        ],
    }
    status = 422 if form.errors else 200
    return render(request, "identification/take.html", context, status=status)
