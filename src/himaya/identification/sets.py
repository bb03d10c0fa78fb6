"""Which sets of signs an interview uses, and what of the age that depends on."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from himaya.identification.ages import UNKNOWN, Age
from himaya.identification.errors import InstrumentNotInForce
from himaya.identification.models import Screening
from himaya.identification.queries import pack_begun_with, pack_of_screening
from himaya.identification.rules import check_fits
from himaya.kernel.errors import NotKnown
from himaya.packs.editions import code_of
from himaya.packs.instruments import Indicator, Instrument
from himaya.packs.schema import Pack
from himaya.packs.vocabulary import InstrumentKind


@dataclass(frozen=True, slots=True)
class Sets:
    """What is asked: a set of indicators, and lists beside it. pack: the edition that has them."""

    main: Instrument
    lists: tuple[Instrument, ...] = ()
    pack: str = ""

    @property
    def signs(self) -> tuple[Indicator, ...]:
        """Every sign that is asked about, in order."""
        return tuple(sign for each in (self.main, *self.lists) for sign in each.indicators)


def sets_in(pack: Pack, code: str, lists: Collection[str] = ()) -> Sets:
    """Sets of a pack by their codes. Raises NotKnown when the pack has no such set of indicators.

    A list that it does not have is left out: it decides nothing.
    """
    main = {each.code: each for each in _of(pack, InstrumentKind.INDICATORS)}
    if code not in main:
        raise NotKnown(instrument=code)
    beside = tuple(each for each in beside_in(pack) if each.code in lists)
    return Sets(main[code], beside, code_of(pack))


def sets_begun(screening: Screening) -> Sets | None:
    """What is asked in a screening that has begun."""
    if not screening.instrument:
        return None
    return sets_in(pack_begun_with(screening), screening.instrument, screening.lists)


def sets_for(screening: Screening, code: str, lists: Collection[str], *, on: date) -> Sets:
    """The sets that an officer chose for this screening; without a code, the usual ones.

    A set with which the interview began stays in the version of that day. Raises NotKnown, or
    InstrumentNotInForce when no set in force was made for a person of this age.
    """
    chosen = code or _usual(screening, on)
    begun = chosen == screening.instrument
    pack = pack_begun_with(screening) if begun else pack_of_screening(screening)
    return sets_in(pack, chosen, lists)


def _usual(screening: Screening, on: date) -> str:
    """The code of the first set that fits the age, of those with which it may go on."""
    fitting = (each for each in offered(screening, on) if each.fits(child=is_child(screening)))
    usual = next(fitting, None)
    if usual is None:
        raise InstrumentNotInForce(screening=screening.pk)
    return usual.code


def beside_in(pack: Pack) -> tuple[Instrument, ...]:
    """The lists that may be asked beside a set."""
    return tuple(each for each in pack.instruments if each.kind != InstrumentKind.INDICATORS)


def offered(screening: Screening, on: date) -> list[Instrument]:
    """The sets of indicators with which this screening may go on: in force, or begun with."""
    in_force = [
        each
        for each in _of(pack_of_screening(screening), InstrumentKind.INDICATORS)
        if each.may_begin(on)
    ]
    begun = sets_begun(screening)
    codes = {each.code for each in in_force}
    return in_force if begun is None or begun.main.code in codes else [begun.main, *in_force]


def successor(screening: Screening, on: date) -> Instrument | None:
    """What takes the place of the set with which the interview began, if that was retired."""
    begun = sets_begun(screening)
    if begun is None:
        return None
    present = {each.code: each for each in pack_of_screening(screening).instruments}
    now = present.get(begun.main.code)
    if now is not None and not now.is_retired(on):
        return None
    return present.get((now or begun.main).replaced_by or "")


def was_retired(screening: Screening, on: date) -> bool:
    """Whether the set with which the interview began is not in force any more."""
    begun = sets_begun(screening)
    if begun is None:
        return False
    present = {each.code: each for each in pack_of_screening(screening).instruments}
    now = present.get(begun.main.code)
    return now is None or now.is_retired(on)


def choose(screening: Screening, sets: Sets, *, at: datetime) -> None:
    """Note what is asked. Raises InstrumentNotInForce or NotForThisAge."""
    child, on = is_child(screening), at.date()
    same = screening.begun_with == sets.pack
    check_fits(sets.main, child=child, on=on, begun=same and screening.instrument == sets.main.code)
    for each in sets.lists:
        check_fits(each, child=child, on=on, begun=same and each.code in screening.lists)
    screening.begun_with = sets.pack
    screening.instrument = sets.main.code
    screening.lists = [each.code for each in sets.lists]


def grow_older(screening: Screening, age: Age | None) -> None:
    """Note what is known of the age. None keeps what was noted; never asked means in doubt."""
    known = age or (UNKNOWN if not screening.age_basis else None)
    if known is not None:
        screening.age_basis, screening.age_found = known.basis, known.found


def is_child(screening: Screening) -> bool:
    """Whether the person is treated as a child: unless they are known to be an adult."""
    return screening.age_found != Screening.AgeFound.ADULT


def _of(pack: Pack, kind: InstrumentKind) -> list[Instrument]:
    return [each for each in pack.instruments if each.kind is kind]
