"""How far each language of the pages is: what is translated, and what native speakers signed.

A catalogue lies in locale/<language>/LC_MESSAGES/django.po, and beside it `signed.txt`: a line for
each sentence and each person who read it as a native speaker and found it right. A sentence that is
changed afterwards is another sentence, so its signatures are void by themselves.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

SAFETY = "safety"  # the context of a sentence that keeps somebody from harm
SIGNATURES = {True: 2, False: 1}
LETTERS_OF_DIGEST = 16
NEEDS_REVIEW, REVIEWED = "needs native review", "signed by native speakers"


@dataclass(frozen=True, slots=True)
class Standing:
    """One language. lacking: sentences shown in another language, with a mark. unsigned: those
    that too few native speakers signed, and of these unsafe: those of safety."""

    code: str
    sentences: int
    lacking: int
    unsigned: int
    unsafe: int

    @property
    def review(self) -> str:
        """What the head of the catalogue says of it."""
        return REVIEWED if self.sentences and not self.unsigned else NEEDS_REVIEW


def catalogues(directory: Path) -> list[Path]:
    """The catalogue of each language under a folder of languages."""
    return sorted(directory.glob("*/LC_MESSAGES/django.po"))


def read(path: Path) -> Catalog:
    """A catalogue, its plural rule that of its language."""
    with path.open("rb") as file:
        return read_po(file, locale=path.parts[-3])


def standing(path: Path) -> Standing:
    """How far the language of a catalogue is."""
    sentences = [message for message in read(path) if message.id]
    signed = signatures(path)
    unsigned = [
        message
        for message in sentences
        if len(signed[digest_of(message)]) < SIGNATURES[message.context == SAFETY]
    ]
    return Standing(
        code=path.parts[-3],
        sentences=len(sentences),
        lacking=sum(is_lacking(message) for message in sentences),
        unsigned=len(unsigned),
        unsafe=sum(message.context == SAFETY for message in unsigned),
    )


def is_lacking(message: Message) -> bool:
    """Whether a sentence has no translation, or only a guess."""
    return message.fuzzy or not all(forms_of(message))


def forms_of(message: Message) -> tuple[str, ...]:
    """The translation in each form that a number asks for; one form where there is no number."""
    string = message.string or ""
    return (string,) if isinstance(string, str) else tuple(string)


def signatures(path: Path) -> defaultdict[str, set[str]]:
    """Who signed each sentence, by its digest."""
    found = defaultdict[str, set[str]](set)
    for digest, name in _lines(path.with_name("signed.txt")):
        found[digest].add(name)
    return found


def sign(path: Path, name: str) -> int:
    """Write down that somebody found every sentence right as it stands; returns how many anew."""
    signed = signatures(path)
    whole = [digest_of(each) for each in read(path) if each.id and not is_lacking(each)]
    new = [digest for digest in whole if name not in signed[digest]]
    with path.with_name("signed.txt").open("a", encoding="utf-8") as file:
        file.writelines(f"{digest} {name}\n" for digest in new)
    return len(new)


def digest_of(message: Message) -> str:
    """What a signature holds for: the sentence and its translation, both to the letter."""
    said = message.id if isinstance(message.id, str) else "\0".join(message.id)
    whole = "\0\0".join([message.context or "", said, *forms_of(message)])
    return sha256(whole.encode()).hexdigest()[:LETTERS_OF_DIGEST]


def _lines(path: Path) -> Iterator[tuple[str, str]]:
    if path.exists():
        for line in path.read_text(encoding="utf-8").splitlines():
            digest, _space, name = line.partition(" ")
            yield digest, name
