"""The questions of a call, part by part, each beside what to say in the caller's language."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.forms import BaseForm, BoundField
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from himaya.hotline import script
from himaya.hotline.script import Spoken, Words, said, say
from himaya.packs.schema import Pack


@dataclass(frozen=True, slots=True)
class Question:
    """One question: the control in the officer's words, and what to say in the caller's.

    answers: the answers to read out. note: what to add.
    """

    field: BoundField
    said: Spoken
    note: Spoken | None
    answers: list[Spoken]


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a call. key: of the keyboard, which leads there. lines: to say before asking."""

    id: str
    title: str
    key: str
    lines: list[Spoken]
    questions: list[Question]


@dataclass(frozen=True, slots=True)
class _Plan:
    id: str
    title: str | Promise
    key: str
    lines: tuple[Words, ...]
    asks: tuple[str, ...]


SAFETY = "safety"
PLAN = (
    _Plan(
        SAFETY,
        _("First: is the caller safe?"),
        "s",
        (script.IF_SOMEBODY_COMES, script.YES_OR_NO),
        ("safe", "speaks", "heard", "place", "danger"),
    ),
    _Plan(
        "story",
        _("What the caller tells"),
        "g",
        (script.LOCKED, script.NOTHING_MUST),
        ("role", "story", "child", "persons"),
    ),
    _Plan("readers", _("Who must not read it"), "r", (), ("involved", "agencies")),
    _Plan(
        "contact",
        _("How to reach the caller safely"),
        "c",
        (script.NO_CALL,),
        (
            "contact_channel",
            "contact_how",
            "contact_hours",
            "contact_when",
            "contact_answer",
            "contact_say",
        ),
    ),
)
PARTS = tuple(each.id for each in PLAN)
# What every key does on the pages of a call; the page lists them.
KEYS: tuple[tuple[str, str | Promise], ...] = (
    *((each.key, each.title) for each in PLAN),
    ("k", _("Keep what is noted now")),
    ("l", _("Another language for the caller")),
    ("n", _("The number that the telephone shows")),
    ("w", _("Wrap up: read back, file, hand over or end")),
)


@dataclass(frozen=True, slots=True)
class _Said:
    """A question as it is said to the caller."""

    label: Spoken
    help: Spoken | None
    answers: list[Spoken]


def parts(form: BaseForm, in_tongue: BaseForm, pack: Pack, language: str) -> list[Part]:
    """The parts of a call in their order, safety first.

    in_tongue: the same form, made in the caller's language.
    """
    spoken = _script(in_tongue, language)
    return [_part(each, form, pack, language, spoken) for each in PLAN]


def _part(
    plan: _Plan, form: BaseForm, pack: Pack, language: str, spoken: Mapping[str, _Said]
) -> Part:
    lines = [say(words, language) for words in plan.lines]
    if plan.id == "story":
        lines.append(law_note(pack, language))
    questions = [
        Question(form[name], spoken[name].label, spoken[name].help, spoken[name].answers)
        for name in plan.asks
    ]
    return Part(plan.id, str(plan.title), plan.key, lines, questions)


def _script(in_tongue: BaseForm, language: str) -> dict[str, _Said]:
    """Every question in the caller's language."""
    with translation.override(language):
        return {name: _said(in_tongue[name], language) for name in in_tongue.fields}


def _said(field: BoundField, language: str) -> _Said:
    help_text = str(field.help_text)
    offered = [str(words) for code, words in getattr(field.field, "choices", ()) if code]
    return _Said(
        label=said(str(field.label), language),
        help=said(help_text, language) if help_text else None,
        answers=[said(each, language) for each in offered],
    )


def law_note(pack: Pack, language: str) -> Spoken:
    """What nobody can promise, said before the caller tells anything."""
    with translation.override(language):
        return said(pack.law_note.text(), language)


def shortcuts() -> list[Mapping[str, str]]:
    """Every key, with what it does."""
    return [{"key": key, "does": str(does)} for key, does in KEYS]
