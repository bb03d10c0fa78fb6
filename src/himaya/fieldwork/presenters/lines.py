"""Devices and records as lines of a list."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from himaya.fieldwork.models import Card, Device

EVEN = timedelta(minutes=5)  # clocks differ by as much without anybody noticing


@dataclass(frozen=True, slots=True)
class DeviceLine:
    """One device. who: its officer, for whoever supervises; else empty."""

    id: UUID
    mark: str
    who: str
    registered_at: datetime
    synced_at: datetime | None
    ended: str
    in_use: bool


def device_line(device: Device, *, who: str = "") -> DeviceLine:
    """A device as a line of a list."""
    return DeviceLine(
        id=device.pk,
        mark=device.mark,
        who=who,
        registered_at=device.registered_at,
        synced_at=device.synced_at,
        ended=device.get_ended_display() if device.ended else "",
        in_use=device.revoked_at is None,
    )


@dataclass(frozen=True, slots=True)
class CardLine:
    """One record as codes. clock: how far the device's clock was from ours, empty when even."""

    id: UUID
    number: str
    interviewed_at: datetime
    by_device: datetime
    arrived_at: datetime
    due_at: datetime
    clock: str
    state: str


def card_line(card: Card) -> CardLine:
    """A record as a line of a list."""
    return CardLine(
        id=card.pk,
        number=card.pk.hex[:8].upper(),
        interviewed_at=card.interviewed_at,
        by_device=card.began_at,
        arrived_at=card.arrived_at,
        due_at=card.due_at,
        clock=clock_words(card.ahead),
        state=str(card.get_state_display()),
    )


def clock_words(ahead: int) -> str:
    """How wrong a device's clock was, in words; empty when it was even with ours."""
    if abs(ahead) < EVEN.total_seconds():
        return ""
    days, rest = divmod(abs(ahead), 24 * 3600)
    if days:
        told = ngettext("%(number)d day", "%(number)d days", days) % {"number": days}
    else:
        minutes = rest // 60
        told = ngettext("%(number)d minute", "%(number)d minutes", minutes) % {"number": minutes}
    if ahead > 0:
        return _("The device's clock was %(time)s ahead of ours.") % {"time": told}
    return _("The device's clock was %(time)s behind ours.") % {"time": told}


def lines(cards: Iterable[Card]) -> Sequence[CardLine]:
    """Records as lines of a list."""
    return [card_line(card) for card in cards]
