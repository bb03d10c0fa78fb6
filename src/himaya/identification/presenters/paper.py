"""A finished screening as a paper: what is kept as codes, and nothing of what is sealed."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from himaya.identification.models import Answer, Screening
from himaya.identification.presenters.legal import ChargeLine, ElementGroup
from himaya.identification.presenters.result import ScreeningResult, screening_result
from himaya.identification.presenters.sittings import SittingLine
from himaya.identification.sets import sets_begun
from himaya.packs.instruments import Dimension
from himaya.papers.make import Content

LEFT_TO_RIGHT = "\N{LEFT-TO-RIGHT MARK}"


def content(
    screening: Screening, answers: Mapping[str, str], sittings: Iterable[SittingLine]
) -> dict[str, Content]:
    """The content of `screening.typ`."""
    result = screening_result(screening, answers)
    return {
        "title": _("Screening form"),
        "number": screening.pseudonym,
        "foot": screening.pseudonym,
        "rows": _known(result),
        "lines": _lines(result),
        "sections": [
            _section(_("How it was done"), [_sitting(each) for each in sittings]),
            *_found(result),
            *(_questions(each, answers) for each in _asked(screening)),
        ],
    }


def _known(result: ScreeningResult) -> list[Content]:
    # In a line from right to left, a version such as 2009-09 would turn round.
    version = f"{LEFT_TO_RIGHT}{result.version}{LEFT_TO_RIGHT}"
    age = " · ".join(each for each in (result.age, result.age_basis) if each)
    rows = [
        (_("Set of signs"), f"{result.instrument} {version}"),
        (_("When"), _moment(result.taken_at) if result.taken_at else ""),
        (_("Age"), age),
        (_("Advice"), result.advice),
        (_("The officer's view"), result.officer_view),
    ]
    return [[name, value] for name, value in rows if value]


def _lines(result: ScreeningResult) -> list[Content]:
    said = [_("This is advice, not a verdict."), result.note]
    if result.doubts:
        said.append(_("Reasons and doubts are kept under seal."))
    return [each for each in said if each]


def _moment(at: datetime) -> str:
    """A moment by the country's own clock."""
    return date_format(localtime(at), "DATETIME_FORMAT")


def _found(result: ScreeningResult) -> list[dict[str, Content]]:
    parts = [_section(_("What the officer finds"), [result.protocol, " · ".join(result.missing)])]
    parts += [_group(each) for each in result.elements if each.lines]
    if result.charges:
        title = _("The country's law: a separate question")
        parts.append(_section(title, [line for each in result.charges for line in _charge(each)]))
    return parts if result.protocol else parts[1:]


def _group(group: ElementGroup) -> dict[str, Content]:
    rows: list[Content] = [
        [line.label, _("found by the officer") if line.found else _("shown by signs only")]
        for line in group.lines
    ]
    return _section(group.title, [], [_("Element"), _("Finding")], rows)


def _charge(charge: ChargeLine) -> list[str]:
    said = [f"{charge.offence} · {charge.article}"]
    if charge.complete:
        said.append(_("What was found has everything that a charge needs."))
    else:
        said += [_("A charge needs besides:"), " · ".join(charge.missing)]
    if charge.more_for_child:
        said.append(
            _(
                "This law asks for a means also where the victim is a child. Whether somebody is a "
                "victim does not depend on it."
            )
        )
    if charge.unnamed:
        said += [_("Found, and not named by this law:"), " · ".join(charge.unnamed)]
    return said


def _sitting(line: SittingLine) -> str:
    parts = [_moment(line.began_at), *line.arranged, line.ended]
    return " · ".join(part for part in parts if part)


def _asked(screening: Screening) -> list[Dimension]:
    sets = sets_begun(screening)
    assert sets is not None, "a finished screening has its set"
    return [part for each in (sets.main, *sets.lists) for part in each.dimensions]


def _questions(part: Dimension, answers: Mapping[str, str]) -> dict[str, Content]:
    words = {value.value: str(value.label) for value in Answer.Value}
    rows: list[Content] = [
        [sign.label.text(), words[answers.get(sign.id, Answer.Value.NOT_ASKED)]]
        for sign in part.indicators
    ]
    return _section(part.label.text(), [], [_("Sign"), _("Answer")], rows)


def _section(
    title: str,
    notes: Iterable[str],
    columns: Iterable[str] = (),
    rows: Iterable[Content] = (),
) -> dict[str, Content]:
    said = [each for each in notes if each]
    return {"title": title, "notes": said, "columns": list(columns), "rows": list(rows)}
