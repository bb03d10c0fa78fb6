"""Sets of signs: dated, honest about what they lack, in force for everybody, and what they show."""

from collections.abc import Iterator

from himaya.packs.check.faults import fault, unknown
from himaya.packs.errors import Fault
from himaya.packs.instruments import Dimension, Indicator, Instrument
from himaya.packs.schema import Pack
from himaya.packs.vocabulary import InstrumentKind, Lack, Palermo

ILO_INDICATORS = range(1, 12)  # the eleven of forced labour


def faults_of_sets(pack: Pack) -> Iterator[Fault]:
    """Sets that do not say their version or what they lack, or leave somebody without any."""
    codes = {instrument.code for instrument in pack.instruments}
    for instrument in pack.instruments:
        if not instrument.version:
            yield fault(instrument, f'instrument "{instrument.code}" has no "version"')
        yield from _faults_of_lack(instrument)
        yield from unknown(instrument, "instead", instrument.instead, codes, "instrument")
        yield from _faults_of_retirement(instrument, codes)
        yield from _faults_of_levels(instrument)
    yield from _faults_of_coverage(pack)


def _faults_of_lack(instrument: Instrument) -> Iterator[Fault]:
    code, has_signs = instrument.code, bool(instrument.indicators)
    if instrument.lacks is None and not has_signs and not instrument.scored:
        yield fault(instrument, f'instrument "{code}" has no signs and does not say "lacks"')
    if instrument.lacks is Lack.SIGNS and has_signs:
        yield fault(instrument, f'instrument "{code}" has the signs that it says it lacks', "lacks")
    if instrument.lacks is Lack.SIGNS and not instrument.instead:
        yield fault(instrument, f'instrument "{code}" does not say what to take "instead"', "lacks")
    if instrument.lacks and instrument.scored:
        yield fault(instrument, f'instrument "{code}" has a score and says that it lacks', "lacks")
    unweighed = instrument.kind is InstrumentKind.INDICATORS and not instrument.scored
    if unweighed and has_signs and instrument.lacks is not Lack.WEIGHTS:
        yield fault(instrument, f'instrument "{code}" has no weights and does not say so: "lacks"')


def _faults_of_retirement(instrument: Instrument, codes: set[str]) -> Iterator[Fault]:
    others = codes - {instrument.code}
    yield from unknown(instrument, "replaced_by", [instrument.replaced_by], others, "successor")
    if instrument.replaced_by and instrument.retired is None:
        yield fault(instrument, 'what is replaced says since when: "retired"', "replaced_by")


def _faults_of_levels(instrument: Instrument) -> Iterator[Fault]:
    wants = instrument.kind is InstrumentKind.VULNERABILITY
    for group in instrument.dimensions:
        if wants and group.level is None:
            yield fault(instrument, f'group "{group.id}" does not say its level')
        if not wants and group.level is not None:
            yield fault(instrument, f'group "{group.id}" has a level, and is no vulnerability')


def _faults_of_coverage(pack: Pack) -> Iterator[Fault]:
    """Whoever must be screened can be: adults and children each have a set that is in force."""
    usable = [each for each in pack.instruments if each.indicators and each.retired is None]
    if not pack.instruments:
        return
    file = pack.instruments[0].place.file
    for kind in InstrumentKind:
        if not any(each.kind is kind for each in usable):
            yield Fault(file, 1, f'no list of kind "{kind}" is in force')
    main = [each for each in usable if each.kind is InstrumentKind.INDICATORS]
    for child, who in ((False, "an adult"), (True, "a child")):
        if main and not any(each.fits(child=child) for each in main):
            yield Fault(file, 1, f"no set of indicators for {who} is in force")


def faults_of_shown(pack: Pack) -> Iterator[Fault]:
    """Signs that point to no element of the law, or to another one than their dimension."""
    elements = {element.id: element.kind for element in pack.law.elements}
    for instrument in pack.instruments:
        for dimension in instrument.dimensions:
            for sign in dimension.indicators:
                yield from unknown(sign, "shows", sign.shows, elements, "element")
                yield from _faults_of_numbers(sign)
                yield from _faults_of_pointing(dimension, sign, elements)


def _faults_of_numbers(sign: Indicator) -> Iterator[Fault]:
    for number in sign.ilo11:
        if number not in ILO_INDICATORS:
            yield fault(sign, f"the ILO has no indicator {number} of forced labour", "ilo11")


def _faults_of_pointing(
    dimension: Dimension, sign: Indicator, elements: dict[str, Palermo]
) -> Iterator[Fault]:
    kinds = {elements[each] for each in sign.shows if each in elements}
    if dimension.palermo is not None and dimension.palermo not in kinds:
        reason = f'sign "{sign.id}" shows no {dimension.palermo}, as its dimension does'
        yield fault(sign, reason, "shows")


def faults_of_charges(pack: Pack) -> Iterator[Fault]:
    """Offences of which nobody could be charged, or that ask more where the victim is a child."""
    named = {element.kind for element in pack.law.elements if element.in_law}
    for offence in pack.law.offences:
        for kind in sorted(set(offence.needs) - named):
            yield fault(offence, f"the law names no {kind} of its own", "needs")
        if Palermo.PURPOSE not in offence.needs and offence.needs:
            yield fault(offence, "without a purpose there is no trafficking", "needs")
        if set(offence.needs_for_child) - set(offence.needs):
            yield fault(offence, "a child's case asks for more than an adult's", "needs_for_child")
        if bool(offence.needs) != bool(offence.needs_for_child):
            yield fault(offence, 'say both "needs" and "needs_for_child", or neither')
    if pack.law.offences and not any(offence.needs for offence in pack.law.offences):
        yield Fault(pack.law.offences[0].place.file, 1, "no offence says what a charge needs")
