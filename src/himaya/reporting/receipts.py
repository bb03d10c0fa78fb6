"""Receipts: twenty digits that open one conversation, and nothing else that could be taken."""

import hmac
import unicodedata
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from uuid import UUID

from argon2.low_level import Type, hash_secret_raw

from himaya.config.env import environment
from himaya.vault.keys import compartment_mac

DIGITS = 20
GROUP = 4
HALF = 32
SALT = b"himaya receipt v1"

# One guess must cost at least 6.3 ms of one core: 20,000 live receipts among 10^20 numbers then
# cost 10^6 core-years to hit one, even with the table and the pepper stolen. Not much more either:
# every report and every look pays it. Receipts already given hold only while this stays the same.
MEMORY_KIB = 12_800
PASSES = 1


@dataclass(frozen=True, slots=True)
class Opened:
    """What Argon2id makes of a receipt. tag: to look it up by. key: opens the reporter's key."""

    tag: bytes
    key: bytes


@cache
def _pepper() -> bytes:
    return environment().secret("pepper")


def open_receipt(digits: str) -> Opened:
    """The two halves of a receipt. Costs the same for a number that was never given."""
    made = hash_secret_raw(
        hmac.digest(_pepper(), digits.encode(), sha256),
        SALT,
        time_cost=PASSES,
        memory_cost=MEMORY_KIB,
        parallelism=1,
        hash_len=2 * HALF,
        type=Type.ID,
    )
    return Opened(tag=made[:HALF], key=made[HALF:])


def digits_in(typed: str) -> str:
    """The digits of what was typed, in any script's numerals, whatever stands between them."""
    values = (unicodedata.digit(sign, -1) for sign in typed)
    return "".join(str(value) for value in values if value >= 0)


def grouped(digits: str) -> str:
    """A receipt as it is shown: groups of four."""
    return " ".join(digits[at : at + GROUP] for at in range(0, len(digits), GROUP))


def numbers_of(seed: bytes, content: bytes) -> tuple[UUID, str]:
    """The id of a report and the digits of its receipt.

    seed: 32 random bytes that travelled with the form. content: all that was said, canonical. The
    same form sent twice gives the same two; without the seed, neither tells the other.
    """
    made = hmac.digest(seed, content, "sha512")
    report_id = UUID(bytes=made[:16], version=4)
    digits = int.from_bytes(made[16:48], "big") % 10**DIGITS
    return report_id, str(digits).zfill(DIGITS)


def second_of(digits: str) -> str:
    """The second number of a receipt: the same each time, and no way back from it to the first."""
    made = hmac.digest(_pepper(), f"himaya second number v1 {digits}".encode(), sha256)
    return str(int.from_bytes(made, "big") % 10**DIGITS).zfill(DIGITS)


def id_of_second(digits: str) -> UUID:
    """The id of the row that a second number makes; tells nothing of the number."""
    made = hmac.digest(_pepper(), f"himaya second row v1 {digits}".encode(), sha256)
    return UUID(bytes=made[:16], version=4)


def reporter_key_mac(report_id: UUID, public_key: str) -> bytes:
    """The MAC of a reporter's own public key. Compartments' epochs begin at 1, so 0 is free."""
    return compartment_mac(report_id, 0, public_key)
