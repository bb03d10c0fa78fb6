"""How long sealed content is kept, and what then."""

from dataclasses import dataclass

from himaya.packs.entries import Entry, Label
from himaya.packs.tracks import Clock
from himaya.packs.vocabulary import Then


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(Entry):
    """For some kinds of content of one sort of record: how long after which event, and what then.

    of: a key of `vocabulary.RETAINED`. kinds: of its content. after: what starts the time.
    keep: for how long; a setting or a time limit. then: destroyed, or looked at by a person first.
    """

    id: str
    label: Label
    of: str
    kinds: tuple[str, ...]
    after: str
    keep: Clock
    then: Then
    why: Label
