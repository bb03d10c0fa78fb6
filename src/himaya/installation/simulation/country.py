"""Of whom an invented country is made, and what becomes of them: shares to draw from."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Any, Generic, TypeVar

HERE = Path(__file__).parent
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Shares(Generic[T]):
    """Things, and how often each comes: drawn with one look-up."""

    things: tuple[T, ...]
    upto: tuple[float, ...]

    @classmethod
    def of(cls, weighed: Mapping[T, float]) -> "Shares[T]":
        """Shares in proportion to the weights."""
        return cls(tuple(weighed), tuple(accumulate(weighed.values())))

    def draw(self, chance: Random) -> T:
        """One of them."""
        return chance.choices(self.things, cum_weights=self.upto)[0]

    def several(self, chance: Random, number: int) -> list[T]:
        """So many of them, each drawn by itself."""
        return chance.choices(self.things, cum_weights=self.upto, k=number)


@dataclass(frozen=True, slots=True)
class Kind:
    """What the published counts tell of a person: sex, age and form of exploitation."""

    sex: str
    age: str
    form: str


@dataclass(frozen=True, slots=True)
class Country:
    """Persons and ways. citizenships: form of exploitation → ISO 3166-1 alpha-3, empty unknown.

    exploitation: form → codes of the crosswalk, drawn one at a time. ways: the shares of
    `ways.toml`, by their name there.
    """

    persons: Shares[Kind]
    citizenships: Mapping[str, Shares[str]]
    exploitation: Mapping[str, Shares[tuple[str, ...]]]
    channels: Shares[str]
    languages: Mapping[str, str]
    outcomes: Mapping[bool, Shares[str]]
    ways: Mapping[str, float]


@cache
def country() -> Country:
    """What lies in the two files beside this one."""
    persons, ways = _read("persons.toml"), _read("ways.toml")
    return Country(
        persons=Shares.of(
            {
                Kind(each["sex"], each["age"], each["form"]): each["count"]
                for each in persons["persons"]
            }
        ),
        citizenships={form: Shares.of(counts) for form, counts in persons["citizenship"].items()},
        exploitation={form: _codes(codes) for form, codes in ways["exploitation"].items()},
        channels=Shares.of(ways["channels"]),
        languages=ways["languages"],
        outcomes={
            True: Shares.of(ways["outcomes"]["presumed"]),
            False: Shares.of(ways["outcomes"]["not_presumed"]),
        },
        ways=ways["ways"],
    )


def _codes(weighed: Sequence[Mapping[str, Any]]) -> Shares[tuple[str, ...]]:
    return Shares.of({tuple(each["codes"]): each["weight"] for each in weighed})


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))
