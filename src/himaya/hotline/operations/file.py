"""What was said becomes a report of the desk it belongs to, and leaves the operator's hands."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from himaya.hotline import numbers
from himaya.hotline.drafts import read
from himaya.hotline.holding import ended, held
from himaya.hotline.models import Call, Draft
from himaya.hotline.queries import call_for
from himaya.hotline.rules import NUMBER_LASTS
from himaya.hotline.sealed import sealed_for
from himaya.kernel.access import Actor
from himaya.reporting.models import Report
from himaya.reporting.operations.submit import submit
from himaya.reporting.receipts import numbers_of, open_receipt
from himaya.vault.keyring import Keyring


@transaction.atomic
def file_report(*, actor: Actor, keyring: Keyring, call_id: UUID, at: datetime) -> Call:
    """Seal and store what was noted, end the call, and destroy the notes, all or nothing.

    In their place lies, for minutes and under the operator's key, the number to read out: a browser
    that closes now must not leave the caller without one. Pressed twice, the second finds the call
    ended. Raises CallOver, NothingSaid, TooLong, NoDeskKey or KeyNotTrusted.
    """
    call = held(actor, call_id)
    notes = read(keyring, call, at)
    told = notes.told(call.language)
    report_id, digits = numbers_of(bytes.fromhex(notes.seed), told.canonical())
    submit(
        actor=actor,
        told=told,
        report_id=report_id,
        receipt=open_receipt(digits),
        at=at,
        channel=Report.Channel.PHONE,
    )
    numbers.filed(call.pk, report_id)
    ended(actor=actor, call=call, outcome=Call.Outcome.REPORT, at=at)
    Draft.objects.create(
        call=call,
        holds=Draft.Holds.NUMBER,
        sealed=sealed_for(actor, digits.encode()),
        saved_at=at,
        until=at + NUMBER_LASTS,
    )
    return call


@transaction.atomic
def read_out(*, actor: Actor, call_id: UUID, at: datetime) -> None:
    """The caller has the number: it is gone here. Again changes nothing. Raises NotKnown."""
    call = call_for(actor, call_id)
    Draft.objects.filter(call=call, holds=Draft.Holds.NUMBER).delete()
