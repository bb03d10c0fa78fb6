"""The officers' site."""

from himaya.config.base import *  # noqa: F403 - settings files extend one another
from himaya.config.base import INSTALLED_APPS as BASE_APPS
from himaya.config.base import TEMPLATES
from himaya.config.env import environment

LARGEST_BODY = 64 * 1024 * 1024  # a file that is too large is refused by its own page
FILE_UPLOAD_HANDLERS = ["himaya.vault.upload.InMemory"]
INSTALLED_APPS = [*BASE_APPS, "allauth", "allauth.account", "allauth.mfa"]
ROOT_URLCONF = "himaya.web.staff.urls"
DATABASES = {"default": environment().database("staff", pool={"min_size": 2, "max_size": 24})}
SECRET_KEY = environment().secret("staff-site").hex()
MIDDLEWARE = [
    "himaya.web.headers.StaffHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "himaya.accounts.language.ChosenLanguage",
    "himaya.web.clock.CountryTime",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "himaya.web.errors.Refusals",
    "himaya.web.staff.again.SecondFactorAgain",
]

TEMPLATES[0]["OPTIONS"]["context_processors"].append("himaya.web.staff.context.officer")
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "himaya.accounts.adapters.SignIn"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
# Tries are counted by accounts/tries.py, in the database; the library's own counts ask for
# addresses of the network, and lie in the memory of one process.
ACCOUNT_RATE_LIMITS = False
ACCOUNT_FORMS = {"login": "himaya.accounts.forms.NameAndPassphrase"}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]  # passkeys: accounts/passkeys.py
MFA_RECOVERY_CODE_DIGITS = 10
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 15},
    },
    {"NAME": "himaya.accounts.passphrases.NotTheName"},
    {"NAME": "himaya.accounts.passphrases.NotCommon"},
]

# The browser sends these cookies only to this site and only over a secure or loopback connection.
SESSION_ENGINE = "himaya.accounts.stored_sessions"
SESSION_COOKIE_NAME = "__Host-session"
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_AGE = 12 * 60 * 60
CSRF_COOKIE_NAME = "__Host-form"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_AGE = None  # until the browser closes
CSRF_FAILURE_VIEW = "himaya.web.errors.stale_form"
