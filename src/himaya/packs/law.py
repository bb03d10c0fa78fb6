"""The country's law as far as the pathway needs it."""

from dataclasses import dataclass
from datetime import date

from himaya.packs.entries import Entry, Label
from himaya.packs.vocabulary import Palermo, Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Law(Entry):
    """A law in force, or the treaty the country is bound by."""

    id: str
    label: Label
    issued: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Provision(Entry):
    """A rule of a law that something in the pack rests on. article: as cited, e.g. `12`."""

    id: str
    law: str
    article: str
    label: Label


@dataclass(frozen=True, slots=True, kw_only=True)
class Aggravation(Entry):
    """A circumstance that makes the penalty of an offence heavier."""

    id: str
    label: Label


@dataclass(frozen=True, slots=True, kw_only=True)
class Offence(Entry):
    """A crime by its article, with its penalty in words and the circumstances to look for.

    needs: which kinds of element a charge must show; needs_for_child: where the victim is a child.
    Empty for a crime that is not made of them.
    """

    id: str
    provision: str
    label: Label
    penalty: Label
    aggravated: Label | None = None
    aggravations: tuple[Aggravation, ...] = ()
    needs: tuple[Palermo, ...] = ()
    needs_for_child: tuple[Palermo, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure(Entry):
    """A protection that the prosecution or a court may order."""

    id: str
    provision: str
    label: Label


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit(Entry):
    """A time limit that a law itself sets."""

    id: str
    provision: str
    label: Label
    amount: int
    unit: Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Element(Entry):
    """An act, a means or a purpose of trafficking.

    in_law: named by the country's own law; the Protocol names all of them.
    """

    id: str
    kind: Palermo
    label: Label
    in_law: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Lawbook(Entry):
    """All of it. silent_on: protections that the country's law does not know."""

    laws: tuple[Law, ...]
    provisions: tuple[Provision, ...]
    offences: tuple[Offence, ...]
    elements: tuple[Element, ...]
    measures: tuple[Measure, ...] = ()
    limits: tuple[Limit, ...] = ()
    silent_on: tuple[str, ...] = ()
