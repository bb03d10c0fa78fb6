"""The coded facts of a case that may travel with a referral, as values of the pack's codes."""

from collections.abc import Callable, Iterable, Mapping

from himaya.cases.models import Case
from himaya.cases.status import decided, identification_of
from himaya.identification.queries import latest_of


def _screening_result(case: Case) -> str:
    screening = latest_of(case.id)
    return screening.advice if screening else ""


def _status(case: Case) -> str:
    """Whether the person is presumed a victim. Who helps them need not know who confirmed it."""
    yes = decided(case, identification_of([case])[case.pk])
    if yes is None:
        return case.status
    return Case.Status.PRESUMED if yes else Case.Status.NOT_PRESUMED


# A fact that is not here is not known yet to any concept, and is left out.
READERS: Mapping[str, Callable[[Case], str]] = {
    "status": _status,
    "child": lambda case: case.child,
    "sex": lambda case: case.sex,
    "nationality": lambda case: case.citizenship,
    "language": lambda case: case.language,
    "exploitation": lambda case: " ".join(case.exploitation),
    "screening_result": _screening_result,
    "solution": lambda case: case.solution,
}


def facts_of(case: Case, codes: Iterable[str]) -> dict[str, str]:
    """Fact → value, for those of the codes that are known of this case, in the codes' order."""
    known = {code: READERS[code](case) for code in codes if code in READERS}
    return {code: value for code, value in known.items() if value}
