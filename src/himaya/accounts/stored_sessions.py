"""Where sessions lie: in the database, each under a hash of the key that only the browser has.

A stolen table of sessions signs in nobody. The database's clock says what is over, and what was
found over once is gone, whatever the clock says later.
"""

from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

import structlog
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.db.models import DateTimeField, Subquery
from django.db.models.functions import Now

from himaya.accounts.models import Session
from himaya.accounts.sessions import BEGAN, IDLE, JITTER, SEEN, ends

log = structlog.get_logger("himaya.accounts")


def hidden(key: str) -> str:
    """What stands in the table in place of a browser's key."""
    return sha256(key.encode()).hexdigest()


class SessionStore(db.SessionStore):
    """Django's store of sessions, with hashed keys and the database's clock."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """The table."""
        return Session

    def exists(self, session_key: str | None = None) -> bool:
        """True when a browser has this key already."""
        return bool(session_key) and super().exists(hidden(str(session_key)))

    def delete(self, session_key: str | None = None) -> None:
        """End this session, or the one of another key."""
        key = session_key or self.session_key
        if key:
            super().delete(hidden(key))

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """The row as it is saved, with its end."""
        officer_id = data.get(SESSION_KEY)
        began, seen = _moment(data, BEGAN), _moment(data, SEEN)
        return Session(
            session_key=hidden(self._get_or_create_session_key()),  # type: ignore[attr-defined]  # of SessionBase; the stubs leave it out
            session_data=self.encode(data),
            expire_date=ends(began, seen) if began and seen else Now() + IDLE,
            officer_id=UUID(officer_id) if officer_id else None,
            began_at=began,
            seen_at=seen,
        )

    def _get_session_from_db(self) -> Session | None:
        """The live row of this browser's key. Anything else is forgotten, here and there."""
        newest = Session.objects.filter(seen_at__isnull=False).order_by("-seen_at")
        row = (
            Session.objects.filter(session_key=hidden(str(self.session_key)))
            .annotate(now=Now(output_field=DateTimeField()))
            .annotate(newest=Subquery(newest.values("seen_at")[:1]))
            .first()
        )
        if row and row.newest and row.newest > row.now + JITTER:
            # The clock went back: nobody can say any more which session would be over by now.
            log.warning("sessions.ended", why="the clock went back")
            Session.objects.all().delete()
        elif row and row.expire_date > row.now:
            return row
        elif row:
            row.delete()
        self._session_key = None
        return None


def _moment(data: dict[str, Any], name: str) -> datetime | None:
    return datetime.fromisoformat(data[name]) if name in data else None
