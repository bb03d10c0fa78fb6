"""What may be agreed to, and whether an agreement still holds."""

from collections.abc import Sequence
from datetime import datetime

from himaya.consent.errors import AlreadyWithdrawn, NeverShared, NotValid
from himaya.consent.models import Consent
from himaya.kernel.access import Actor, Permission
from himaya.packs.desks import SharePolicy


def check_may_share(policy: SharePolicy | None, kinds: Sequence[str]) -> None:
    """Raise if the country's sharing policy keeps one of these compartments from such a desk."""
    allowed = set(policy.compartments) - set(policy.never) if policy else set()
    kept_back = sorted(set(kinds) - allowed)
    if kept_back:
        raise NeverShared(kinds=kept_back)


def check_valid(consent: Consent, at: datetime) -> None:
    """Raise unless the consent holds at this moment."""
    if consent.withdrawn_at is not None or consent.until <= at:
        raise NotValid(consent=consent.pk)


def check_may_withdraw(actor: Actor, consent: Consent) -> None:
    """Raise unless the actor may record that the person withdrew."""
    actor.need(Permission.CONSENT_RECORD)
    if consent.withdrawn_at is not None:
        raise AlreadyWithdrawn(consent=consent.pk)
