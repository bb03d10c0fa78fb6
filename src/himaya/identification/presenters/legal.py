"""Act, means and purpose in words, and what the country's law would charge."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from himaya.identification.elements import Charge, Shown
from himaya.packs.entries import by_id
from himaya.packs.law import Lawbook
from himaya.packs.vocabulary import Palermo

TITLES: dict[Palermo, str | Promise] = {
    Palermo.ACT: _("The act: what was done"),
    Palermo.MEANS: _("The means: how it was done"),
    Palermo.PURPOSE: _("The purpose: what for"),
}
NEEDED: dict[Palermo, str | Promise] = {
    Palermo.ACT: _("an act that this law names"),
    Palermo.MEANS: _("a means that this law names"),
    Palermo.PURPOSE: _("a purpose that this law names"),
}


@dataclass(frozen=True, slots=True)
class ElementLine:
    """One element: whether the officer finds it, and the signs that point to it."""

    label: str
    found: bool
    signs: list[str]


@dataclass(frozen=True, slots=True)
class ElementGroup:
    """The elements of one kind of which there is anything to say."""

    title: str
    lines: list[ElementLine]


@dataclass(frozen=True, slots=True)
class ChargeLine:
    """One offence of the country's law beside what was found."""

    offence: str
    article: str
    complete: bool
    missing: list[str]
    unnamed: list[str]
    more_for_child: bool


def groups(shown: Iterable[Shown]) -> list[ElementGroup]:
    """Elements by their kind; those that nobody finds and no sign points to are left out."""
    listed = list(shown)
    return [ElementGroup(str(TITLES[kind]), _lines(listed, kind)) for kind in Palermo]


def _lines(shown: Iterable[Shown], kind: Palermo) -> list[ElementLine]:
    return [
        ElementLine(
            each.element.label.text(), each.found, [sign.label.text() for sign in each.signs]
        )
        for each in shown
        if each.element.kind is kind and (each.found or each.signs)
    ]


def charge_line(charge: Charge, law: Lawbook) -> ChargeLine:
    """An offence in words, by the article where it stands."""
    provision = by_id(law.provisions, charge.offence.provision)
    return ChargeLine(
        offence=charge.offence.label.text(),
        article=f"{by_id(law.laws, provision.law).label.text()} · {provision.article}",
        complete=not charge.missing,
        missing=[str(NEEDED[kind]) for kind in charge.missing],
        unnamed=[element.label.text() for element in charge.unnamed],
        more_for_child=charge.more_for_child,
    )
