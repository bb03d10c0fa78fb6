"""Who is on duty at a desk: for its people to see, for its supervisor to decide."""

from collections.abc import Sequence
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from himaya.accounts.pages import OfficerRequest, officer_page
from himaya.accounts.versions import Version, on_top
from himaya.agencies.models import Desk
from himaya.directory import entries, queries
from himaya.directory.forms.roster import LeaveForm, RosterForm, ShiftForm
from himaya.directory.models import Roster
from himaya.directory.operations import duty
from himaya.directory.presenters.roster import gap_words, shift_choices, shift_row, turn_row
from himaya.directory.rules.keeping import READERS, may_roster
from himaya.kernel.access import Permission
from himaya.kernel.errors import Refusal, Stale


@require_safe
@officer_page(*READERS)
def rosters(request: OfficerRequest) -> HttpResponse:
    """The rosters of the officer's desks."""
    desks = entries.desks_of(request.actor)
    if len(desks) == 1:
        return _page(request, desks[0])
    return render(request, "directory/rosters.html", {"desks": desks})


@require_safe
@officer_page(*READERS)
def roster(request: OfficerRequest, desk_id: UUID) -> HttpResponse:
    """A desk's next seven days; for its supervisor, what can be changed."""
    return _page(request, entries.own_desk(request.actor, desk_id))


@require_POST
@officer_page(Permission.ACCESS_SUPERVISE)
def keep(request: OfficerRequest, desk_id: UUID) -> HttpResponse:
    """Whether every hour should be somebody's."""
    desk = queries.desk_supervised(request.actor, desk_id)
    form = RosterForm(request.POST)
    if not form.is_valid():
        return _page(request, desk, keeping=form)
    try:
        duty.keep_roster(actor=request.actor, desk_id=desk.pk, at=request.at, **form.cleaned_data)
    except Stale as stale:
        theirs = _keeping(entries.roster_of(desk.pk))
        newer = on_top(form, stale.sentence(), int(theirs["version"]), theirs)
        return _page(request, desk, keeping=form, newer=newer)
    return redirect("directory:roster", desk.pk)


def _keeping(kept: Roster | None) -> dict[str, int]:
    return {"always": bool(kept and kept.always), "version": kept.version if kept else 0}


@require_POST
@officer_page(Permission.ACCESS_SUPERVISE)
def put_on(request: OfficerRequest, desk_id: UUID) -> HttpResponse:
    """An officer is on duty every week from now on, or once."""
    desk = queries.desk_supervised(request.actor, desk_id)
    form = ShiftForm(entries.officers_at(desk.pk), request.POST)
    if form.is_valid():
        minute, minutes = form.span()
        try:
            duty.put_on(
                actor=request.actor,
                desk_id=desk.pk,
                officer_id=UUID(form.cleaned_data["officer"]),
                first_on=form.cleaned_data["first_on"],
                last_on=form.cleaned_data["last_on"],
                minute=minute,
                minutes=minutes,
                at=request.at,
            )
        except Refusal as refusal:
            form.add_error(None, refusal.sentence())
        else:
            return redirect("directory:roster", desk.pk)
    return _page(request, desk, shift=form)


@require_POST
@officer_page(Permission.ACCESS_SUPERVISE)
def replace(request: OfficerRequest, desk_id: UUID) -> HttpResponse:
    """While somebody is on leave, another takes their turns, or nobody does."""
    desk = queries.desk_supervised(request.actor, desk_id)
    choices = shift_choices(queries.shifts_of(desk.pk, request.at))
    form = LeaveForm(choices, entries.officers_at(desk.pk), request.POST)
    if form.is_valid():
        officer = form.cleaned_data["officer"]
        try:
            duty.replace(
                actor=request.actor,
                shift_id=UUID(form.cleaned_data["shift"]),
                first=form.cleaned_data["first"],
                last=form.cleaned_data["last"],
                officer_id=UUID(officer) if officer else None,
                at=request.at,
            )
        except Refusal as refusal:
            form.add_error(None, refusal.sentence())
        else:
            return redirect("directory:roster", desk.pk)
    return _page(request, desk, leave=form)


@require_POST
@officer_page(Permission.ACCESS_SUPERVISE)
def take_off(request: OfficerRequest, desk_id: UUID, shift_id: UUID) -> HttpResponse:
    """A shift ends: today's turn was the last."""
    desk = queries.desk_supervised(request.actor, desk_id)
    today = request.at.astimezone(queries.country_zone()).date()
    duty.take_off(actor=request.actor, shift_id=shift_id, last_on=today, at=request.at)
    return redirect("directory:roster", desk.pk)


def _page(
    request: OfficerRequest,
    desk: Desk,
    *,
    shift: ShiftForm | None = None,
    leave: LeaveForm | None = None,
    keeping: RosterForm | None = None,
    newer: Sequence[Version] = (),
) -> HttpResponse:
    zone, kept = queries.country_zone(), entries.roster_of(desk.pk)
    turns = queries.turns_of(desk.pk, request.at)
    officers = entries.officers_at(desk.pk)
    names = {officer.pk: officer.username for officer in officers}
    shifts = queries.shifts_of(desk.pk, request.at)
    gaps = queries.gaps_of(kept, turns, request.at) if kept else []
    context = {
        "desk": desk,
        "kept": kept,
        "turns": [turn_row(turn, names, request.at, zone) for turn in turns],
        "gaps": [gap_words(each.gap, zone) for each in gaps],
        "shifts": [shift_row(each) for each in shifts],
        "supervises": may_roster(request.actor, desk.pk),
        "keeping": keeping or RosterForm(initial=_keeping(kept)),
        "newer": newer,
        "shift": shift or ShiftForm(officers),
        "leave": leave or LeaveForm(shift_choices(shifts), officers),
        "wrong": shift or leave or keeping,
    }
    wrong = any(form is not None and form.errors for form in (shift, leave, keeping))
    return render(request, "directory/roster.html", context, status=422 if wrong else 200)
