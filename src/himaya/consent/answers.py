"""What was asked, and what was answered, on its way to being recorded."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from himaya.agencies.models import Desk
from himaya.consent.models import Consent


@dataclass(frozen=True, slots=True)
class Question:
    """Which desk may know what, for what, until when; asked in the person's language."""

    recipient: Desk
    purpose: Consent.Purpose
    kinds: Sequence[str]
    language: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Interpreter:
    """Who interpreted. bound: they signed that they keep silent. clear: no tie to whom the person
    fears was found. name: sealed into the file."""

    bound: bool
    clear: bool
    name: str = ""

    @property
    def fit(self) -> bool:
        """True when they may take part."""
        return self.bound and self.clear


@dataclass(frozen=True, slots=True)
class Answer:
    """How the question was answered, and by whom.

    band: of the pack. own_view: the person's own word, where others decide. stead: why nobody
    nearer decided. words: who decided and why, sealed. informed: the seven points were told.
    """

    band: str
    method: Consent.Method
    given_by: Consent.Giver = Consent.Giver.PERSON
    own_view: Consent.OwnView | None = None
    stead: Consent.Stead | None = None
    interpreter: Interpreter | None = None
    words: str = ""
    informed: bool = True
