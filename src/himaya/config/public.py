"""The reporters' site: no account, no session, no cookie, no private key."""

from himaya.config import languages
from himaya.config.base import *  # noqa: F403 - settings files extend one another
from himaya.config.env import environment

ROOT_URLCONF = "himaya.web.public.urls"
LANGUAGES = languages.REPORTERS
# A reporter hears within seconds that nothing was stored while the database is away.
POOL = {"min_size": 2, "max_size": 12, "timeout": 5}
DATABASES = {"default": environment().database("public", pool=POOL)}
# A megabyte of letters in any script is refused on its page, words and all, and not by the parser.
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024
LARGEST_BODY = 1024 * 1024 * 1024  # what is larger than a report may be is refused by its own page
SECRET_KEY = environment().secret("public-site").hex()
MIDDLEWARE = [
    "himaya.web.headers.PublicHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "himaya.web.onesize.OneSize",
    "himaya.web.othertongues.OtherTongues",
    "himaya.web.clock.CountryTime",
    "himaya.web.errors.Refusals",
]
