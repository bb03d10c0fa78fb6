"""When an officer's session ends by itself."""

from datetime import datetime, timedelta

from django.contrib.auth import logout
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

from himaya.accounts.language import KEY

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
NOTED_EVERY = timedelta(minutes=1)
BEGAN, SEEN = "began", "seen"


def goes_on(session: SessionBase, at: datetime) -> bool:
    """True when the officer was here within half an hour and signed in within twelve.

    Notes that they are here now, once a minute, so that reading writes little.
    """
    began = datetime.fromisoformat(session.setdefault(BEGAN, at.isoformat()))
    seen = datetime.fromisoformat(session.setdefault(SEEN, at.isoformat()))
    if at - began > LONGEST or at - seen > IDLE:
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
