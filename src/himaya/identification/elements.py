"""Act, means and purpose: what makes trafficking by the Protocol, and a charge by the law."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from himaya.identification.models import Answer
from himaya.packs.instruments import Indicator
from himaya.packs.law import Element, Lawbook, Offence
from himaya.packs.vocabulary import Palermo

ADULT = (Palermo.ACT, Palermo.MEANS, Palermo.PURPOSE)
CHILD = (Palermo.ACT, Palermo.PURPOSE)  # Source: Trafficking Protocol, article 3(c)


@dataclass(frozen=True, slots=True)
class Shown:
    """One element, and the signs answered yes that point to it. found: the officer finds it."""

    element: Element
    signs: tuple[Indicator, ...]
    found: bool


@dataclass(frozen=True, slots=True)
class Grounds:
    """Whether what was found makes trafficking by the Protocol. missing: kinds not found."""

    child: bool
    missing: tuple[Palermo, ...]

    @property
    def complete(self) -> bool:
        """True when everything that is needed was found."""
        return not self.missing


@dataclass(frozen=True, slots=True)
class Charge:
    """Whether what was found makes an offence of the country's law; another question than whether
    somebody is a victim.

    missing: kinds that a charge needs and that were not found. unnamed: elements that were found
    and that this law does not name. more_for_child: it needs a means although the victim is a
    child.
    """

    offence: Offence
    missing: tuple[Palermo, ...]
    unnamed: tuple[Element, ...]
    more_for_child: bool


def shown(
    elements: Iterable[Element],
    signs: Iterable[Indicator],
    answers: Mapping[str, str],
    found: Collection[str] = (),
) -> list[Shown]:
    """Every element of the law, with the signs that point to it."""
    yes = [sign for sign in signs if answers.get(sign.id) == Answer.Value.YES]
    return [
        Shown(
            element,
            tuple(sign for sign in yes if element.id in sign.shows),
            element.id in found,
        )
        for element in elements
    ]


def grounds(elements: Iterable[Element], found: Collection[str], *, child: bool) -> Grounds:
    """What the Protocol says of the elements found; for a child no means is needed."""
    kinds = {element.kind for element in elements if element.id in found}
    needed = CHILD if child else ADULT
    return Grounds(child, tuple(kind for kind in needed if kind not in kinds))


def charges(law: Lawbook, found: Collection[str], *, child: bool) -> list[Charge]:
    """What the country's own law says of the elements found, offence by offence."""
    return list(_charges(law, found, child=child))


def _charges(law: Lawbook, found: Collection[str], *, child: bool) -> Iterator[Charge]:
    present = [element for element in law.elements if element.id in found]
    named = {element.kind for element in present if element.in_law}
    for offence in law.offences:
        needed = offence.needs_for_child if child else offence.needs
        if needed:
            yield Charge(
                offence,
                missing=tuple(kind for kind in needed if kind not in named),
                unnamed=tuple(each for each in present if not each.in_law and each.kind in needed),
                more_for_child=child and Palermo.MEANS in needed,
            )
