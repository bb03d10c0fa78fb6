"""What is shared on a consent: it goes on with a renewal, and ends with the consent."""

from datetime import datetime
from uuid import UUID

from django.db.models import Model, QuerySet

from himaya.consent.models import Consent
from himaya.vault.models import Grant
from himaya.vault.prolonging import prolong
from himaya.vault.withdraw import withdraw as withdraw_key


def hand_on(consent: Consent, at: datetime) -> tuple[list[Model], list[Model]]:
    """Let what is shared on the consent that this one renews go on until its own end.

    What the person left out this time ends now. The caller holds both rows. Returns the rows that
    came and those that went.
    """
    former = consent.follows
    if former is None:
        return [], []
    if former.state != Consent.State.GRANTED or former.until <= at:
        return [], []
    former.state, former.renewed_at = Consent.State.RENEWED, at
    former.save(update_fields=["state", "renewed_at"])
    bases = _series_of(consent)
    live = Grant.objects.filter(basis_id__in=bases)
    rows, gone = _end(live.exclude(compartment__kind__in=consent.kinds), bases, at)
    prolonged = prolong(live.filter(compartment__kind__in=consent.kinds), until=consent.until)
    return [former, *rows, *prolonged], gone


def end_shares(consent: Consent, at: datetime) -> tuple[list[Model], list[Model]]:
    """End every share that rests on this consent or on one that it renewed, and turn the keys.

    A desk that holds the same on something else goes on. Returns rows as `hand_on` does.
    """
    bases = _series_of(consent)
    return _end(Grant.objects.filter(basis_id__in=bases), bases, at)


def _series_of(consent: Consent) -> list[UUID]:
    """The consent, and those that it renewed or that renewed it: shares rest on any of them."""
    return list(Consent.objects.filter(series=consent.series).values_list("id", flat=True))


def _end(live: QuerySet[Grant], bases: list[UUID], at: datetime) -> tuple[list[Model], list[Model]]:
    rows: list[Model] = []
    gone: list[Model] = []
    for compartment_id, desk_id in sorted(set(live.values_list("compartment_id", "desk_id"))):
        ended, epoch, grants = withdraw_key(
            compartment_id=compartment_id, desk_id=desk_id, bases=bases, at=at
        )
        gone += ended
        rows += [epoch, *grants]
    return rows, gone
