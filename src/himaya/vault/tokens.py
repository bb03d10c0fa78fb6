"""Blind tokens: a name, a document or a telephone number, hashed under the officers' site's key.

Made in an officer's session only, when an identity is written or opened. The reporters' site must
never have the key: with it, whoever guesses names there would learn who is known here.
"""

import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from uuid import UUID

from django.db import connection

from himaya.config.env import environment
from himaya.vault.letters import plain, words_of
from himaya.vault.models import BlindToken

Domain = BlindToken.Domain
SHORTEST = 3  # of what is shorter, half the country has the same
LAST_DIGITS = 8  # of a telephone number: the same with and without the country's code
PHONE_DIGITS = 5


@dataclass(frozen=True, slots=True)
class Said:
    """Something that identifies a person, as it was written."""

    domain: Domain
    text: str


def normalised(domain: Domain, text: str) -> str:
    """The one form of everything that is meant by this text; empty when it says too little.

    The same for letters of any case, with or without marks, for digits of any script, and for the
    words of a name in any order.
    """
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
    if not form:
        return None
    message = f"himaya token v1\n{said.domain.value}\n{form}\n".encode()
    return hmac.digest(_key(), message, sha256)


def keep(*, compartment_id: UUID, said: Iterable[Said]) -> int:
    """Keep the tokens of what a compartment holds; returns how many were not there before.

    In the caller's transaction. Keeps nothing of a compartment that the actor's desks do not hold.
    """
    made = [(each.domain.value, token) for each in said if (token := token_of(each)) is not None]
    if not made:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT vault_keep_tokens(%s, %s, %s)",
            [compartment_id, [domain for domain, _ in made], [token for _, token in made]],
        )
        return int(cursor.fetchone()[0])
