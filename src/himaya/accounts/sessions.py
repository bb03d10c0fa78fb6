"""When an officer's session ends, by itself or because somebody ends it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.auth import logout
from django.contrib.sessions.backends.base import SessionBase
from django.db.models import QuerySet
from django.http import HttpRequest

from himaya.accounts.language import KEY
from himaya.accounts.models import Session

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
NOTED_EVERY = timedelta(minutes=1)
JITTER = timedelta(minutes=1)  # clocks of one database, moments of two transactions
BEGAN, SEEN = "began", "seen"


def begin(session: SessionBase, at: datetime) -> None:
    """From this moment on the officer is signed in."""
    session[BEGAN] = session[SEEN] = at.isoformat()


def ends(began: datetime, seen: datetime) -> datetime:
    """When a session is over if nothing more is heard of the officer."""
    return min(seen + IDLE, began + LONGEST)


def goes_on(session: SessionBase, at: datetime) -> bool:
    """True when the officer was here within half an hour and signed in within twelve.

    Notes that they are here now, once a minute, so that reading writes little. A session that was
    seen later than now is over: the clock went back.
    """
    began = datetime.fromisoformat(session.setdefault(BEGAN, at.isoformat()))
    seen = datetime.fromisoformat(session.setdefault(SEEN, at.isoformat()))
    if at > ends(began, seen) or at < seen - JITTER:
        return False
    if at - seen >= NOTED_EVERY:
        session[SEEN] = at.isoformat()
    return True


def end(request: HttpRequest) -> None:
    """Sign the officer out; only the language they read in stays."""
    chosen = request.session.get(KEY)
    logout(request)
    if chosen:
        request.session[KEY] = chosen


def running(officer_id: UUID, at: datetime) -> QuerySet[Session]:
    """The officer's sessions that are not over, newest first."""
    return Session.objects.filter(officer_id=officer_id, expire_date__gt=at).order_by("-seen_at")


def end_all(officer_id: UUID, *, but: Sequence[str] = ()) -> int:
    """End the officer's sessions in every browser, at once; returns how many.

    but: rows (`Session.session_key`) that go on. The caller's operation records the act.
    """
    ended, _ = Session.objects.filter(officer_id=officer_id).exclude(session_key__in=but).delete()
    return ended


def forget_ended(at: datetime) -> int:
    """Remove the sessions that are over, so that none is there to revive; returns how many."""
    gone, _ = Session.objects.filter(expire_date__lte=at).delete()
    return gone
