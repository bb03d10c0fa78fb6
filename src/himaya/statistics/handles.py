"""The handle of a fact: it finds the fact of a case again, and the case of a fact never."""

import hmac
from functools import cache
from hashlib import sha256
from uuid import UUID

from himaya.config.env import environment


@cache
def _facts_key() -> bytes:
    return environment().secret("facts")


def handle_of(case_id: UUID) -> bytes:
    """HMAC-SHA256 of the case's id under the facts key, which is kept outside the database."""
    return hmac.digest(_facts_key(), case_id.bytes, sha256)
