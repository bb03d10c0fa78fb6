"""What a new version of a pack changes, in sentences for those who have to agree to it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields

from himaya.packs.entries import Entry, Label
from himaya.packs.schema import Pack
from himaya.packs.tracks import Clock
from himaya.packs.wording import duration

NOT_COMPARED = frozenset(
    {"id", "code", "place", "states", "dimensions", "indicators", "aggravations", "questions"}
)

WHENCE = frozenset({"confidence", "source", "place"})


def diff(old: Pack, new: Pack) -> list[str]:
    """One sentence for each thing that is new, gone or different; empty when nothing is."""
    return [*_head(old, new), *_lists(old, new)]


def _head(old: Pack, new: Pack) -> Iterator[str]:
    if old.id != new.id:
        yield f'These are packs of two countries: "{old.id}" and "{new.id}".'
    for name in ("version", "name", "law_note"):
        yield from _change("The pack", name, getattr(old, name), getattr(new, name))
    yield from _named("source", old.sources, new.sources)
    yield from _fields("The calendar", old.calendar, new.calendar)
    yield from _fields("The card", old.card, new.card)


def _lists(old: Pack, new: Pack) -> Iterator[str]:
    for noun, before, after in (
        ("stage", old.stages, new.stages),
        ("actor", old.actors, new.actors),
        ("document", old.documents, new.documents),
        ("track", old.tracks, new.tracks),
        ("step", old.steps, new.steps),
        ("criterion", old.criteria, new.criteria),
        ("decision", old.decisions, new.decisions),
        ("law", old.law.laws, new.law.laws),
        ("provision", old.law.provisions, new.law.provisions),
        ("offence", old.law.offences, new.law.offences),
        ("measure", old.law.measures, new.law.measures),
        ("time limit", old.law.limits, new.law.limits),
        ("element", old.law.elements, new.law.elements),
        ("agency", old.agencies, new.agencies),
        ("desk", old.desks, new.desks),
        ("route", old.routes, new.routes),
        ("custody", old.custody, new.custody),
        ("silence", old.silence, new.silence),
        ("compartment", old.compartments, new.compartments),
        ("fact", old.facts, new.facts),
        ("sharing with", old.shares, new.shares),
        ("age band", old.bands, new.bands),
        ("legal basis", old.bases, new.bases),
        ("implicit consent", old.implicit, new.implicit),
        ("channel", old.channels, new.channels),
        ("language", old.languages, new.languages),
        ("district", old.districts, new.districts),
        ("instrument", old.instruments, new.instruments),
        ("question", old.card.questions, new.card.questions),
        ("solution", old.solutions, new.solutions),
        ("setting", old.settings, new.settings),
        ("retention rule", old.retention, new.retention),
        ("answer", old.replies, new.replies),
        ("level of escalation", old.escalation, new.escalation),
    ):
        yield from _named(noun, _by_name(before), _by_name(after))
    yield from _named("state", _states(old), _states(new))
    yield from _named("aggravation", _aggravations(old), _aggravations(new))
    yield from _named("dimension", _dimensions(old), _dimensions(new))
    yield from _named("indicator", _indicators(old), _indicators(new))


def _by_name(entries: Iterable[Entry]) -> Mapping[str, Entry]:
    return {_name(entry): entry for entry in entries}


def _name(entry: Entry) -> str:
    """What an entry is known by: most have an id, the others one word in its place."""
    keys = ("id", "code", "named", "to", "desk")
    return next(str(getattr(entry, key)) for key in keys if hasattr(entry, key))


def _states(pack: Pack) -> Mapping[str, Entry]:
    return {f"{track.id}.{state.id}": state for track in pack.tracks for state in track.states}


def _aggravations(pack: Pack) -> Mapping[str, Entry]:
    return {
        f"{offence.id}.{aggravation.id}": aggravation
        for offence in pack.law.offences
        for aggravation in offence.aggravations
    }


def _dimensions(pack: Pack) -> Mapping[str, Entry]:
    return {
        f"{instrument.code} {dimension.id}": dimension
        for instrument in pack.instruments
        for dimension in instrument.dimensions
    }


def _indicators(pack: Pack) -> Mapping[str, Entry]:
    return {
        f"{instrument.code} {indicator.id}": indicator
        for instrument in pack.instruments
        for indicator in instrument.indicators
    }


def _named(noun: str, old: Mapping[str, object], new: Mapping[str, object]) -> Iterator[str]:
    for name in [*old, *(name for name in new if name not in old)]:
        if name not in new:
            yield f'The {noun} "{name}" is gone.'
        elif name not in old:
            yield f'The {noun} "{name}" is new.'
        else:
            yield from _fields(f'The {noun} "{name}"', old[name], new[name])


def _fields(what: str, old: object, new: object) -> Iterator[str]:
    if not isinstance(old, Entry):
        yield from _change(what, "words", old, new)
        return
    for field in fields(old):
        if field.name not in NOT_COMPARED:
            key = field.metadata.get("key", field.name)
            yield from _change(what, key, getattr(old, field.name), getattr(new, field.name))


def _change(what: str, key: str, old: object, new: object) -> Iterator[str]:
    if old != new:
        yield f"{what}: {key} was {_words(old)} and is now {_words(new)}."


def _words(value: object) -> str:
    if isinstance(value, Clock):
        return _clock(value)
    if isinstance(value, Label):
        return f"“{value.en}” / “{value.ar}”"
    if isinstance(value, Entry):
        return _entry(value)
    if isinstance(value, tuple) and value:
        return ("; " if isinstance(value[0], Entry) else ", ").join(map(_words, value))
    return _plain_words(value)


def _plain_words(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "nothing" if value in (None, "", ()) else str(value)


def _entry(entry: Entry) -> str:
    said = (field.name for field in fields(entry) if field.name not in WHENCE)
    return ", ".join(f"{name} {_words(getattr(entry, name))}" for name in said)


def _clock(clock: Clock) -> str:
    return f"{duration(clock)} from {clock.when}" if clock.when else duration(clock)
