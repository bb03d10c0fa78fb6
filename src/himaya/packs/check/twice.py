"""Nothing twice: an id stands for one thing, a source for one document."""

from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass

from himaya.packs.check.faults import fault
from himaya.packs.entries import Entry
from himaya.packs.errors import Fault
from himaya.packs.schema import Pack
from himaya.packs.tracks import Clock


def faults_of_ids(pack: Pack) -> Iterator[Fault]:
    """Ids that stand for two things."""
    law = pack.law
    for entries in (
        *(pack.stages, pack.documents, pack.tracks, pack.steps, pack.agencies, pack.desks),
        *(pack.custody, pack.compartments, pack.facts, pack.channels, pack.solutions),
        *(pack.settings, pack.retention, pack.replies, pack.districts, pack.escalation),
        *(pack.criteria, pack.decisions),
        *(pack.bands, pack.bases, pack.implicit, pack.card.questions),
        *(law.laws, law.provisions, law.offences, law.measures, law.limits, law.elements),
        *(track.states for track in pack.tracks),
        *(offence.aggravations for offence in law.offences),
        *(instrument.dimensions for instrument in pack.instruments),
        *(instrument.indicators for instrument in pack.instruments),
    ):
        yield from _twice(entries, "id")
    yield from _twice(pack.instruments, "code")
    yield from _twice(pack.languages, "code")
    yield from _twice(pack.routes, "named")
    yield from _twice(pack.silence, "desk")
    yield from _twice(pack.shares, "to")


def _twice(entries: Iterable[Entry], key: str) -> Iterator[Fault]:
    first: dict[str, Entry] = {}
    for entry in entries:
        name = str(getattr(entry, key))
        if name in first:
            line = first[name].place.line_of(key)
            yield fault(entry, f'"{name}" stands here twice; first on line {line}', key)
        first.setdefault(name, entry)


def faults_of_sources(pack: Pack) -> Iterator[Fault]:
    """Facts on the word of a source that the pack does not list; the first such fact of a file."""
    seen: set[tuple[str, str]] = set()
    for entry in _entries(pack):
        for source in entry.source:
            if source not in pack.sources and (entry.place.file, source) not in seen:
                seen.add((entry.place.file, source))
                yield fault(entry, f'unknown source "{source}"; pack.toml lists them', "source")


def _entries(value: object) -> Iterator[Entry]:
    """Every entry in a value, however deep. A clock stands on the word of what it names."""
    if isinstance(value, Clock) and (value.setting or value.limit):
        return
    if isinstance(value, Entry):
        yield value
    if is_dataclass(value):
        value = tuple(getattr(value, field.name) for field in fields(value))
    if isinstance(value, tuple):
        for each in value:
            yield from _entries(each)
