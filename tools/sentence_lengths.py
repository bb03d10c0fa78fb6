"""How long the sentences are that a reporter reads: more than one breath is too much."""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from himaya.installation.catalogues import forms_of, read

MOST_WORDS = 20
# Full stops, and the signs that end a sentence in Devanagari, Bengali, Arabic and Ethiopic.
END = re.compile(r"[.!?\u0964\u06d4\u061f\u1362]+(?=\s|$)")
WORD = re.compile(r"[^\s:;,()\u2014-]+")

Key = tuple[str | None, str]


def too_long(texts: Iterable[str]) -> Iterator[str]:
    """Each sentence of more words than one breath takes."""
    for text in texts:
        for sentence in END.split(text):
            if len(WORD.findall(sentence)) > MOST_WORDS:
                yield " ".join(sentence.split())


def lengths(wanted: Mapping[Key, tuple[str, ...]], catalogues: Iterable[Path]) -> Iterator[str]:
    """One line for each language, and under it the sentences that are too long."""
    spoken = {"en": [form for words in wanted.values() for form in words]}
    for path in catalogues:
        public = [each for each in read(path) if (each.context, _first(each.id)) in wanted]
        spoken[path.parts[-3]] = [form for each in public for form in forms_of(each)]
    for code, texts in sorted(spoken.items()):
        long = list(too_long(texts))
        words = [len(WORD.findall(part)) for text in texts for part in END.split(text) if part]
        mean = sum(words) / len(words) if words else 0
        yield f"{code:4} {len(words):4} sentences, {mean:4.1f} words each, {len(long)} too long"
        yield from (f"       {sentence}" for sentence in long)


def _first(said: str | tuple[str, ...] | list[str]) -> str:
    return said if isinstance(said, str) else said[0]
