"""What stands on the paper of a newcomer: 125 random bits, to be typed by hand."""

import unicodedata
from hashlib import sha256
from secrets import choice

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # no I, L, O, U: they are taken for others
LENGTH, GROUP = 25, 5
TAKEN_FOR = str.maketrans("ILO", "110")


def new_token() -> str:
    """A token that nobody has seen."""
    return "".join(choice(SIGNS) for _ in range(LENGTH))


def grouped(token: str) -> str:
    """A token as it is printed."""
    return "-".join(token[at : at + GROUP] for at in range(0, LENGTH, GROUP))


def typed(words: str) -> str:
    """A token as somebody typed it: spaces, small letters and any script's digits are right."""
    plain = "".join(_plain(sign) for sign in words.upper() if sign.isalnum())
    return plain.translate(TAKEN_FOR)[: 2 * LENGTH]


def _plain(sign: str) -> str:
    return str(unicodedata.digit(sign, sign))


def digest(token: str) -> bytes:
    """What the database keeps of a token."""
    return sha256(token.encode()).digest()
