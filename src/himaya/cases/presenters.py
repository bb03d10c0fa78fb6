"""How a case is worded on a page."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from himaya.cases.codes import EXPLOITATION, SEX
from himaya.cases.models import Case
from himaya.identification.models import Screening
from himaya.identification.queries import answers_of
from himaya.identification.rules import Category, advise
from himaya.packs.entries import by_id
from himaya.packs.loader import current
from himaya.packs.vocabulary import Weight
from himaya.vault.reasons import Reason

ADVICE: dict[str, str | Promise] = {
    Category.TRAFFICKING: gettext_lazy("The answers point to trafficking in persons."),
    Category.DECEPTION_AND_EXPLOITATION: gettext_lazy(
        "The answers point to deception at recruitment and to exploitation."
    ),
    Category.EXPLOITATION: gettext_lazy(
        "The answers point to exploitation at work, without enough signs of control."
    ),
    Category.NO_SIGNS: gettext_lazy("The answers do not reach the rule of this instrument."),
    Category.UNSCORED: gettext_lazy("This instrument gives no score; weigh the signs yourself."),
}
STATUS_KIND = {
    Case.Status.NONE: "plain",
    Case.Status.PRESUMED: "good",
    Case.Status.NOT_PRESUMED: "warn",
}


def at_work(case: Case) -> Reason | None:
    """The reason that goes along unasked: the case is open, so it stands on the desk's list."""
    return Reason.OWN_WORK if case.state == Case.State.OPEN else None


@dataclass(frozen=True, slots=True)
class Row:
    """One case in a list."""

    id: UUID
    pseudonym: str
    status: str
    status_kind: str
    child: bool
    opened_at: datetime
    outcome: str


def row(case: Case) -> Row:
    """A case as one line."""
    return Row(
        id=case.pk,
        pseudonym=case.pseudonym,
        status=case.get_status_display(),
        status_kind=STATUS_KIND[Case.Status(case.status)],
        child=case.child != Case.Child.NO,
        opened_at=case.opened_at,
        outcome=case.get_outcome_display() if case.outcome else "",
    )


def solution_name(code: str) -> str:
    """The name of a solution in the reader's language."""
    return by_id(current().solutions, code).label.text() if code else ""


def exploitation_names(codes: list[str]) -> str:
    """Forms of exploitation in words, in one line."""
    names = dict(EXPLOITATION)
    return " · ".join(str(names.get(code, code)) for code in codes)


def facts_of(case: Case) -> list[tuple[str, str]]:
    """The coded facts of the person, named."""
    return [
        (_("Age"), case.get_child_display()),
        (_("Sex"), str(dict(SEX)[case.sex]) if case.sex else ""),
        (_("Citizenship"), case.citizenship),
        (_("Language"), case.language),
        (_("Forms of exploitation"), exploitation_names(case.exploitation)),
        (_("Solution chosen"), solution_name(case.solution)),
        (_("Leads the case"), case.desk.label()),
        (_("Identifies the person"), case.identification_desk.label()),
    ]


def facts_initial(case: Case) -> dict[str, object]:
    """The coded facts as the form shows them at first."""
    names = ("child", "sex", "citizenship", "language", "exploitation", "version")
    return {name: getattr(case, name) for name in names}


@dataclass(frozen=True, slots=True)
class DimensionLine:
    """One dimension of an instrument with what was found."""

    label: str
    strong: int
    medium: int
    weak: int
    positive: bool


@dataclass(frozen=True, slots=True)
class ScreeningResult:
    """A finished screening: the advice in words, and why."""

    instrument: str
    advice: str
    officer_view: str
    taken_at: datetime | None
    dimensions: list[DimensionLine]


def screening_result(screening: Screening) -> ScreeningResult:
    """The advice with its reasons, dimension by dimension."""
    instrument = current().instrument(screening.instrument)
    advice = advise(instrument, answers_of(screening), act_present=bool(screening.act_present))
    lines = [
        DimensionLine(
            result.dimension.label.text(),
            result.found.get(Weight.STRONG, 0),
            result.found.get(Weight.MEDIUM, 0),
            result.found.get(Weight.WEAK, 0),
            result.positive,
        )
        for result in advice.results
    ]
    return ScreeningResult(
        instrument=instrument.label.text(),
        advice=str(ADVICE[Category(screening.advice)]),
        officer_view=screening.get_officer_view_display(),
        taken_at=screening.taken_at,
        dimensions=lines,
    )
