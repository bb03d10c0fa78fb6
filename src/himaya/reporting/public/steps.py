"""The first page, and the three steps of a report up to Send."""

from dataclasses import asdict, replace
from http import HTTPStatus

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.functional import Promise

from himaya.packs.loader import current
from himaya.reporting.public import presenters
from himaya.reporting.public.answers import NAMES
from himaya.reporting.public.arrival import ReporterRequest, reporters_page
from himaya.reporting.public.asked import BEFORE, CHECK, STORY, answered, asked, changed
from himaya.reporting.public.carry import Carried, pack
from himaya.reporting.public.failure import UNREAD
from himaya.reporting.public.forms import AnswerForm, BeforeForm, ReadersForm, StoryForm
from himaya.reporting.public.sealing import sealing
from himaya.reporting.rules import LARGEST_FILES

WATCHED, CALL = "watched", "call"
CHANGE = "change"
CHANGEABLE = frozenset(NAMES)


@reporters_page
def first(request: ReporterRequest) -> HttpResponse:
    """The first page: three doors, and the numbers to call."""
    context = _on_links(request) | {"open_languages": True}
    return render(request, "reporting/public/first.html", context)


@reporters_page
def now(request: ReporterRequest) -> HttpResponse:
    """In danger now: the numbers, and the way that makes no sound.

    Whoever would rather call comes here from a question, and goes back to it with all answers.
    """
    context = _on_links(request)
    kept = answered(request.carried, asked(request, request.carried))
    if request.method == "POST" and kept.page > BEFORE:
        context |= {"carried": pack(kept, request.seen_at.date()), "back_to": f"/{kept.page}"}
    return render(request, "reporting/public/now.html", context)


@reporters_page
def card(request: ReporterRequest) -> HttpResponse:
    """A card to print and fold: numbers, and room for one more."""
    return render(request, "reporting/public/card.html", _on_links(request))


@reporters_page
def step(request: ReporterRequest, number: int) -> HttpResponse:
    """Take what was answered on the page before and show step `number`.

    The page before comes again when something on it has to be changed first, or in another
    language. Somebody who comes without a form begins anew.
    """
    if request.method != "POST":
        return _begin(request, number)
    came_from = _came_from(request, number)
    form = asked(request, came_from)
    carried = answered(came_from, form)
    if request.too_large:
        return too_large(request, carried, form)
    if request.chose_language:
        return show_step(request, carried, form)
    changing = request.words.get(CHANGE, "")
    if changing in CHANGEABLE:
        return show_step(request, replace(carried, changing=changing))
    skips = "skip" in request.words or CALL in request.words
    goes_on = number > carried.page or bool(carried.changing)
    if form is not None and not form.is_valid() and goes_on and not skips:
        return show_step(request, carried, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    if CALL in request.words:
        carried = replace(carried, answers=replace(carried.answers, contact_channel=CALL))
    return show_step(request, replace(carried, page=number, changing=""))


def _begin(request: ReporterRequest, number: int) -> HttpResponse:
    if number > STORY:
        return HttpResponseRedirect("/1", status=HTTPStatus.SEE_OTHER)
    return show_step(request, request.carried.anew(page=number))


def _came_from(request: ReporterRequest, number: int) -> Carried:
    """What travelled; a form without it is taken for the page before this one."""
    if request.is_fresh:
        return replace(request.carried, page=max(number - 1, BEFORE))
    return request.carried


def too_large(
    request: ReporterRequest, carried: Carried, form: AnswerForm | None = None
) -> HttpResponse:
    """The file was not read; every word is still on the page, unless nothing at all was read."""
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    if request.unread:
        return show_step(request, carried.anew(), status=status, sentence=UNREAD)
    return show_step(request, carried, form, status=status, refused_file=True)


def show_step(
    request: ReporterRequest,
    carried: Carried,
    form: AnswerForm | None = None,
    *,
    status: int = HTTPStatus.OK,
    sentence: str | Promise = "",
    refused_file: bool = False,
) -> HttpResponse:
    """A step's page.

    form: with its faults, when it must be shown again. sentence: what went wrong.
    """
    context = {
        "carried": pack(carried, request.seen_at.date()),
        "language_to": f"/{carried.page}",
        "left_out": request.left_out,
        "sentence": sentence,
        "refused_file": refused_file,
        "largest": LARGEST_FILES // 1024**2,
        "sealing": sealing(
            request,
            carried.answers.told(carried.language, ()),
            current(),
            sends=carried.page == CHECK and not carried.changing,
        ),
        "watched": request.words.get("company") == WATCHED,
        **_questions(carried, form),
    }
    name = "change" if carried.changing else f"step_{carried.page}"
    return render(request, f"reporting/public/{name}.html", context, status=status)


def _questions(carried: Carried, form: AnswerForm | None) -> dict[str, object]:
    pathway = current()
    if carried.changing:
        return {"form": form or changed(carried)}
    if carried.page == CHECK:
        told = carried.answers.told(carried.language, ())
        return {
            "answers": presenters.answered(carried.answers, pathway),
            "reading": presenters.promise(told, pathway),
            "known": bool(carried.answers.contact_how.strip()),
        }
    initial = asdict(carried.answers)
    law_note = {"law_note": pathway.law_note.text()}
    if carried.page == BEFORE:
        return law_note | {"form": form or BeforeForm()}
    if carried.page == STORY:
        role = carried.answers.role
        return law_note | {"form": form or StoryForm(initial=initial, role=role)}
    return {"form": form or ReadersForm(initial=initial, pack=pathway)}


def _on_links(request: ReporterRequest) -> dict[str, object]:
    """Links carry the language, and only after it was chosen on the page."""
    carried = pack(request.carried.anew(page=BEFORE), request.seen_at.date())
    chosen = request.chose_language or not request.is_fresh
    return {
        "carried": carried,
        "suffix": f"?c={carried}" if chosen else "",
        "lines": presenters.lines(current()),
    }
