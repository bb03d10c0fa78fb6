"""A partner's report, stored once for each key that the partner gave it."""

import re
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from himaya.doors.errors import NoIdempotencyKey, OtherReport
from himaya.doors.intake import keyed
from himaya.kernel.access import Actor
from himaya.reporting.contents import Told
from himaya.reporting.conversation import conversation_of
from himaya.reporting.errors import AlreadyReceived
from himaya.reporting.models import Report
from himaya.reporting.operations.submit import submit
from himaya.reporting.receipts import numbers_of, open_receipt

NAME = re.compile(r"[A-Za-z0-9-]{16,128}")


@dataclass(frozen=True, slots=True)
class Filed:
    """A report that is stored. digits: of its receipt. again: it was stored before."""

    digits: str
    again: bool


@transaction.atomic
def file(*, actor: Actor, partner: bytes, name: str, told: Told, at: datetime) -> Filed:
    """Store what a partner handed over.

    name: the partner's own for this report. The same name and words give the same receipt, however
    often they come. Raises NoIdempotencyKey, and OtherReport for a name that other words have.
    """
    if not NAME.fullmatch(name):
        raise NoIdempotencyKey
    seed = keyed("partner report", partner, name.encode())
    report_id, _digits = numbers_of(seed, b"")
    _id, digits = numbers_of(seed, told.canonical())
    receipt = open_receipt(digits)
    try:
        submit(
            actor=actor,
            told=told,
            report_id=report_id,
            receipt=receipt,
            at=at,
            channel=Report.Channel.PARTNER,
        )
    except AlreadyReceived as before:
        if conversation_of(receipt) is None:
            raise OtherReport from before
        return Filed(digits, again=True)
    return Filed(digits, again=False)
