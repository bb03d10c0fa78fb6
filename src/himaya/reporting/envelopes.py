"""A report that the reporter's browser sealed: what we can know of it without opening it.

Its form, so that any program can make one: four bytes that say how long the manifest is, the
manifest as JSON, and then the sealed things one after the other, in the manifest's order. For each
of the two compartments, narrative and contact, the manifest names its public key, how long the
private key is as sealed to each desk, and the name and length of each thing in it.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Self
from uuid import UUID

from himaya.reporting.contents import CONTACT, STORY
from himaya.reporting.errors import NotAnEnvelope
from himaya.reporting.rules import LARGEST_FILES, LONGEST_TEXT
from himaya.vault.arrived import check_public_key, check_sealed
from himaya.vault.errors import NotSealed
from himaya.vault.files import FILE
from himaya.vault.padding import padded_length

MANIFEST_BYTES = 4
LONGEST_MANIFEST = 16 * 1024
MOST_FILES = 50
# Words in the longest script, files, what padding adds, and an age head for each thing.
LONGEST_WORDS = padded_length(4 * LONGEST_TEXT) + 2 * 1024
LARGEST_ENVELOPE = padded_length(LARGEST_FILES) + padded_length(8 * LONGEST_TEXT) + 256 * 1024


@dataclass(frozen=True, slots=True)
class Part:
    """One compartment as a browser made it.

    grants: its private key, sealed to a desk's key: the key's id, and the age file. contents: the
    name of each thing in it, and the age file.
    """

    public_key: str
    grants: tuple[tuple[UUID, bytes], ...]
    contents: tuple[tuple[str, bytes], ...]


@dataclass(frozen=True, slots=True)
class Envelope:
    """A whole report as a browser sealed it. digest: of all its bytes, which makes it one report.

    is_empty: the browser says that there are no words and no files in it.
    """

    narrative: Part
    contact: Part
    is_empty: bool
    digest: str

    @classmethod
    def from_bytes(cls, sent: bytes) -> Self:
        """Raises NotAnEnvelope unless everything in it has the form of what we seal ourselves."""
        try:
            return cls._read(sent)
        except (NotSealed, ValueError, LookupError, TypeError, RecursionError) as no:
            raise NotAnEnvelope from no

    @classmethod
    def _read(cls, sent: bytes) -> Self:
        start = MANIFEST_BYTES + int.from_bytes(sent[:MANIFEST_BYTES], "big")
        if start > LONGEST_MANIFEST or len(sent) > LARGEST_ENVELOPE:
            raise NotAnEnvelope
        said = json.loads(sent[MANIFEST_BYTES:start])
        things = _things(sent[start:], [_lengths(said["narrative"]), _lengths(said["contact"])])
        narrative, contact = (
            _part(said[name], next(things), next(things)) for name in ("narrative", "contact")
        )
        _check_names(narrative, contact)
        return cls(narrative, contact, said["empty"] is True, sha256(sent).hexdigest())


def _lengths(said: Mapping[str, Sequence[Sequence[int]]]) -> tuple[list[int], list[int]]:
    return [each[1] for each in said["grants"]], [each[1] for each in said["contents"]]


def _things(rest: bytes, lengths: Sequence[tuple[list[int], list[int]]]) -> Iterator[list[bytes]]:
    """The sealed things, list by list; every byte belongs to one of them."""
    lists = [each for pair in lengths for each in pair]
    every = [length for each in lists for length in each]
    if any(type(length) is not int or length < 0 for length in every) or sum(every) != len(rest):
        raise NotAnEnvelope
    at = 0
    for each in lists:
        found = []
        for length in each:
            found.append(rest[at : at + length])
            at += length
        yield found


def _part(
    said: Mapping[str, Sequence[Sequence[str]]], grants: list[bytes], contents: list[bytes]
) -> Part:
    public_key = str(said["public_key"])
    check_public_key(public_key)
    for sealed in (*grants, *contents):
        check_sealed(sealed)
    return Part(
        public_key,
        tuple(
            (UUID(str(each[0])), sealed)
            for each, sealed in zip(said["grants"], grants, strict=True)
        ),
        tuple((each[0], sealed) for each, sealed in zip(said["contents"], contents, strict=True)),
    )


def _check_names(narrative: Part, contact: Part) -> None:
    """Each compartment holds what it holds in a report that we sealed ourselves."""
    files = [name for name, _sealed in narrative.contents[1:]]
    story = [name for name, _sealed in narrative.contents[:1]]
    if story != [STORY] or set(files) - {FILE} or len(files) > MOST_FILES:
        raise NotAnEnvelope
    if [name for name, _sealed in contact.contents] != [CONTACT]:
        raise NotAnEnvelope
    if any(len(part.contents[0][1]) > LONGEST_WORDS for part in (narrative, contact)):
        raise NotAnEnvelope
