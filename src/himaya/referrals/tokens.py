"""What stands on the paper of a body without an account: 125 random bits, to be typed by hand."""

import unicodedata
from hashlib import sha256
from secrets import choice

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # no I, L, O, U: they are taken for others
LENGTH, GROUP = 25, 5
TAKEN_FOR = str.maketrans("ILO", "110")


def new_code() -> str:
    """A code that nobody has seen."""
    return "".join(choice(SIGNS) for _ in range(LENGTH))


def grouped(code: str) -> str:
    """A code as it is printed."""
    return "-".join(code[at : at + GROUP] for at in range(0, LENGTH, GROUP))


def typed(words: str) -> str:
    """A code as somebody typed it: spaces, small letters and any script's digits are right."""
    plain = "".join(str(unicodedata.digit(sign, sign)) for sign in words.upper() if sign.isalnum())
    return plain.translate(TAKEN_FOR)[: 2 * LENGTH]


def digest(code: str) -> bytes:
    """What the database keeps of a code."""
    return sha256(code.encode()).digest()
