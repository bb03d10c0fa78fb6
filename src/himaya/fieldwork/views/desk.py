"""The desk that receives records: its list, one record, and what it decides about it."""

from http import HTTPStatus
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from himaya.accounts.pages import OfficerRequest, officer_page
from himaya.fieldwork import queries
from himaya.fieldwork.contents import Noted
from himaya.fieldwork.errors import CannotBeRead
from himaya.fieldwork.forms import NEW, AsideForm, TakeForm
from himaya.fieldwork.models import Card
from himaya.fieldwork.operations import settle
from himaya.fieldwork.presenters import lines, reading
from himaya.fieldwork.rules import answers_for, instrument_for
from himaya.fieldwork.sealed import open_record
from himaya.identification.elements import Shown, shown
from himaya.identification.queries import screening_for
from himaya.kernel.access import Permission
from himaya.kernel.errors import Refusal
from himaya.packs.loader import current
from himaya.vault.keyring import is_unlocked, keyring_of
from himaya.vault.reasons import Reason, asked


@require_safe
@officer_page(Permission.PERSON_SCREEN)
def index(request: OfficerRequest) -> HttpResponse:
    """Records that wait at the officer's desks."""
    waiting = queries.waiting_at(request.actor)[: queries.SHOWN]
    context = {"rows": lines.lines(waiting), "at": request.at}
    return render(request, "fieldwork/index.html", context)


@require_safe
@officer_page(Permission.PERSON_SCREEN)
def show(request: OfficerRequest, card_id: UUID) -> HttpResponse:
    """One record: when it was made and came, and what may be done with it."""
    return _page(request, queries.card_for(request.actor, card_id))


@require_POST
@officer_page(Permission.PERSON_SCREEN)
def words(request: OfficerRequest, card_id: UUID) -> HttpResponse:
    """Open the record and read it, with the instrument's advice."""
    card = queries.card_for(request.actor, card_id)
    try:
        noted = open_record(
            keyring=keyring_of(request),
            actor=request.actor,
            card=card,
            at=request.at,
            reason=request.POST.get("reason", ""),
        )
    except CannotBeRead as refusal:
        return _page(request, card, sentence=refusal.sentence(), status=refusal.status)
    return _page(request, card, noted=noted)


@require_POST
@officer_page(Permission.PERSON_SCREEN)
def take(request: OfficerRequest, card_id: UUID) -> HttpResponse:
    """Take the record into a screening, and go to the decision."""
    card = queries.card_for(request.actor, card_id)
    form = TakeForm(request.actor, _shown(), request.POST)
    if not form.is_valid():
        return _page(request, card, take=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        case_id = _take(request, card, form)
    except Refusal as refusal:
        form.add_error(None, refusal.sentence())
        return _page(request, card, take=form, status=refusal.status)
    return redirect("cases:status", case_id)


def _take(request: OfficerRequest, card: Card, form: TakeForm) -> UUID:
    said = form.cleaned_data
    if said["into"] == NEW:
        return settle.take_into_new_case(
            actor=request.actor,
            keyring=keyring_of(request),
            card_id=card.pk,
            version=said["version"],
            desk_id=said["desk"].pk,
            finding=form.finding(),
            at=request.at,
        )
    screening = screening_for(request.actor, UUID(said["into"]))
    settle.take_into(
        actor=request.actor,
        keyring=keyring_of(request),
        card_id=card.pk,
        version=said["version"],
        screening_id=screening.pk,
        finding=form.finding(),
        at=request.at,
    )
    return screening.subject_id


def _shown(noted: Noted | None = None) -> list[Shown]:
    """Act, means and purpose, with the signs that the record shows for each."""
    pack = current()
    if noted is None:
        return shown(pack.law.elements, (), {})
    sets = {each.code: each for each in pack.instruments}
    instrument = instrument_for(sets, pack.card, noted.age)
    found = answers_for(pack.card, instrument, noted.answers)
    return shown(pack.law.elements, instrument.indicators, found)


@require_POST
@officer_page(Permission.PERSON_SCREEN)
def aside(request: OfficerRequest, card_id: UUID) -> HttpResponse:
    """Put the record aside, with a reason."""
    card = queries.card_for(request.actor, card_id)
    form = AsideForm(request.POST)
    if not form.is_valid():
        return _page(request, card, aside=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        settle.put_aside(
            actor=request.actor,
            card_id=card.pk,
            version=form.cleaned_data["version"],
            reason=Card.Reason(form.cleaned_data["reason"]),
            at=request.at,
        )
    except Refusal as refusal:
        form.add_error(None, refusal.sentence())
        return _page(request, card, aside=form, status=refusal.status)
    return redirect("fieldwork:index")


def _page(
    request: OfficerRequest,
    card: Card,
    *,
    noted: Noted | None = None,
    take: TakeForm | None = None,
    aside: AsideForm | None = None,
    sentence: str = "",
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    waits = card.state == Card.State.ARRIVED
    version = {"version": card.version}
    first = {**version, "child_then": "not_known", "officer_view": "agree"}
    context = {
        "line": lines.card_line(card),
        "card": card,
        "waits": waits,
        # What was typed comes back also when a colleague settled the record meanwhile.
        "may_take": bool((noted and waits) or take),
        "may_put_aside": bool(waits or aside),
        "read": reading.read(noted, current()) if noted else None,
        "take": take or TakeForm(request.actor, _shown(noted), initial=first),
        "aside": aside or AsideForm(initial=version),
        "asked": asked(request.actor, card.pk, at_work=Reason.DAY_LIST),
        "unlocked": is_unlocked(request),
        "sentence": sentence,
        "at": request.at,
    }
    return render(request, "fieldwork/show.html", context, status=status)
