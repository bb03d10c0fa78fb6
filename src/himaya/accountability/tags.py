"""Marks under a key outside the database: which cases are canaries, which openings are reviewed."""

import hmac
from functools import cache
from hashlib import sha256
from uuid import UUID

from himaya.config.env import environment

PARTS = 10_000


@cache
def _key() -> bytes:
    return environment().secret("accountability")


def _mac(domain: str, subject: UUID) -> bytes:
    return hmac.digest(_key(), f"himaya {domain} v1\n{subject}\n".encode(), sha256)


def canary_tag(case_id: UUID) -> bytes:
    """What stands in the table of canaries for a case; nobody can tell the case from it."""
    return _mac("canary", case_id)


def is_drawn(entry_id: UUID, share: int) -> bool:
    """Whether this opening is reviewed. share: of a hundred. Nobody can tell in advance."""
    return int.from_bytes(_mac("review", entry_id)[:4], "big") % PARTS < share * PARTS // 100
