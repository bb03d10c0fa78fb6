"""Is what words.toml says read by anybody, once, in a language of the country?"""

from collections.abc import Iterator

from himaya.packs.errors import Fault
from himaya.packs.files import Said, Words
from himaya.packs.languages import read_by_reporters, spoken
from himaya.packs.schema import Pack

EVERY_LABEL_HAS = ("ar", "en")


def faults_of_said(words: Words, pack: Pack) -> Iterator[Fault]:
    """Words of something that no reporter reads, said twice, or in a language not spoken."""
    known, seen = read_by_reporters(pack), set[str]()
    for said in words.words:
        if said.of not in known:
            yield _fault(said, f'no reporter reads anything called "{said.of}"')
        if said.of in seen:
            yield _fault(said, f'"{said.of}" is said twice')
        seen.add(said.of)
        yield from _faults_of_languages(said, pack)


def _faults_of_languages(said: Said, pack: Pack) -> Iterator[Fault]:
    for code in said.said:
        if code in EVERY_LABEL_HAS:
            yield _fault(said, f'"{code}" stands with the thing itself, not here')
        elif code not in spoken(pack):
            yield _fault(said, f'the site does not speak "{code}" in this country')


def _fault(said: Said, reason: str) -> Fault:
    return Fault(said.place.file, said.place.line_of("of"), reason)
