"""Which questions a browser was on, and what it answered."""

from dataclasses import asdict, replace

from django.http import QueryDict

from himaya.packs.loader import current
from himaya.reporting.public.arrival import ReporterRequest
from himaya.reporting.public.carry import Carried
from himaya.reporting.public.forms import AnswerForm, BeforeForm, ReadersForm, RoleForm, StoryForm

BEFORE, STORY, READERS, CHECK = 0, 1, 2, 3  # the pages by their numbers
CHANGED = "changed"
TOGETHER = frozenset({"involved", "agencies"})  # the one question means little without the other


def asked(request: ReporterRequest, carried: Carried) -> AnswerForm | None:
    """The questions of the page that the browser was on, with what it sent; None without any."""
    if carried.changing:
        return changed(carried, request.words) if CHANGED in request.words else None
    if carried.page == BEFORE and "role" in request.words:
        return RoleForm(request.words)
    if carried.page == BEFORE and "company" in request.words:
        return BeforeForm(request.words)
    if carried.page <= STORY and request.words.keys() & {"story", "danger"}:
        form = StoryForm(request.words, role=carried.answers.role)
        # The way without a sound says that there is danger, and nothing of the other questions.
        return form if "story" in request.words else form.ask_only(request.words)
    if carried.page == READERS and "contact_how" in request.words:
        return ReadersForm(request.words, pack=current())
    return None


def changed(carried: Carried, words: QueryDict | None = None) -> AnswerForm:
    """The one question that is asked again, with what belongs to it. words: how it was answered."""
    name, answers = carried.changing, carried.answers
    initial = asdict(answers)
    forms: tuple[AnswerForm, ...] = (
        RoleForm(words, initial=initial),
        StoryForm(words, initial=initial, role=answers.role),
        ReadersForm(words, initial=initial, pack=current()),
    )
    form = next(each for each in forms if name in each.fields)
    return form.ask_only(TOGETHER if name in TOGETHER else {name})


def answered(carried: Carried, form: AnswerForm | None) -> Carried:
    """What travels on: the answers before, and those of this page that are in order."""
    if form is None:
        return carried
    form.is_valid()
    return replace(carried, answers=form.answers(carried.answers))
