"""Everything that is published of persons, for whoever tries to single one out of it.

A later release joins by one line in RELEASES: it says what a reader then knows and what adds up.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from himaya.statistics.codes import AgeGroup, Form, Sex, Status, Step
from himaya.statistics.figures import published
from tests.factories.attack import Known, Sum, subtract
from tests.statistics.test_figures_together import (
    MONTHS,
    page_of,
    sums_of_the_page,
    what_a_reader_knows,
)

Person = tuple[str, str, str, str, object, set[str]]
Persons = Sequence[Person]
SMALL = range(1, 5)


@dataclass(frozen=True)
class Release:
    """What a reader knows after it was published, and every sum that they can make."""

    known: Known
    sums: Sequence[Sum]

    @property
    def shown(self) -> float:
        """How much of it is still a number: what protecting it costs its readers."""
        values = list(self.known.values())
        return sum(value is not None for value in values) / len(values)


def figures_page(persons: Persons) -> Release:
    """The committee's page of figures."""
    page = published(page_of(list(persons)))  # type: ignore[arg-type]  # as it draws them
    return Release(what_a_reader_knows(page), sums_of_the_page())


RELEASES: Mapping[str, Callable[[Persons], Release]] = {"the committee's figures": figures_page}


def worked_out(release: Release) -> dict[Hashable, int]:
    """Small counts that a reader works out although they were kept back."""
    found = subtract(release.sums, release.known)
    return {key: count for key, count in found.items() if count in SMALL}


def told(release: Release) -> dict[Hashable, int]:
    """Small counts that stand there in so many words."""
    return {key: count for key, count in release.known.items() if count in SMALL}


def country(seed: int) -> Persons:
    """Persons as they come: most alike, some few in every corner."""
    chance = Random(seed)
    usual = [("identified", "domestic_servitude", "female", "adult", MONTHS[1])]
    corners = [
        (status, form, sex, age, month)
        for status in Status.values
        for form in Form.values
        for sex in Sex.values
        for age in AgeGroup.values
        for month in MONTHS
    ]
    drawn = usual * chance.randint(5, 40) + chance.sample(corners, chance.randint(3, 30))
    return [(*person, set(chance.sample(Step.values, chance.randint(0, 3)))) for person in drawn]
