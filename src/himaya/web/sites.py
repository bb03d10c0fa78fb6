"""Which of the two sites this process serves."""

from urllib.parse import urlsplit

from django.conf import settings

from himaya.packs.loader import current

REPORTERS = "himaya.web.public.urls"


def serves_reporters() -> bool:
    """True in the process of the reporters' site."""
    return str(settings.ROOT_URLCONF) == REPORTERS


def safe_exit() -> str:
    """The plain site that the country sends a reporter to who leaves in haste."""
    return str(current().setting("safe_exit").in_force)


def exit_origin() -> str:
    """Scheme and host of that site, as a content security policy names it."""
    address = urlsplit(safe_exit())
    return f"{address.scheme}://{address.netloc}"
