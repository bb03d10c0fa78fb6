"""The list of screenings, and how an interview is arranged before it begins."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from himaya.accounts.pages import OfficerRequest, officer_page
from himaya.accounts.versions import Version, on_top
from himaya.identification import queries, sets
from himaya.identification.forms.preparing import KEEP, PrepareForm
from himaya.identification.manner import ARRANGED
from himaya.identification.models import Screening, Sitting
from himaya.identification.operations import sitting
from himaya.kernel.access import Permission
from himaya.kernel.errors import Refusal, Stale
from himaya.packs.schema import Pack


@require_safe
@officer_page(Permission.PERSON_SCREEN)
def index(request: OfficerRequest) -> HttpResponse:
    """Screenings that the officer's desks were asked for."""
    context = {"waiting": queries.waiting_for(request.actor)}
    return render(request, "identification/index.html", context)


@require_safe
@officer_page(Permission.PERSON_SCREEN)
def interview(request: OfficerRequest, screening_id: UUID) -> HttpResponse:
    """Go on where the interview stands."""
    screening = queries.screening_for(request.actor, screening_id)
    if screening.state != Screening.State.ASKED:
        return redirect("identification:result", screening.pk)
    sits = queries.open_sitting_of(screening)
    return redirect(f"identification:{'ask' if sits else 'prepare'}", screening.pk)


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@officer_page(Permission.PERSON_SCREEN)
def prepare(request: OfficerRequest, screening_id: UUID) -> HttpResponse:
    """Arrange the interview: place, agreement, interpreter, age, what is asked."""
    screening = queries.screening_for(request.actor, screening_id)
    if screening.state != Screening.State.ASKED:
        return redirect("identification:result", screening.pk)
    form = _form(request, screening)
    newer: list[Version] = []
    if form.is_valid():
        try:
            _begin(request, screening, form)
        except Stale as stale:
            both = on_top(form, stale.sentence(), screening.version, _known(screening))
            newer = [each for each in both if each.differs and each.theirs]
        except Refusal as refusal:
            form.add_error(None, refusal.sentence())
        else:
            return redirect("identification:ask", screening.pk)
    context = {
        "screening": screening,
        "form": form,
        "newer": newer,
        "earlier": queries.taken_of(screening.subject_id).count(),
        "sittings": queries.sittings_of(screening),
        "retired": sets.was_retired(screening, request.at.date()),
        "successor": sets.successor(screening, request.at.date()),
        "missing": [
            each for each in _pack(screening).instruments if each.lacks and not each.indicators
        ],
    }
    status = 422 if form.errors else 200
    return render(request, "identification/prepare.html", context, status=status)


def _pack(screening: Screening) -> Pack:
    return queries.pack_of_screening(screening)


def _form(request: OfficerRequest, screening: Screening) -> PrepareForm:
    on = request.at.date()
    return PrepareForm(
        sets.offered(screening, on),
        [each for each in sets.beside_in(_pack(screening)) if each.may_begin(on)],
        request.POST or None,
        initial=_known(screening),
        known=bool(screening.age_basis),
        on=on,
    )


def _known(screening: Screening) -> dict[str, object]:
    """What was arranged last, as the form shows it at first."""
    known: dict[str, object] = {
        "version": screening.version,
        "main": screening.instrument,
        "lists": screening.lists,
        "basis": KEEP if screening.age_basis else None,
        "company": Sitting.Company.NOBODY,
        "wished": Sitting.Wish.NONE,
    }
    sits = queries.open_sitting_of(screening)
    if sits is not None:
        known |= {name: getattr(sits, name) for name in ARRANGED} | {"informed": True}
    return known


def _begin(request: OfficerRequest, screening: Screening, form: PrepareForm) -> None:
    given = form.cleaned_data
    age = given["age"]
    sets.grow_older(screening, age)
    chosen = sets.sets_for(screening, given["main"], given["lists"], on=request.at.date())
    sitting.begin(
        actor=request.actor,
        screening_id=screening.pk,
        version=given["version"],
        manner=form.manner(),
        sets=chosen,
        age=age,
        at=request.at,
    )
