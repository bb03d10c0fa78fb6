"""The worker: the ledger's sequencer, clocks and facts. It can seal, never open."""

from himaya.config.base import *  # noqa: F403 - settings files extend one another
from himaya.config.env import environment

ROOT_URLCONF = "himaya.web.staff.urls"
DATABASES = {"default": environment().database("worker")}
SECRET_KEY = environment().secret("worker").hex()
