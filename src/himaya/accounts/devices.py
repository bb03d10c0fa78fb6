"""Browsers in which an officer has signed in fully before.

Such a browser keeps a random id and, for each officer who signed in there, a code that binds the
id to the officer's name. It lets nobody in. It only says: this is no stranger, count apart.
"""

import hmac
from datetime import timedelta
from secrets import token_urlsafe

from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

COOKIE = "__Host-device"
KEPT_FOR = timedelta(days=400)  # the longest that browsers keep one
ID_BYTES = 16
MOST_OFFICERS = 8  # who share one browser; the longest absent is forgotten first
STRANGER = ""


def device_of(request: HttpRequest, username: str) -> str:
    """The id of this browser when this officer signed in here before; else STRANGER."""
    device, bindings = _kept(request)
    right = _binding(device, username)
    known = [hmac.compare_digest(right.encode(), one.encode()) for one in bindings]
    return device if any(known) else STRANGER


def remember(request: HttpRequest, response: HttpResponse, username: str) -> None:
    """This officer has signed in here fully."""
    device, bindings = _kept(request)
    device = device or token_urlsafe(ID_BYTES)
    ours = _binding(device, username)
    kept = [ours, *(one for one in bindings if one != ours)][:MOST_OFFICERS]
    response.set_cookie(
        COOKIE,
        ".".join([device, *kept]),
        max_age=KEPT_FOR,
        path="/",
        secure=True,
        httponly=True,
        samesite="Strict",
    )


def _kept(request: HttpRequest) -> tuple[str, list[str]]:
    device, *bindings = request.COOKIES.get(COOKIE, "").split(".")
    return device, bindings[:MOST_OFFICERS]


def _binding(device: str, username: str) -> str:
    text = f"{device}\n{username.casefold()}"
    return salted_hmac("himaya.device", text, algorithm="sha256").hexdigest()[:32]
