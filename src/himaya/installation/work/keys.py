"""Showing, turning and signing the desks' keys, as the owner of the tables."""

import json
from argparse import Namespace
from datetime import datetime

from django.db import transaction

from himaya.agencies.models import Desk
from himaya.installation.clock import now
from himaya.installation.failure import Failure
from himaya.installation.registrar import registrar_key
from himaya.installation.work.keys_listed import as_json, in_words, listed
from himaya.kernel.access import job
from himaya.kernel.errors import Refusal
from himaya.vault.models import DeskEpoch
from himaya.vault.operations import rotate
from himaya.vault.signing import sign_proposals

REGISTRAR = job("registrar")


def run(options: Namespace) -> int:
    """Do what was asked; 1 when a key still waits for the registrar afterwards."""
    if options.what == "list":
        keys = listed()
        print(json.dumps(as_json(keys)) if options.json else in_words(keys))
        return 0
    try:
        with transaction.atomic():
            at = now()
            if options.what == "rotate":
                _rotate(_desks(options), at)
            _sign(options, at)
    except Refusal as refusal:
        raise Failure(f"{refusal.sentence()} ({refusal.code})") from refusal
    return _said_what_waits()


def _desks(options: Namespace) -> list[Desk]:
    desks = Desk.objects.order_by("position", "code")
    if options.all:
        return list(desks)
    found = list(desks.filter(code=options.desk))
    if not found:
        raise Failure(f"There is no desk {options.desk}. `himaya keys list` shows them.")
    return found


def _rotate(desks: list[Desk], at: datetime) -> None:
    for desk in desks:
        turned = rotate(actor=REGISTRAR, desk_id=desk.pk, at=at)
        if turned.proposal is None:
            print(f"{desk.code}: nobody there has a key of their own, so the desk has none.")
        else:
            print(f"{desk.code}: key {turned.proposal.number} is proposed.")


def _sign(options: Namespace, at: datetime) -> None:
    registrar = registrar_key(options.registrar)
    if registrar is None:
        return
    for epoch in sign_proposals(actor=REGISTRAR, registrar=registrar, at=at):
        print(f"{epoch.desk.code}: key {epoch.number} is signed and in force.")


def _said_what_waits() -> int:
    waiting = DeskEpoch.objects.filter(opened_at__isnull=True, closed_at__isnull=True)
    for epoch in waiting.select_related("desk").order_by("desk__code"):
        print(f"{epoch.desk.code}: key {epoch.number} waits for the registrar.")
    return 1 if waiting else 0
