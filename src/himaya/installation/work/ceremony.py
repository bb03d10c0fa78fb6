"""Holding the ceremony of the recovery key, as the owner of the tables."""

from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import transaction

from himaya.installation import handing_out
from himaya.installation.clock import now
from himaya.installation.failure import Failure
from himaya.installation.registrar import registrar_key
from himaya.kernel.access import job
from himaya.kernel.errors import Refusal
from himaya.packs.loader import current
from himaya.vault.ceremony import Custody, Replaced, replace_recovery_key
from himaya.vault.recovery import key_in_force
from himaya.vault.recovery_secret import RecoverySecret
from himaya.vault.shares import ShareFault, split


def run(options: Namespace) -> int:
    """Make the key, hand out its shares, try them, and only then put it in force."""
    custody = Custody(tuple(options.body), options.open_with)
    _check_bodies(custody.bodies)
    registrar = _registrar(options.registrar)
    former = _former(options)
    secret = RecoverySecret.generate()
    ways = hand_out(secret, custody, options.into)
    try:
        with transaction.atomic():
            replaced = replace_recovery_key(
                actor=job("ceremony"),
                secret=secret,
                custody=custody,
                registrar=registrar,
                former=former,
                former_is_lost=options.old_shares_lost,
                at=now(),
            )
    except Refusal as refusal:
        raise Failure(refusal.sentence()) from refusal
    _print(replaced, custody, ways)
    return 0


def hand_out(secret: RecoverySecret, custody: Custody, into: Path | None) -> int:
    """Give each body its share and try them all; returns in how many ways they open the key."""
    try:
        shares = split(secret.content, needed=custody.needed, keepers=len(custody.bodies))
    except ShareFault as fault:
        raise Failure(str(fault)) from fault
    if into is not None:
        papers = handing_out.into_files(shares, custody.bodies, custody.needed, into)
    else:
        handing_out.need_person("The shares are shown to people: use a terminal, or --into DIR.")
        papers = handing_out.on_the_screen(shares, custody.bodies, custody.needed)
    return handing_out.check_every_way(papers, custody.needed, secret.content)


def _check_bodies(bodies: Sequence[str]) -> None:
    known = [agency.id for agency in current().agencies]
    for body in bodies:
        if body not in known:
            raise Failure(f"No agency of the pack has the code {body}. Known: {', '.join(known)}.")
    if len(set(bodies)) < len(bodies):
        raise Failure("Each share is kept by another body: name none of them twice.")


def _registrar(file: Path | None) -> Ed25519PrivateKey:
    key = registrar_key(file)
    if key is None:
        raise Failure("The registrar's private key is not here. Give its file with --registrar.")
    return key


def _former(options: Namespace) -> RecoverySecret | None:
    if key_in_force() is None or options.old_shares_lost:
        return None
    return RecoverySecret(handing_out.secret_of(options.share))


def _print(replaced: Replaced, custody: Custody, ways: int) -> None:
    print(
        f"Recovery key {replaced.key.number} is in force. Any {custody.needed} of "
        f"{len(custody.bodies)} shares open it: {ways} choices tried, all opened it. "
        f"It opens {replaced.covered} keys of desks."
    )
    if replaced.uncovered:
        print(
            f"It does not open {replaced.uncovered} keys of desks yet: each is sealed to it when "
            "a member of that desk unlocks."
        )
    if replaced.key.number > 1:
        print("The old shares open nothing in the database any more.")
