"""The first page, and the three steps of a report up to Send."""

from dataclasses import asdict, replace
from http import HTTPStatus

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.functional import Promise

from himaya.packs.loader import current
from himaya.reporting.public import presenters
from himaya.reporting.public.arrival import ReporterRequest, reporters_page
from himaya.reporting.public.carry import Carried, pack
from himaya.reporting.public.failure import UNREAD
from himaya.reporting.public.forms import AnswerForm, ReadersForm, StoryForm
from himaya.reporting.rules import LARGEST_FILES

STORY, READERS, CHECK = 1, 2, 3


@reporters_page
def first(request: ReporterRequest) -> HttpResponse:
    """The first page: three doors, and the numbers to call."""
    return render(request, "reporting/public/first.html", _on_links(request))


@reporters_page
def now(request: ReporterRequest) -> HttpResponse:
    """In danger now: the numbers, and the way that makes no sound."""
    return render(request, "reporting/public/now.html", _on_links(request))


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
    if form is not None and not form.is_valid() and number > carried.page:
        return show_step(request, carried, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return show_step(request, replace(carried, page=number))


def _begin(request: ReporterRequest, number: int) -> HttpResponse:
    if number > STORY:
        return HttpResponseRedirect("/1", status=HTTPStatus.SEE_OTHER)
    return show_step(request, Carried(language=request.carried.language))


def _came_from(request: ReporterRequest, number: int) -> Carried:
    """What travelled; a form without it is taken for the page before this one."""
    if request.is_fresh:
        return replace(request.carried, page=max(number - 1, 1))
    return request.carried


def asked(request: ReporterRequest, carried: Carried) -> AnswerForm | None:
    """The questions of the page that the browser was on, with what it sent; None without any."""
    if carried.page == STORY and request.words.keys() & {"story", "danger"}:
        return StoryForm(request.words)
    if carried.page == READERS and "contact_how" in request.words:
        return ReadersForm(request.words, pack=current())
    return None


def answered(carried: Carried, form: AnswerForm | None) -> Carried:
    """What travels on: the answers before, and those of this page that are in order."""
    if form is None:
        return carried
    form.is_valid()
    return replace(carried, answers=form.answers(carried.answers))


def too_large(
    request: ReporterRequest, carried: Carried, form: AnswerForm | None = None
) -> HttpResponse:
    """The file was not read; every word is still on the page, unless nothing at all was read."""
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    if request.unread:
        fresh = Carried(language=carried.language)
        return show_step(request, fresh, status=status, sentence=UNREAD)
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
        **_questions(carried, form),
    }
    return render(request, f"reporting/public/step_{carried.page}.html", context, status=status)


def _questions(carried: Carried, form: AnswerForm | None) -> dict[str, object]:
    pathway = current()
    if carried.page == CHECK:
        told = carried.answers.told(carried.language, ())
        return {
            "answers": presenters.answered(carried.answers, pathway),
            "reading": presenters.promise(told, pathway),
        }
    initial = asdict(carried.answers)
    if carried.page == STORY:
        return {"form": form or StoryForm(initial=initial), "law_note": pathway.law_note.text()}
    return {"form": form or ReadersForm(initial=initial, pack=pathway)}


def _on_links(request: ReporterRequest) -> dict[str, object]:
    """Links carry the language, and only after it was chosen on the page."""
    carried = pack(Carried(language=request.carried.language), request.seen_at.date())
    chosen = request.chose_language or not request.is_fresh
    return {
        "carried": carried,
        "suffix": f"?c={carried}" if chosen else "",
        "lines": presenters.lines(current()),
    }
