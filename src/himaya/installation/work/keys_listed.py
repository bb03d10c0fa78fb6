"""The desks' keys, as an operator reads them."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from himaya.agencies.models import Desk
from himaya.vault.errors import KeyNotTrusted
from himaya.vault.keys import check_desk_key, check_proposal
from himaya.vault.members import members_of
from himaya.vault.models import DeskEpoch, RecoveryKey

IN_FORCE, PROPOSED, CLOSED = "in force", "waits for the registrar", "closed"
NOT_OURS = "not confirmed: somebody put it into the database"


@dataclass(frozen=True, slots=True)
class ListedEpoch:
    """One key of a desk and where it stands."""

    number: int
    state: str


@dataclass(frozen=True, slots=True)
class ListedDesk:
    """A desk: its keys, who holds the newest, and who sits there without holding it."""

    desk: str
    epochs: list[ListedEpoch]
    members: list[str]
    not_admitted: list[str]


@dataclass(frozen=True, slots=True)
class ListedKeys:
    """All of it. recovery_key: the number of the one in force, or None before a ceremony."""

    desks: list[ListedDesk]
    recovery_key: int | None


def listed() -> ListedKeys:
    """Every desk with its keys."""
    recovery = RecoveryKey.objects.filter(retired_at__isnull=True).first()
    desks = [_desk(desk) for desk in Desk.objects.order_by("position", "code")]
    return ListedKeys(desks, recovery.number if recovery else None)


def _desk(desk: Desk) -> ListedDesk:
    members = members_of(desk.pk)
    epochs = DeskEpoch.objects.filter(desk=desk).order_by("number")
    return ListedDesk(
        desk.code,
        [ListedEpoch(epoch.number, _state(epoch)) for epoch in epochs],
        [each.username for each in members if each.admitted],
        [each.username for each in members if not each.admitted],
    )


def _state(epoch: DeskEpoch) -> str:
    if epoch.closed_at is not None:
        return CLOSED
    try:
        (check_desk_key if epoch.opened_at else check_proposal)(epoch)
    except KeyNotTrusted:
        return NOT_OURS
    return IN_FORCE if epoch.opened_at else PROPOSED


def as_json(keys: ListedKeys) -> dict[str, object]:
    """For a program."""
    return asdict(keys)


def in_words(keys: ListedKeys) -> str:
    """For a person."""
    lines = [line for desk in keys.desks for line in _words(desk)]
    number = keys.recovery_key
    lines.append(
        f"Recovery key {number} is in force." if number else "No recovery key was ever made."
    )
    return "\n".join(lines)


def _words(desk: ListedDesk) -> Sequence[str]:
    lines = [desk.desk, *(f"  key {epoch.number}: {epoch.state}" for epoch in desk.epochs)]
    if not desk.epochs:
        lines.append("  no key")
    lines.append(f"  held by: {', '.join(desk.members) or 'nobody'}")
    if desk.not_admitted:
        lines.append(f"  not admitted: {', '.join(desk.not_admitted)}")
    return lines
