"""An officer enters what somebody told them. Afterwards it belongs to the desk that receives it."""

from contextlib import suppress
from datetime import datetime

from django.db import transaction

from himaya.doors.rules import check_may_enter
from himaya.kernel.access import Actor
from himaya.reporting.contents import Told
from himaya.reporting.errors import AlreadyReceived
from himaya.reporting.models import Report
from himaya.reporting.operations.submit import submit
from himaya.reporting.receipts import numbers_of, open_receipt


@transaction.atomic
def enter_report(*, actor: Actor, told: Told, seed: bytes, at: datetime) -> str:
    """Seal and store it; answers the digits of the receipt, for the person.

    The officer cannot open it again unless their desk receives it. The same form sent twice is one
    report and one receipt. Raises NotPermitted, NothingSaid, TooLong, NoDeskKey or KeyNotTrusted.
    """
    check_may_enter(actor)
    report_id, digits = numbers_of(seed, told.canonical())
    with suppress(AlreadyReceived):  # the button was pressed twice: the same receipt is right
        submit(
            actor=actor,
            told=told,
            report_id=report_id,
            receipt=open_receipt(digits),
            at=at,
            channel=Report.Channel.WALK_IN,
        )
    return digits
