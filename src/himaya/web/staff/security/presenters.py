"""How an officer's own way in is shown to them."""

from dataclasses import dataclass
from datetime import datetime

import qrcode
from allauth.mfa.models import Authenticator

from himaya.accounts.models import Session


@dataclass(frozen=True, slots=True)
class PasskeyLine:
    """One passkey. unlocks: whether it opens the officer's key too."""

    id: int
    name: str
    made_at: datetime
    used_at: datetime | None
    unlocks: bool


@dataclass(frozen=True, slots=True)
class SessionLine:
    """One browser in which the officer is signed in. here: it is this one."""

    key: str
    began_at: datetime | None
    seen_at: datetime | None
    here: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """A square picture of dark modules: how many to a side, and an SVG path through them."""

    side: int
    path: str


def passkey_line(passkey: Authenticator, *, unlocks: bool) -> PasskeyLine:
    """A passkey as a line."""
    return PasskeyLine(
        passkey.pk, passkey.data["name"], passkey.created_at, passkey.last_used_at, unlocks
    )


def session_line(session: Session, *, here: bool) -> SessionLine:
    """A session as a line."""
    return SessionLine(session.session_key, session.began_at, session.seen_at, here)


def picture(address: str) -> Picture:
    """The address as a QR code."""
    code = qrcode.QRCode(border=4)
    code.add_data(address)
    rows = code.get_matrix()
    dark = [(x, y) for y, row in enumerate(rows) for x, module in enumerate(row) if module]
    return Picture(len(rows), "".join(f"M{x} {y}h1v1h-1z" for x, y in dark))
