"""What the worker does about keys, with public ones only: it seals, and never opens."""

from django.db import transaction

from himaya.config.env import environment
from himaya.consent.operations.ending import expire
from himaya.installation.clock import now
from himaya.installation.registrar import registrar_key
from himaya.kernel.access import job
from himaya.vault.expiring import end_expired
from himaya.vault.resealing import reseal
from himaya.vault.signing import sign_proposals

KEYS = job("keys")


def sign_desk_keys() -> None:
    """Put desks' next keys in force: only in a demonstration, which keeps the registrar's key."""
    registrar = registrar_key() if environment().demo else None
    if registrar is None:
        return
    with transaction.atomic():
        sign_proposals(actor=KEYS, registrar=registrar, at=now())


def end_expired_grants() -> None:
    """End the consents and the grants whose time is over, some at a time."""
    for end in (expire, end_expired):
        more = True
        while more:
            with transaction.atomic():
                more = end(actor=KEYS, at=now()) > 0


def reseal_compartments() -> None:
    """Let compartments go on under the keys that desks have turned to, some at a time."""
    more = True
    while more:
        with transaction.atomic():
            more = reseal(actor=KEYS, at=now()) > 0
