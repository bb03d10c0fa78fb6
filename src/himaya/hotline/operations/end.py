"""A call ends: with a code, and what was noted is destroyed."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from himaya.hotline.drafts import read
from himaya.hotline.holding import ended, held
from himaya.hotline.models import Call, Draft
from himaya.hotline.rules import check_may_end
from himaya.kernel.access import Actor
from himaya.vault.keyring import Keyring

MOST_AT_ONCE = 100


@transaction.atomic
def end(
    *,
    actor: Actor,
    keyring: Keyring,
    call_id: UUID,
    outcome: str,
    destroy: bool,
    at: datetime,
) -> Call:
    """End a call of which no report is filed.

    destroy: what was noted may go. Raises CallOver, NoCodeForReport, or NotesThere: nobody loses a
    caller's words by one key stroke.
    """
    call = held(actor, call_id)
    noted = not read(keyring, call, at).is_blank()
    check_may_end(outcome, noted=noted, destroy=destroy)
    ended(actor=actor, call=call, outcome=Call.Outcome(outcome), at=at)
    return call


@transaction.atomic
def lapse(*, actor: Actor, at: datetime) -> int:
    """End calls that nobody touched until their time was over, and destroy what was left of others.

    For the worker. Returns how many calls it ended.
    """
    over = Draft.objects.filter(until__lte=at).values_list("call_id", flat=True)
    calls = Call.objects.select_for_update(skip_locked=True).filter(ended_at__isnull=True)
    silent = list(calls.filter(pk__in=list(over[:MOST_AT_ONCE])))
    for call in silent:
        ended(actor=actor, call=call, outcome=Call.Outcome.LAPSED, at=at)
    Draft.objects.filter(until__lte=at, call__ended_at__isnull=False).delete()
    return len(silent)
