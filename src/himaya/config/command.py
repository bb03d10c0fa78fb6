"""The command line that makes and migrates an installation: owner of the tables."""

from himaya.config.base import *  # noqa: F403 - settings files extend one another
from himaya.config.base import INSTALLED_APPS as BASE_APPS
from himaya.config.env import environment

INSTALLED_APPS = [
    *BASE_APPS,
    "allauth",
    "allauth.account",
    "allauth.mfa",
]
# Nothing is served here; allauth asks for these wherever its tables are made.
MIDDLEWARE = ["allauth.account.middleware.AccountMiddleware"]
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ROOT_URLCONF = "himaya.web.staff.urls"
DATABASES = {"default": environment().database("owner")}
SECRET_KEY = environment().secret("owner").hex()
