"""The questions of an interview, part by part, with what is known already."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django import forms

from himaya.identification.models import Answer
from himaya.identification.sets import Sets
from himaya.packs.instruments import Dimension, Instrument


@dataclass(frozen=True, slots=True)
class Question:
    """One sign to ask about. asked_on: when it was found in an earlier screening."""

    field: forms.BoundField
    asked_on: datetime | None


@dataclass(frozen=True, slots=True)
class Part:
    """Signs that belong together. title, note: of the list, where a list begins."""

    id: str
    label: str
    questions: list[Question]
    title: str = ""
    note: str = ""
    done: int = 0


def parts(sets: Sets, form: forms.Form, carried: Mapping[str, datetime]) -> list[Part]:
    """Every part of the sets. carried: sign → when an earlier screening found it."""
    return [
        part
        for instrument in (sets.main, *sets.lists)
        for part in _of(instrument, form, carried, beside=instrument is not sets.main)
    ]


def _of(
    instrument: Instrument, form: forms.Form, carried: Mapping[str, datetime], *, beside: bool
) -> list[Part]:
    filled = [each for each in instrument.dimensions if each.indicators]
    return [
        _part(each, form, carried, head=instrument if beside and each is filled[0] else None)
        for each in filled
    ]


def _part(
    dimension: Dimension,
    form: forms.Form,
    carried: Mapping[str, datetime],
    *,
    head: Instrument | None,
) -> Part:
    questions = [Question(form[sign.id], carried.get(sign.id)) for sign in dimension.indicators]
    unasked = ("", None, Answer.Value.NOT_ASKED)
    answered = [each for each in questions if each.field.value() not in unasked]
    return Part(
        id=dimension.id,
        label=dimension.label.text(),
        questions=questions,
        title=head.label.text() if head else "",
        note=head.note.text() if head else "",
        done=len(answered),
    )
