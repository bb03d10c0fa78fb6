"""Ceremonies of the recovery key, and what its shares open in the present database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import pyrage

from himaya.vault import shares
from himaya.vault.ceremony import Custody, replace_recovery_key
from himaya.vault.models import RecoveryKey, RecoveryWrap
from himaya.vault.recovery import open_recovery_wrap
from himaya.vault.recovery_secret import RecoverySecret
from himaya.vault.shares import Paper
from tests.factories.moments import NOON
from tests.factories.offices import TESTS, registrar

BODIES = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh")


@dataclass(frozen=True)
class Held:
    """A ceremony that was held: the key, and the paper of each keeper."""

    key: RecoveryKey
    papers: list[Paper]

    def secret(self) -> RecoverySecret:
        """The private half, as enough keepers together have it."""
        return RecoverySecret(shares.combine(self.papers[: self.key.opens_with]))


def ceremony(
    *,
    needed: int = 2,
    keepers: int = 3,
    former: RecoverySecret | None = None,
    lost: bool = False,
    at: datetime = NOON,
) -> Held:
    """A new recovery key in force, and its papers."""
    secret = RecoverySecret.generate()
    papers = papers_of(secret.content, needed=needed, keepers=keepers)
    custody = Custody(BODIES[:keepers], needed)
    replaced = replace_recovery_key(
        actor=TESTS,
        secret=secret,
        custody=custody,
        registrar=registrar(),
        former=former,
        former_is_lost=lost,
        at=at,
    )
    return Held(replaced.key, papers)


def papers_of(secret: bytes, *, needed: int, keepers: int) -> list[Paper]:
    """The papers of a secret's keepers."""
    split = shares.split(secret, needed=needed, keepers=keepers)
    return [Paper(f"share {n}", words) for n, words in enumerate(split, start=1)]


def opened_by(papers: Sequence[Paper]) -> int:
    """How many epochs of desks these papers open in the present database."""
    try:
        identity = RecoverySecret(shares.combine(papers)).identity()
    except shares.ShareFault:
        return 0
    return sum(_opens(wrap, identity) for wrap in RecoveryWrap.objects.all())


def _opens(wrap: RecoveryWrap, identity: pyrage.x25519.Identity) -> bool:
    try:
        open_recovery_wrap(wrap, identity)
    except pyrage.DecryptError:
        return False
    return True
