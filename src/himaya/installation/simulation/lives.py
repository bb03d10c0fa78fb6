"""Invented persons and what became of each, one after the other in the order they came."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import log
from random import Random

from himaya.installation.simulation.country import Country

CHUNK = 1000
DAY = timedelta(days=1)
YEARS = 5  # how long the invented country has worked
AGES = {"child": "yes", "adult": "no", "unknown": "unknown"}


@dataclass(slots=True)
class Life:
    """One invented case, in codes. Moments that did not come yet are None.

    decided_at: presumed or not. sheltered_at, reported_at: referred to a shelter, to the
    prosecution. chance: a number below 1, for whatever else is drawn of this life.
    """

    number: int
    opened_at: datetime
    sex: str
    child: str
    form: str
    exploitation: tuple[str, ...]
    citizenship: str
    language: str
    channel: str
    danger: str
    interpreter: str
    chance: float
    decided_at: datetime | None = None
    presumed: bool = False
    sheltered_at: datetime | None = None
    reported_at: datetime | None = None
    closed_at: datetime | None = None
    outcome: str = ""


def lives(seed: int, count: int, country: Country, now: datetime) -> Iterator[Life]:
    """So many lives over the last years, the earliest first; the same seed draws the same ones."""
    for first in range(0, count, CHUNK):
        yield from chunk_of(seed, first, count, country, now)


def chunk_of(seed: int, first: int, count: int, country: Country, now: datetime) -> Iterator[Life]:
    """The lives from this number on, as many as are drawn together.

    Each chunk is drawn from a beginning of its own: whoever tells it needs to know no other.
    """
    chance = Random(f"{seed}.{first}")  # noqa: S311 - invented people, to be drawn again
    began = now - timedelta(days=365 * YEARS)
    step = (now - began) / count
    number = min(CHUNK, count - first)
    kinds = country.persons.several(chance, number)
    channels = country.channels.several(chance, number)
    for offset, (kind, channel) in enumerate(zip(kinds, channels, strict=True)):
        at = began + step * (first + offset + chance.random())
        citizenship = country.citizenships[kind.form].draw(chance)
        needed = chance.random() < country.ways["interpreter"]
        life = Life(
            number=first + offset,
            opened_at=at.replace(microsecond=0),
            sex=kind.sex,
            child=AGES[kind.age],
            form=kind.form,
            exploitation=country.exploitation[kind.form].draw(chance),
            citizenship=citizenship,
            language=country.languages.get(citizenship, "en"),
            channel=channel,
            danger=_danger(chance.random(), country),
            interpreter="needed" if needed else "not_needed",
            chance=chance.random(),
        )
        _go_on(life, chance, country, now)
        yield life


def _danger(drawn: float, country: Country) -> str:
    high, medium = country.ways["danger_high"], country.ways["danger_medium"]
    return "high" if drawn < high else "medium" if drawn < high + medium else "low"


def _go_on(life: Life, chance: Random, country: Country, now: datetime) -> None:
    """What happened to them until now."""
    ways = country.ways
    decided_at = life.opened_at + DAY * chance.expovariate(1 / ways["decision_days"])
    presumed = chance.random() < ways["presumed"]
    median = ways["presumed_days" if presumed else "not_presumed_days"]
    closed_at = decided_at + DAY * chance.lognormvariate(log(median), ways["spread"])
    sheltered, reported = (
        chance.random() < ways["sheltered"],
        chance.random() < ways["investigated"],
    )
    outcome = country.outcomes[presumed].draw(chance)
    if decided_at >= now:
        return
    life.decided_at, life.presumed = decided_at, presumed
    if presumed and sheltered:
        life.sheltered_at = decided_at
    if presumed and reported:
        life.reported_at = decided_at
    if closed_at < now:
        life.closed_at, life.outcome = closed_at, outcome
