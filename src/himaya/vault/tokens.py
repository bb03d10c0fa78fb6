"""Blind tokens: what identifies a person, hashed under the officers' site's key.

Made in an officer's session only, when an identity is written or opened. The reporters' site must
never have the key: with it, whoever guesses names there would learn who is known here. Of each
thing there is the token of what was written, and tokens of its marks (`vault.marks`): by these the
same person is found who was written down in another way.
"""

import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from uuid import UUID

from django.db import connection

from himaya.config.env import environment
from himaya.vault import marks
from himaya.vault.letters import plain, words_of
from himaya.vault.models import BlindToken
from himaya.vault.spelling.births import birth

Domain = BlindToken.Domain
SHORTEST = 3  # of what is shorter, half the country has the same
LAST_DIGITS = 8  # of a telephone number: the same with and without the country's code
PHONE_DIGITS = 5


@dataclass(frozen=True, slots=True)
class Said:
    """Something that identifies a person, as it was written."""

    domain: Domain
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """A token that is looked for, and how many bits it says at most that two are one person."""

    domain: Domain
    token: bytes
    worth: int


def normalised(domain: Domain, text: str) -> str:
    """The one form of everything that is meant by this text; empty when it says too little.

    The same for letters of any case, with or without marks, for digits of any script, and for the
    words of a name in any order.
    """
    if domain is Domain.BIRTH:
        born = birth(text)
        return marks.day_of(born) if born else ""
    if domain is Domain.PHONE:
        digits = "".join(letter for letter in plain(text) if letter.isdecimal()).lstrip("0")
        return digits[-LAST_DIGITS:] if len(digits) >= PHONE_DIGITS else ""
    words = words_of(text)
    form = "".join(words) if domain is Domain.DOCUMENT else " ".join(sorted(words))
    return form if len(form) >= SHORTEST else ""


@cache
def _key() -> bytes:
    return environment().secret("tokens")


def token_of(said: Said) -> bytes | None:
    """The token, another one in each domain; None for what says too little to look for."""
    form = normalised(said.domain, said.text)
    return _hashed(f"himaya token v1\n{said.domain.value}\n{form}\n") if form else None


def _token_of_mark(domain: Domain, mark: marks.Mark) -> bytes:
    if mark.way is marks.Way.AS_WRITTEN:
        return _hashed(f"himaya token v1\n{domain.value}\n{mark.form}\n")
    return _hashed(f"himaya token v2\n{domain.value} {mark.way.value}\n{mark.form}\n")


def _hashed(message: str) -> bytes:
    return hmac.digest(_key(), message.encode(), sha256)


def kept_of(said: Said) -> set[bytes]:
    """Every token that is kept of something."""
    form = normalised(said.domain, said.text)
    found = marks.kept(said.domain, form, said.text)
    return {_token_of_mark(said.domain, mark) for mark in found}


def questions_of(said: Iterable[Said]) -> list[Question]:
    """What is asked to learn whether somebody of whom this was said is known, the telling first."""
    found: dict[tuple[Domain, bytes], int] = {}
    for each in said:
        form = normalised(each.domain, each.text)
        for mark in marks.asked(each.domain, form, each.text):
            key = (each.domain, _token_of_mark(each.domain, mark))
            found[key] = max(mark.worth, found.get(key, 0))
    every = [Question(domain, token, worth) for (domain, token), worth in found.items()]
    return sorted(every, key=lambda question: -question.worth)


def keep(*, compartment_id: UUID, said: Iterable[Said]) -> int:
    """Keep the tokens of what a compartment holds; returns how many were not there before.

    In the caller's transaction. Keeps nothing of a compartment that the actor's desks do not hold.
    """
    made = [(each.domain.value, token) for each in said for token in kept_of(each)]
    if not made:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT vault_keep_tokens(%s, %s, %s)",
            [compartment_id, [domain for domain, _ in made], [token for _, token in made]],
        )
        return int(cursor.fetchone()[0])
