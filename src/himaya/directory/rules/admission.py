"""Would this service take this person, and why not: facts, without a query."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

ADULT = 18.0
EVERYBODY = (0.0, 200.0)


class Bar(StrEnum):
    """Why a service does not take a person."""

    CLOSED = "closed"
    AGREEMENT_ENDED = "agreement_ended"
    SEX = "sex"
    TOO_YOUNG = "too_young"
    TOO_OLD = "too_old"
    FAMILY = "family"
    ALONE = "alone"
    LANGUAGE = "language"
    DISTRICT = "district"


class Doubt(StrEnum):
    """What has to be asked before it is certain."""

    SEX = "sex"
    AGE = "age"
    LANGUAGE = "language"
    INTERPRETER = "interpreter"


@dataclass(frozen=True, slots=True)
class Person:
    """Whom a service is looked for, in codes. Empty: not known.

    ages: from the youngest to the oldest that the person may be. family: whether children of
    theirs come along.
    """

    sex: str = ""
    ages: tuple[float, float] = EVERYBODY
    language: str = ""
    district: str = ""
    family: bool | None = None


def ages_of(age: int | None, child: str) -> tuple[float, float]:
    """From what is known of somebody's age. child: "yes", "no", "unknown" or "".

    Whose age is in doubt is treated as a child until assessed.
    """
    if age is not None:
        return float(age), float(age)
    if child == "no":
        return ADULT, EVERYBODY[1]
    return (0.0, ADULT - 1) if child in {"yes", "unknown"} else EVERYBODY


@dataclass(frozen=True, slots=True)
class Admission:
    """Whom a service takes. sexes, districts and languages: empty for all, or for not said."""

    status: str = "active"
    sexes: frozenset[str] = frozenset()
    lowest: float | None = None
    highest: float | None = None
    families: str = "any"
    languages: frozenset[str] = frozenset()
    interprets: bool = False
    districts: frozenset[str] = field(default_factory=frozenset)
    agreement_ends: date | None = None


def bars(service: Admission, person: Person, on: date) -> Iterator[Bar]:
    """Everything that stands between this person and this service. None: it would take them."""
    if service.status != "active":
        yield Bar.CLOSED
    if service.agreement_ends and service.agreement_ends < on:
        yield Bar.AGREEMENT_ENDED
    if person.sex and service.sexes and person.sex not in service.sexes:
        yield Bar.SEX
    yield from _bars_of_age(service, person)
    if person.family is True and service.families == "none":
        yield Bar.FAMILY
    if person.family is False and service.families == "only":
        yield Bar.ALONE
    if _is_mute(service, person):
        yield Bar.LANGUAGE
    if person.district and service.districts and person.district not in service.districts:
        yield Bar.DISTRICT


def _bars_of_age(service: Admission, person: Person) -> Iterator[Bar]:
    youngest, oldest = person.ages
    if service.lowest is not None and oldest < service.lowest:
        yield Bar.TOO_YOUNG
    if service.highest is not None and youngest > service.highest:
        yield Bar.TOO_OLD


def _is_mute(service: Admission, person: Person) -> bool:
    known = person.language and service.languages and not service.interprets
    return bool(known) and person.language not in service.languages


def doubts(service: Admission, person: Person) -> Iterator[Doubt]:
    """What to ask the service or the person first."""
    if not person.sex and service.sexes:
        yield Doubt.SEX
    youngest, oldest = person.ages
    below = service.lowest is not None and youngest < service.lowest <= oldest
    above = service.highest is not None and youngest <= service.highest < oldest
    if below or above:
        yield Doubt.AGE
    if person.language and person.language not in service.languages:
        if service.interprets:
            yield Doubt.INTERPRETER
        elif not service.languages:
            yield Doubt.LANGUAGE
