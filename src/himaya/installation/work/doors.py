"""Partners and their keys, as the owner of the tables; and the console's own message."""

import json
import time
import urllib.error
import urllib.request
from argparse import Namespace
from secrets import token_urlsafe

from django.db import transaction

from himaya.config.env import environment
from himaya.doors.messages.signing import HEADER, signature
from himaya.doors.partners.operations import Given, add_partner, revoke_keys, rotate_key
from himaya.doors.partners.queries import standing_of_partners
from himaya.installation.clock import now
from himaya.installation.failure import Failure
from himaya.installation.place import Place
from himaya.kernel.access import job
from himaya.kernel.errors import Refusal

OPERATOR = job("operator")
SECONDS = 20


def run(options: Namespace) -> int:
    """Do what was asked; a refusal is one sentence."""
    try:
        with transaction.atomic():
            print(_done(options))
    except Refusal as refusal:
        raise Failure(f"{refusal.sentence()} ({refusal.code})") from refusal
    return 0


def _done(options: Namespace) -> str:
    match options.what:
        case "add":
            return _shown(add_partner(actor=OPERATOR, name=options.name, at=now()))
        case "rotate":
            return _shown(rotate_key(actor=OPERATOR, name=options.name, at=now()))
        case "revoke":
            return f"{revoke_keys(actor=OPERATOR, name=options.name, at=now())} ended."
        case "say":
            return _say(options)
    lines = [
        f"{name}\t{until:%Y-%m-%d}" if until else f"{name}\tno key in force"
        for name, until in standing_of_partners(now())
    ]
    return "\n".join(lines) or "There is no partner yet."


def _shown(given: Given) -> str:
    return f"{given.key}\nIt works until {given.row.expires_at:%Y-%m-%d} and is not shown again."


def _say(options: Namespace) -> str:
    """Send a message of our own form, signed as the gateway signs; answers what came back."""
    gateway = environment().gateways().get(options.door)
    if gateway is None or gateway.adapter != "plain":
        raise Failure(f"secrets/gateways.toml has no door {options.door} with adapter = plain.")
    body = json.dumps({"id": token_urlsafe(), "text": options.text}).encode()
    signed = signature(gateway.secret, gateway.name, int(time.time()), token_urlsafe(), body)
    request = urllib.request.Request(  # noqa: S310 - the address of our own site
        f"{_site(options)}/in/{gateway.name}", body, {HEADER: signed}
    )
    try:
        with urllib.request.urlopen(request, timeout=SECONDS) as answer:  # noqa: S310 - as above
            return str(answer.read().decode())
    except urllib.error.HTTPError as refused:
        raise Failure(f"It was not taken: {refused.code} {refused.read().decode()}") from refused
    except OSError as away:
        raise Failure("The site does not answer. Start ./himaya up first.") from away


def _site(options: Namespace) -> str:
    try:
        return str(json.loads(Place(options.data).up_lock.read_text())["public"])
    except (OSError, ValueError, KeyError) as missing:
        raise Failure("Nothing runs on this data directory. Start ./himaya up first.") from missing
