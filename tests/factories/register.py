"""A register of invented persons, and a fifth of them again as another desk wrote them down."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from tests.factories.spellings import PEOPLES

SHARE_OF_DUPLICATES = 0.2
COHORT = 25  # passports that one office gave out in a row to people of one recruiter
FIRST, LAST = date(1960, 1, 1), date(2008, 1, 1)
SOUNDS_ALIKE = [("a", "e"), ("o", "u"), ("i", "e"), ("ee", "i"), ("ou", "u"), ("y", "i")]


@dataclass(frozen=True, slots=True)
class Record:
    """Somebody as one desk wrote them down. who: the person, which only the measurement knows."""

    who: int
    people: str
    name: str
    document: str
    birth: str
    phone: str


@dataclass(frozen=True, slots=True)
class _Person:
    who: int
    people: str
    names: tuple[tuple[str, ...], ...]  # each name with all ways of writing it
    document: str
    born: date
    phone: str


def register(number: int, seed: int = 7) -> tuple[list[Record], list[Record]]:
    """So many records: those that were written first, and the duplicates that came after them."""
    random = Random(seed)
    twice = round(number * SHARE_OF_DUPLICATES)
    persons = list(_persons(number - twice, random))
    first = [_written(person, random, carefully=True) for person in persons]
    again = [_written(person, random, carefully=False) for person in random.sample(persons, twice)]
    return first, again


def _persons(number: int, random: Random) -> Iterator[_Person]:
    peoples = list(PEOPLES)
    next_number = 0
    for who in range(number):
        people = peoples[who % len(peoples)]
        if who % COHORT == 0:
            next_number = random.randrange(10**6, 10**7 - COHORT)
        next_number += 1
        days = random.randrange((LAST - FIRST).days)
        yield _Person(
            who,
            people,
            tuple(_names(people, random)),
            f"{people[0]}{next_number}",
            FIRST + timedelta(days=days),
            _phone(random),
        )


def _phone(random: Random) -> str:
    return f"+965{random.choice('569')}{random.randrange(10**7):07}"


def _names(people: str, random: Random) -> Iterator[tuple[str, ...]]:
    given, family, between = PEOPLES[people]
    yield tuple(_common(given, random))
    for _each in range(random.randint(0, between)):
        yield tuple(_common(family if people == "Filipino" else given, random))
    yield tuple(_common(family, random))


def _common(names: list[list[str]], random: Random) -> list[str]:
    """One of the names; the first of a list are borne by many more than the last."""
    return names[min(int(random.expovariate(3 / len(names))), len(names) - 1)]


def _written(person: _Person, random: Random, *, carefully: bool) -> Record:
    """A record of a person. carefully: from papers; else as it was heard, in haste, from memory."""
    in_latin = random.random() < (0.85 if carefully else 0.7)
    names = [_way(_in(ways, in_latin), random, carefully=carefully) for ways in person.names]
    record = Record(
        person.who,
        person.people,
        " ".join(names),
        person.document if random.random() < (0.85 if carefully else 0.6) else "",
        _birth(person.born, random, carefully=carefully),
        person.phone if random.random() < (0.6 if carefully else 0.35) else "",
    )
    if carefully:
        return record
    return replace(
        record,
        name=_disordered(names, random),
        document=_slip(record.document, random),
        phone=record.phone if random.random() < 0.7 else _phone(random),
    )


def _in(ways: tuple[str, ...], in_latin: bool) -> list[str]:
    """The ways of one script; every way of a name that has but one script."""
    return [way for way in ways if way[0].isascii() is in_latin] or list(ways)


def _way(ways: list[str], random: Random, *, carefully: bool) -> str:
    if carefully:
        return ways[0] if random.random() < 0.8 else random.choice(ways)
    said = random.choice(ways)
    return _misheard(said, random) if said.isascii() else said


def _misheard(name: str, random: Random) -> str:
    """Another vowel, a doubled letter, or now and then a wrong one."""
    if random.random() < 0.25:
        one, other = random.choice(SOUNDS_ALIKE)
        name = name[0] + name[1:].replace(one, other, 1)
    if random.random() < 0.12 and len(name) > 3:
        place = random.randrange(1, len(name) - 1)
        name = name[:place] + name[place] + name[place:]
    if random.random() < 0.04:
        place = random.randrange(1, len(name))
        name = name[:place] + random.choice("abdeghiklmnorstuy") + name[place + 1 :]
    return name


def _disordered(names: list[str], random: Random) -> str:
    kept = names.copy()
    if len(kept) > 2 and random.random() < 0.3:
        kept.pop(random.randrange(1, len(kept)))
    if random.random() < 0.15:
        kept = [kept[-1], *kept[:-1]]
    return " ".join(kept)


def _birth(born: date, random: Random, *, carefully: bool) -> str:
    chance = random.random()
    if chance < (0.8 if carefully else 0.5):
        return born.isoformat()
    if chance < (0.85 if carefully else 0.6):
        return f"{born.year}-01-01"
    if chance < (0.95 if carefully else 0.88):
        return f"about {born.year + random.randint(-2, 2)}"
    if not carefully and chance < 0.92 and born.day <= 12:
        return date(born.year, born.day, born.month).isoformat()
    return ""


def _slip(number: str, random: Random) -> str:
    """The number, one in ten with two signs exchanged, one in twelve with another sign."""
    chance = random.random()
    place = random.randrange(1, max(len(number) - 1, 2))
    if not number or chance > 0.1 + 1 / 12:
        return number
    if chance < 0.1:
        return number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    return number[:place] + random.choice("0123456789") + number[place + 1 :]
