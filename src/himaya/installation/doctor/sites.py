"""The settings of both sites and of the worker."""

from collections.abc import Iterator, Mapping
from importlib import import_module
from types import ModuleType

from himaya.installation.doctor.findings import Finding, danger

PROCESSES = ("public", "staff", "worker")
# Setting → its only safe value.
EVERYWHERE: Mapping[str, object] = {
    "DEBUG": False,  # else a bug shows what was in memory to whoever caused it
    "SECURE_CONTENT_TYPE_NOSNIFF": True,  # else a file that was sent in can run as a page
    "X_FRAME_OPTIONS": "DENY",  # else another site can lay itself over our pages
}
# Else a session or a form travels in clear, is read by a script, or is set by another host.
OF_OFFICERS: Mapping[str, object] = {
    "SESSION_COOKIE_NAME": "__Host-session",
    "SESSION_COOKIE_SECURE": True,
    "SESSION_COOKIE_HTTPONLY": True,
    "SESSION_COOKIE_SAMESITE": "Strict",
    "CSRF_COOKIE_NAME": "__Host-form",
    "CSRF_COOKIE_SECURE": True,
    "CSRF_COOKIE_SAMESITE": "Strict",
}
HEADERS = {"public": "himaya.web.headers.PublicHeaders", "staff": "himaya.web.headers.StaffHeaders"}
FORGERY_CHECK = "django.middleware.csrf.CsrfViewMiddleware"
HASHER = "himaya.accounts.hashing.Passphrase"
ADMIN = "django.contrib.admin"


def settings_are_safe() -> Iterator[Finding]:
    """Every process is set as it was built."""
    for name in PROCESSES:
        settings = import_module(f"himaya.config.{name}")
        yield from _fixed(name, settings, EVERYWHERE)
        yield from _installed(name, settings)
    yield from _fixed("staff", import_module("himaya.config.staff"), OF_OFFICERS)
    yield from _officers_site(import_module("himaya.config.staff"))


def _fixed(name: str, settings: ModuleType, wanted: Mapping[str, object]) -> Iterator[Finding]:
    for setting, value in wanted.items():
        if getattr(settings, setting, None) != value:
            yield danger(
                "sites.setting",
                setting=setting,
                process=name,
                value=getattr(settings, setting, None),
                wanted=value,
            )


def _installed(name: str, settings: ModuleType) -> Iterator[Finding]:
    if ADMIN in settings.INSTALLED_APPS:
        yield danger("sites.admin", process=name, unwanted=ADMIN)
    if name in HEADERS and settings.MIDDLEWARE[0] != HEADERS[name]:
        yield danger("sites.headers", process=name, wanted=HEADERS[name])


def _officers_site(settings: ModuleType) -> Iterator[Finding]:
    if FORGERY_CHECK not in settings.MIDDLEWARE:
        yield danger("sites.forgery", wanted=FORGERY_CHECK)
    if settings.PASSWORD_HASHERS[:1] != [HASHER]:
        yield danger("sites.hasher", wanted=HASHER)
    databases = settings.DATABASES
    if not databases["default"].get("ATOMIC_REQUESTS"):
        yield danger("sites.transactions")
