"""A flood of made-up reports around a few real ones, and a desk that reads them in its order."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from himaya.kernel.access import job
from himaya.packs.calendar import due_at
from himaya.packs.loader import current
from himaya.reporting.models import Likeness, Report
from himaya.reporting.operations.compare import compare_new
from himaya.reporting.public.pace import Pace
from himaya.reporting.rules import first_clock
from himaya.vault.likeness import sketch_of

HOUR = timedelta(hours=1)
DANGER = ("now", "not_now", "unknown")
REAL = (
    "My employer keeps my passport and says I owe him money. I sleep in the kitchen.",
    "We are five men in a container. They pay nothing since we came and beat who complains.",
    "A girl in the flat above cries every night. She is perhaps fifteen and never goes out.",
    "The agency sold my contract to another family. I may not telephone my children.",
    "My cousin was promised work in a salon. Now men come to her room and she cannot leave.",
    "The driver takes women from the camp to hotels at night. I wrote down what I saw.",
    "Madam pours hot water on her hands when the food is late. Her name is not known to us.",
    "He locks the door from outside and takes the key. There is no food since Tuesday.",
    "Fishermen on our boat have not been on land for nine months. Two are ill.",
    "They took my kidney papers and say I will sign or go to prison.",
)
WORDS = """
water paper window market river table yellow seven morning pencil carpet engine letter garden winter
orange bottle camera ticket street mirror basket candle hammer island jacket ladder
""".split()  # noqa: SIM905 - one word a line would be a page
TEMPLATES = (
    "URGENT a woman is held in a house and will be killed tonight come at once please hurry now",
    "Danger children are locked in a room without air they will die send police immediately",
    "He sells people from the camp every night and pays the guards nobody does anything about it",
    "Many workers without papers sleep in the desert behind the farm and nobody gives them water",
)
OTHERWISE = {
    "woman": "girl lady mother",
    "house": "home villa flat",
    "killed": "murdered hurt",
    "room": "cellar store",
    "night": "evening day",
    "workers": "men people",
    "water": "food money",
    "papers": "passports visas",
}


@dataclass(frozen=True)
class Told:
    """One report of the flood, before it is stored. real: whether somebody needs help."""

    words: str
    danger: str
    line: str
    at: datetime
    real: bool


def flood(seed: int, fakes: int, real: int, begins: datetime, lines: int) -> list[Told]:
    """So many reports within one hour: a quarter each random, copied, told anew, and urgent.

    lines: over how many addresses the made-up ones come. The real ones have one each.
    """
    chance = random.Random(seed)
    makers = (_random, _copied, _anew, _urgent)
    told = [
        Told(*makers[number % 4](chance), f"9.9.{number % lines // 250}.{number % lines % 250}",
             begins + HOUR * chance.random(), real=False)
        for number in range(fakes)
    ]  # fmt: skip
    told += [
        Told(
            REAL[number % len(REAL)] + f" {chance.choice(WORDS)} {chance.choice(WORDS)}.",
            "now" if number % 2 else "unknown",
            f"8.8.{number // 250}.{number % 250}",
            begins + HOUR * chance.random(),
            real=True,
        )
        for number in range(real)
    ]
    return sorted(told, key=lambda each: each.at)


def _random(chance: random.Random) -> tuple[str, str]:
    words = [
        "".join(chance.choices("abcdefghijklmnop", k=chance.randint(3, 9))) for _word in range(20)
    ]
    return " ".join(words), chance.choice(DANGER)


def _copied(chance: random.Random) -> tuple[str, str]:
    return chance.choice(TEMPLATES), chance.choice(DANGER)


def _anew(chance: random.Random) -> tuple[str, str]:
    words = [
        chance.choice(OTHERWISE.get(word, word).split()) if chance.random() < 0.5 else word
        for word in chance.choice(TEMPLATES).split()
    ]
    return " ".join(words), chance.choice(DANGER)


def _urgent(chance: random.Random) -> tuple[str, str]:
    words, _danger = _anew(chance)
    return f"{words} {chance.choice(WORDS)} {chance.choice(WORDS)} {chance.randint(1, 999)}", "now"


def stored(told: Sequence[Told], desk_id: UUID) -> dict[UUID, Told]:
    """Store them as they arrive: what stays in clear, what the words are like, and no words."""
    pace, kept = Pace(), {}
    reports, likenesses = [], []
    begun = told[0].at
    for each in told:
        clock = current().clock(first_clock(each.danger))
        report = Report(
            received_at=each.at,
            channel=Report.Channel.WEB,
            language="en",
            danger=[each.danger],
            desk_id=desk_id,
            due_at=due_at(each.at, clock, current().calendar),
            size_class=256,
            set_back=pace.is_one_of_many(each.line, (each.at - begun).total_seconds()),
        )
        reports.append(report)
        likenesses.append(Likeness(report=report, sketch=sketch_of(each.words)))
        kept[report.pk] = each
    Report.objects.bulk_create(reports)
    Likeness.objects.bulk_create(likenesses)
    while compare_new(actor=job("likeness"), at=told[-1].at):
        pass
    return kept


def read_in_turn(
    kept: dict[UUID, Told], order: Sequence[Report], begins: datetime, an_hour: int
) -> dict[UUID, datetime]:
    """When each report is read by a desk that takes so many an hour, in this order."""
    pause = HOUR / an_hour
    return {
        report.pk: begins + HOUR + pause * (place + 1)
        for place, report in enumerate(order)
        if report.pk in kept
    }
