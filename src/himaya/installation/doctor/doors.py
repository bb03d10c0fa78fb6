"""The doors besides the web page: a door that is set up and silent loses people without a word."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from himaya.config.doors import gateways, mailbox_server
from himaya.doors import standing
from himaya.installation.doctor.findings import Finding, danger, warning
from himaya.installation.place import Place

LOOKED_WITHIN = timedelta(minutes=15)
ARRIVED_WITHIN = timedelta(days=14)


def doors_are_open(place: Place) -> Iterator[Finding]:
    """The mailbox is reached; something has come through every door that is set up."""
    server = mailbox_server(place.secrets / "mailbox.toml")
    if server is not None:
        looked = standing.last_looked(standing.MAILBOX, place.data)
        if looked is None or datetime.now(UTC) - looked > LOOKED_WITHIN:
            yield danger("doors.mailbox_away", since=_said(looked))
        if server.protection == "none" and server.host not in {"localhost", "127.0.0.1", "::1"}:
            yield danger("doors.mailbox_open_line", host=server.host)
        yield from _silent(standing.MAILBOX, place)
    for name in gateways(place.secrets / "gateways.toml"):
        yield from _silent(name, place)


def _silent(door: str, place: Place) -> Iterator[Finding]:
    arrived = standing.last_arrived(door, place.data)
    if arrived is None or datetime.now(UTC) - arrived > ARRIVED_WITHIN:
        yield warning("doors.silent", door=door, since=_said(arrived))


def _said(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M}" if moment else "-"
