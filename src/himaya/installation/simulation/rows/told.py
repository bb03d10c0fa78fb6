"""One life under its ids, and what all rows of a simulation share."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar

from himaya.installation.simulation.lives import Life
from himaya.installation.simulation.numbers import Ids
from himaya.installation.simulation.sheets import Sheet
from himaya.installation.simulation.stands import Stands
from himaya.packs.schema import Pack

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Seat:
    """A desk as rows name it."""

    id: str
    kind: str


@dataclass(frozen=True, slots=True)
class Desks:
    """The desks of an installation, by what they are there for."""

    receiving: tuple[Seat, ...]
    leading: tuple[Seat, ...]
    identifying: tuple[Seat, ...]
    sheltering: tuple[Seat, ...]
    prosecuting: tuple[Seat, ...]


@dataclass(slots=True)
class World:
    """Where and when the invented lives are lived. ids: gives each row one; the next chunk's
    come from a range of its own.
    """

    ids: Ids
    pack: Pack
    stands: Stands
    desks: Desks
    now: datetime


@dataclass(slots=True, kw_only=True)
class Told:
    """A life, its case and the desks that know of it.

    referrals: kind of desk → state of the referral there, for each that there was one to.
    opened, decided, closed: the moments of the life as COPY reads them; None for what did not come.
    """

    life: Life
    case_id: str
    report_id: str | None
    pseudonym: str
    lead: Seat
    screens: Seat
    place: str
    solution: str
    referrals: Mapping[str, str]
    opened: str
    decided: str | None
    closed: str | None


class Rows(Protocol):
    """One kind of record."""

    @property
    def sheets(self) -> Sequence[Sheet]:
        """What waits to be copied in; what others point at comes first."""

    def write(self, told: Told) -> None:
        """Put what a life needs of this kind on the sheets."""


def one_of(things: Sequence[T], life: Life, turn: int = 1) -> T:
    """One of them, always the same for the same life.

    turn: a prime number for what is chosen, so that one choice tells nothing of another.
    """
    return things[int(life.chance * turn % 1 * len(things))]
