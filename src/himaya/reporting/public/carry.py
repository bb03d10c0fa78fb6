"""The one hidden field: what a reporter said so far, sealed so that the page tells nobody.

Nothing is stored before Send and there is no cookie, so the answers travel with the form. Whoever
opens the page's source, or finds it in a cache, sees only this.
"""

import json
import re
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from functools import cache, lru_cache
from hashlib import sha256
from hmac import digest
from secrets import token_bytes, token_hex
from typing import Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from himaya.config.env import environment
from himaya.reporting.public.answers import Answers

NONCE_BYTES = 12
SEED_BYTES = 32
VISIT_BYTES = 16
VISIT = re.compile(r"([0-9a-f]{32})-")
ONE_DAY = timedelta(days=1)
QUICKLY = 1  # the level of compression: a phone on a slow line uploads this with every page


@dataclass(frozen=True, slots=True)
class Carried:
    """What travels. page: the step whose questions the browser is about to answer.

    seed: makes the report's id and the receipt, so that one form is one report. visit: the same on
    every page until the reporter leaves. digits: of the receipt, while a reporter looks for a
    reply. letter: the message that they are reading. changing: the answer that is asked for once
    more, before sending.
    """

    language: str = ""
    seed: str = field(default_factory=lambda: token_hex(SEED_BYTES))
    visit: str = field(default_factory=lambda: token_hex(VISIT_BYTES))
    page: int = 1
    answers: Answers = field(default_factory=Answers)
    digits: str = ""
    letter: str = ""
    changing: str = ""

    def anew(self, *, page: int = 1, digits: str = "") -> Self:
        """A fresh beginning, without any answer, in the same language and visit."""
        return type(self)(language=self.language, visit=self.visit, page=page, digits=digits)


@cache
def _secret() -> bytes:
    return environment().secret("carry")


@lru_cache(maxsize=4)
def _cipher(day: date) -> ChaCha20Poly1305:
    key = digest(_secret(), f"himaya carry v1 {day.isoformat()}".encode(), sha256)
    return ChaCha20Poly1305(key)


def pack(carried: Carried, day: date) -> str:
    """The field's value, for a page shown on that day. The visit stands before what is sealed."""
    said = asdict(carried)
    visit = said.pop("visit")
    content = zlib.compress(json.dumps(said, ensure_ascii=False).encode(), QUICKLY)
    nonce = token_bytes(NONCE_BYTES)
    sealed = nonce + _cipher(day).encrypt(nonce, content, visit.encode())
    return f"{visit}-{urlsafe_b64encode(sealed).decode()}"


def visit_of(value: str) -> str:
    """The visit of a field's value, also of one that is too old to be opened; else nothing."""
    found = VISIT.match(value)
    return found[1] if found else ""


def unpack(value: str, day: date) -> Carried | None:
    """What the field carried; None when it was not made by us today or the day before."""
    visit = visit_of(value)
    try:
        sealed = urlsafe_b64decode(value[len(visit) + 1 :].encode("ascii"))
    except (NotBase64, UnicodeEncodeError):
        return None
    for made_on in (day, day - ONE_DAY):
        try:
            content = _cipher(made_on).decrypt(
                sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], visit.encode()
            )
        except (InvalidTag, ValueError):
            continue
        return _read(visit, content)
    return None


def _read(visit: str, content: bytes) -> Carried:
    said = json.loads(zlib.decompress(content))
    answers = said.pop("answers")
    answers["agencies"] = tuple(answers["agencies"])
    return Carried(visit=visit, answers=Answers(**answers), **said)
