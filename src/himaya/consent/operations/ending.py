"""A consent ends: the person takes it back, or its time is over."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from himaya.audit.record import record
from himaya.cases.turns import take_free_turns
from himaya.consent.models import Consent
from himaya.consent.operations.keeping import locked
from himaya.consent.operations.sharing import end_shares
from himaya.consent.rules import check_may_withdraw
from himaya.consent.tracking import EXPIRES, tracks_after
from himaya.kernel.access import Actor

AT_ONCE = 100  # consents in one transaction


@transaction.atomic
def withdraw(*, actor: Actor, case_id: UUID, consent_id: UUID, at: datetime) -> Consent:
    """The person no longer allows it: every share that rests on it ends in this transaction.

    The recipient's grants go and the compartments get a new key. What was sent stays on record.
    What was shared by law is ended the same way, when it is no longer needed.
    """
    consent = locked(actor, case_id, consent_id)
    check_may_withdraw(actor, consent)
    consent.state, consent.withdrawn_at = Consent.State.WITHDRAWN, at
    consent.save(update_fields=["state", "withdrawn_at"])
    rows, gone = end_shares(consent, at)
    tracks = tracks_after("withdraw_consent", consent.case, actor=actor, at=at)
    record(
        act="consent.withdrawn",
        actor=actor,
        at=at,
        subject_id=consent.case_id,
        desk_id=consent.case.desk_id,
        facts={"consent": str(consent.id)},
        rows=[consent, *rows, *tracks],
        gone=gone,
    )
    return consent


@transaction.atomic
def expire(*, actor: Actor, at: datetime) -> int:
    """Note the consents whose time is over; returns how many there were.

    Since that moment nothing opens by them, because each grant ends with its consent; the keys of
    these grants go with `vault.expiring`. Of a case on which somebody acts just now they wait for
    next time.
    """
    over = Consent.objects.filter(state=Consent.State.GRANTED, until__lte=at)
    waiting = list(over.order_by("until").values_list("pk", "case_id")[:AT_ONCE])
    free = take_free_turns([case_id for _, case_id in waiting])
    found = over.filter(pk__in=[pk for pk, _ in waiting], case_id__in=free).order_by("until")
    # Held, the database shows those alone whose time is over by its own clock.
    consents = list(found.select_related("case").select_for_update(of=("self",)))
    for consent in consents:
        consent.state, consent.expired_at = Consent.State.EXPIRED, at
        consent.save(update_fields=["state", "expired_at"])
        tracks = tracks_after(EXPIRES, consent.case, actor=actor, at=at)
        record(
            act="consent.expired",
            actor=actor,
            at=at,
            subject_id=consent.case_id,
            desk_id=consent.case.desk_id,
            facts={"consent": str(consent.id)},
            rows=[consent, *tracks],
        )
    return len(consents)
