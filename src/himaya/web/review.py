"""Whether native speakers have still to sign the language of a page, as its catalogue says."""

from functools import cache
from pathlib import Path

from django.conf import settings

from himaya.config.languages import WRITTEN_IN

SAYS_SO = "X-Review: needs native review"


@cache
def needs_review(code: str) -> bool:
    """True until the head of the catalogue says that enough of them did."""
    if code == WRITTEN_IN:
        return False
    paths = [Path(each) / code / "LC_MESSAGES" / "django.po" for each in settings.LOCALE_PATHS]
    return any(SAYS_SO in path.read_text(encoding="utf-8") for path in paths if path.exists())
