"""What officers read: said in their language, and not said for nothing."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from himaya.packs.check.faults import fault
from himaya.packs.entries import Entry, Label
from himaya.packs.errors import Fault
from himaya.packs.schema import Pack
from himaya.packs.vocabulary import ACTORS

ARABIC = re.compile(r"[\u0620-\u06ff]")
LETTERS = re.compile(r"[^\W\d_]")


def faults_of_words(pack: Pack) -> Iterator[Fault]:
    """Labels whose Arabic was left in another script, and letters without any English."""
    for entry in _entries(pack):
        for field in fields(entry):
            words = getattr(entry, field.name)
            if isinstance(words, Label) and _is_untranslated(words):
                reason = f'the Arabic of "{field.name}" is not Arabic: {words.ar}'
                yield fault(entry, reason, field.name)


def faults_of_unused(pack: Pack) -> Iterator[Fault]:
    """Papers that no step makes or needs, and actors who take none: a name for nothing."""
    papers = {name for step in pack.steps for name in step.documents}
    for document in pack.documents:
        if document.id not in papers:
            yield fault(document, f'no step makes or needs document "{document.id}"')
    takers = {name for step in pack.steps for name in step.actors}
    for actor in pack.actors:
        if actor.id in ACTORS and actor.id not in takers:
            yield fault(actor, f'actor "{actor.id}" takes no step')


def _is_untranslated(words: Label) -> bool:
    return bool(LETTERS.search(words.ar)) and not ARABIC.search(words.ar)


def _entries(value: object) -> Iterator[Entry]:
    if isinstance(value, Entry):
        yield value
    if is_dataclass(value):
        value = tuple(getattr(value, field.name) for field in fields(value))
    if isinstance(value, tuple):
        for each in value:
            yield from _entries(each)
