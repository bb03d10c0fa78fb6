"""What every process shares."""

from collections.abc import Sequence
from typing import Any

from himaya.config import languages
from himaya.config.env import ROOT, environment

DEBUG = False
USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = True
LANGUAGE_CODE = "en"
LOCALE_PATHS = [ROOT / "src" / "himaya" / "locale"]

languages.teach_the_framework()
LANGUAGES: Sequence[tuple[str, object]] = languages.OFFICERS

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.staticfiles",
    "himaya.audit",
    "himaya.agencies",
    "himaya.accounts",
    "himaya.vault",
    "himaya.papers",
    "himaya.notices",
    "himaya.clocks",
    "himaya.enrolment",
    "himaya.directory",
    "himaya.reporting",
    "himaya.doors",
    "himaya.hotline",
    "himaya.identification",
    "himaya.cases",
    "himaya.inquiries",
    "himaya.recognition",
    "himaya.fieldwork",
    "himaya.tasks",
    "himaya.consent",
    "himaya.occasions",
    "himaya.referrals",
    "himaya.decisions",
    "himaya.justice",
    "himaya.pathway",
    "himaya.retention",
    "himaya.accountability",
    "himaya.statistics",
    "himaya.oversight",
    "himaya.web",
]
AUTH_USER_MODEL = "accounts.Officer"
MFA_ADAPTER = "himaya.accounts.adapters.SecondFactor"
PASSWORD_HASHERS = ["himaya.accounts.hashing.Passphrase"]

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "himaya.web.context.page",
            ],
        },
    }
]

FORMAT_MODULE_PATH = ["himaya.web.formats"]
STATIC_URL = "/s/"
WHITENOISE_ALLOW_ALL_ORIGINS = False
STATIC_ROOT = environment().data / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# The address is checked by the proxy in front; Himaya builds no absolute address from it.
ALLOWED_HOSTS = ["*"]
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "no-referrer"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"

# No log line carries an address, a path or a body: the loggers that write them are off.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django.request": {"handlers": [], "level": "CRITICAL", "propagate": False},
        "django.security": {"handlers": [], "level": "CRITICAL", "propagate": False},
    },
}
