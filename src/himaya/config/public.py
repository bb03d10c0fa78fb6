"""The reporters' site: no account, no session, no cookie, no private key."""

from himaya.config.base import *  # noqa: F403 - settings files extend one another
from himaya.config.env import environment

ROOT_URLCONF = "himaya.web.public.urls"
DATABASES = {"default": environment().database("public", pool={"min_size": 2, "max_size": 12})}
SECRET_KEY = environment().secret("public-site").hex()
MIDDLEWARE = [
    "himaya.web.headers.PublicHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "himaya.web.onesize.OneSize",
    "himaya.web.clock.CountryTime",
    "himaya.web.errors.Refusals",
]
