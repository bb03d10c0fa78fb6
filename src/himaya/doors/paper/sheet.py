"""The form on paper: two pages, every question of the screen under its own name."""

from collections.abc import Mapping

from django.utils import translation
from django.utils.translation import gettext as _

from himaya.doors.paper.forms import QUESTIONS, EntryForm
from himaya.packs.schema import Pack
from himaya.papers.make import Content, pdf

SECOND_PAGE = "involved"  # the first question overleaf


def sheet(pack: Pack, language: str) -> bytes:
    """The form as PDF, in a public language of the country."""
    with translation.override(language):
        return pdf("report", content(pack), language=language)


def content(pack: Pack) -> Mapping[str, Content]:
    """What stands on it, in the language in force. Its title tells nobody what it is for."""
    form = EntryForm(pack=pack)
    overleaf = QUESTIONS.index(SECOND_PAGE)
    pages = (QUESTIONS[:overleaf], QUESTIONS[overleaf:])
    return {
        "title": _("Questions"),
        "foot": _("Give it to the person at the counter. Keep no copy."),
        "before": [
            _("You need not answer any question. You need not give your name."),
            _("Only the team that answers reads it. If somebody watches you, do not write now."),
            str(pack.law_note.text()),
        ],
        "pages": [[_question(form, name) for name in page] for page in pages],
        "number": _("The person at the counter gives you a number. Keep it: with it you can ask."),
    }


def _question(form: EntryForm, name: str) -> Mapping[str, Content]:
    field = form.fields[name]
    offered = [str(word) for code, word in getattr(field, "choices", []) if code]
    return {
        "id": name,
        "label": str(field.label),
        "help": "" if offered else str(field.help_text),
        "choices": offered,
        "room": "" if offered else "page" if name == "story" else "line",
    }
