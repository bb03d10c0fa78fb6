"""What a text is like, as bytes that give none of its words: to find copies among sealed reports.

One-permutation min-hash, a byte a lane. Each word, and each pair of neighbours, is hashed once
under a key outside the database; the smallest hash of each lane is kept, and of that one byte. Two
texts have about as many equal bytes as the share of words they have in common.

Whoever has the database sees which reports are alike. Who has the key as well can try whether a
whole text that they already have was reported; one byte a lane is too little to find the words.
"""

import secrets
from collections.abc import Iterator
from functools import cache
from hashlib import blake2b
from itertools import pairwise

from himaya.config.env import environment
from himaya.vault.letters import words_of

LANES = 64
SHORTEST = 4  # letters of a word that counts by itself; shorter ones are in every text
HASH_BYTES = 8
ODDS = 1 / 256  # that two bytes are equal by chance


@cache
def _key() -> bytes:
    return environment().secret("likeness")


def sketch_of(text: str) -> bytes:
    """A byte a lane. Of a text without words: chance, so that it is like nothing."""
    smallest = [b""] * LANES
    for feature in _features(words_of(text)):
        made = blake2b(feature.encode(), digest_size=HASH_BYTES, key=_key()).digest()
        lane, rest = made[0] % LANES, made[1:]
        if not smallest[lane] or rest < smallest[lane]:
            smallest[lane] = rest
    if not any(smallest):
        return secrets.token_bytes(LANES)
    return bytes(_filled(smallest))


def likeness(one: bytes, other: bytes) -> float:
    """About the share of words and pairs that two texts have in common, from 0 to 1."""
    equal = sum(mine == theirs for mine, theirs in zip(one, other, strict=True)) / LANES
    return max(0.0, (equal - ODDS) / (1 - ODDS))


def bands_of(sketch: bytes) -> Iterator[tuple[int, bytes]]:
    """Pairs of bytes with their place. Texts that are alike have at least one in common."""
    return ((place, sketch[place : place + 2]) for place in range(0, LANES, 2))


def _features(words: list[str]) -> set[str]:
    alone = {word for word in words if len(word) >= SHORTEST}
    pairs = {f"{first} {second}" for first, second in pairwise(words)}
    return alone | pairs or set(words)


def _filled(smallest: list[bytes]) -> Iterator[int]:
    """The last byte of each lane; an empty lane borrows from the next one that has something."""
    for lane in range(LANES):
        steps = next(step for step in range(LANES) if smallest[(lane + step) % LANES])
        yield (smallest[(lane + steps) % LANES][-1] + steps) % 256
