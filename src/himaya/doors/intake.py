"""Where every door ends: one report, sealed and stored once, however often it is handed in."""

import hmac
import time
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from hashlib import sha256
from secrets import randbelow
from uuid import UUID

from himaya.config.env import environment
from himaya.doors.counting import Share
from himaya.kernel.access import Actor
from himaya.reporting.contents import Told
from himaya.reporting.errors import AlreadyReceived
from himaya.reporting.models import Report
from himaya.reporting.operations.submit import submit
from himaya.reporting.receipts import DIGITS, numbers_of, open_receipt

MUCH = Share(most=12, seconds=3600)


@cache
def _secret() -> bytes:
    return environment().secret("doors")


def keyed(purpose: str, *parts: bytes) -> bytes:
    """A digest that only this installation can make. Each part is told from the next."""
    said = [purpose.encode(), *parts]
    counted = b"".join(len(part).to_bytes(8, "big") + part for part in said)
    return hmac.digest(_secret(), counted, sha256)


@dataclass(frozen=True, slots=True)
class Taken:
    """A report that is stored. desk_id: None when it was stored before."""

    report_id: UUID
    desk_id: UUID | None


def take(
    *,
    actor: Actor,
    channel: Report.Channel,
    told: Told,
    name: bytes,
    at: datetime,
    sender: str = "",
) -> Taken:
    """Store a report whose sender gets no receipt, once for each name and content.

    name: what the sender's side calls this message, a Message-ID for instance. The report's id is a
    keyed digest of it and of what was said: the same again changes nothing, and somebody who knows
    the name of another's message cannot make that message disappear. sender: whoever sends very
    much stands behind those who do not, and is refused nothing.
    """
    seed = keyed(f"report {channel.value}", name)
    report_id, _digits = numbers_of(seed, told.canonical())
    # Nobody is ever told these digits, so nobody comes back with them.
    receipt = open_receipt(str(randbelow(10**DIGITS)).zfill(DIGITS))
    try:
        report = submit(
            actor=actor,
            told=told,
            report_id=report_id,
            receipt=receipt,
            at=at,
            channel=channel,
            set_back=bool(sender) and not MUCH.allows(sender.casefold().encode(), time.monotonic()),
        )
    except AlreadyReceived:
        return Taken(report_id, None)
    return Taken(report_id, report.desk_id)
