"""The figures: nameless facts and published tables, nothing else."""

from himaya.config.base import *  # noqa: F403 - settings files extend one another
from himaya.config.env import environment

ROOT_URLCONF = "himaya.web.staff.urls"
DATABASES = {"default": environment().database("figures")}
SECRET_KEY = environment().secret("figures").hex()
