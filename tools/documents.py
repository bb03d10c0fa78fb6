"""The documents that are made from the code.

python tools/documents.py          writes them all, those that need a database with the tests' own
python tools/documents.py check    fails when one of them is not current

docs/permission-matrix.md is made by tests/matrix/test_permission_matrix.py, which asks every page
as everybody.
"""

import os
import pkgutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

import django
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import translation

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from tools import fields, proofs  # noqa: E402 - the tree is found first

HOW = "This page is made from the code by `python tools/documents.py`; nobody edits it by hand."
# Nobody imports these but the program that starts a process.
PROCESSES = ("himaya.config", "himaya.installation", "himaya.__main__", "himaya.web.wsgi")
# Pages of the officers' site that open without an officer's permissions, and why.
OPEN_PAGES = {
    "login": "signing in, first step",
    "login/code": "signing in, second step",
    "login/passkey": "signing in, both steps at once",
    "logout": "signing out works for everybody, also without a second factor",
    "language": "the language is chosen before signing in",
    "enrol": "newcomers come in with the token on their paper",
    "answer": "a body without an account answers with the code on its paper",
    "healthz": "says to a proxy that the site is ready",
}
REFUSALS = """# Refusals

Everything that Himaya may refuse, as an expected *no*: nothing has changed, and the sentence says
what to do. {how}

| code | status | what stands in the way | what the page says |
| --- | --- | --- | --- |
{rows}
"""
PERMISSIONS = """# Permissions

A role includes permissions (`accounts/roles.py`), a page asks for one of those it names, and whose
rows it then shows is decided by the officer's desks: in the query, and again in the database.
{how}

## Which role may what

| permission | {roles} |
| --- |{lines}
{held}

{certificates}

## Which page asks for what

A page that names several opens with any one of them.

| page | asks for | opens to |
| --- | --- | --- |
{pages}

## Pages that ask for none

| page | why |
| --- | --- |
{open}
"""


@dataclass(frozen=True, slots=True)
class Page:
    """One address of the officers' site and the permissions it asks for; None: not guarded."""

    path: str
    permissions: tuple[str, ...] | None


def pages() -> list[Page]:
    """Every address of the officers' site."""
    return list(_pages(get_resolver("himaya.web.staff.urls"), ""))


def _pages(resolver: URLResolver, before: str) -> Iterator[Page]:
    for pattern in resolver.url_patterns:
        path = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield Page(path, getattr(pattern.callback, "permissions", None))
        else:
            yield from _pages(pattern, path)


def refusals() -> list[type]:
    """Every kind of refusal, by code."""
    package = import_module("himaya")
    for module in pkgutil.walk_packages(package.__path__, "himaya."):
        if not module.name.startswith(PROCESSES):
            import_module(module.name)
    kinds = _kinds(import_module("himaya.kernel.errors").Refusal)
    return sorted(filter(_is_ours, kinds), key=lambda kind: str(getattr(kind, "code", "")))


def _is_ours(kind: type) -> bool:
    """Whether it stands in a module of Himaya under its name; tests plant others."""
    ours = kind.__module__.startswith("himaya.")
    return ours and getattr(sys.modules[kind.__module__], kind.__name__, None) is kind


def _kinds(root: type) -> Iterator[type]:
    for kind in root.__subclasses__():
        yield kind
        yield from _kinds(kind)


def refusals_md() -> str:
    """docs/refusals.md, as it should be."""
    rows = [
        f"| `{kind.code}` | {int(kind.status)} | {_first_line(kind)} | {kind.message} |"  # type: ignore[attr-defined]  # a Refusal
        for kind in refusals()
    ]
    return REFUSALS.format(how=HOW, rows="\n".join(rows))


def _first_line(kind: type) -> str:
    return " ".join((kind.__doc__ or "").split("\n\n")[0].split())


def permissions_md() -> str:
    """docs/permissions.md, as it should be."""
    roles = import_module("himaya.accounts.roles").ROLES
    permissions = import_module("himaya.kernel.access").Permission
    held = [
        f"| `{permission}` | "
        + " | ".join("yes" if permission in role.permissions else "" for role in roles.values())
        + " |"
        for permission in permissions
    ]
    asked = [
        f"| `/{page.path}` | {', '.join(f'`{one}`' for one in page.permissions) or 'no one'} "
        f"| {_opens_to(page.permissions, roles)} |"
        for page in pages()
        if page.permissions is not None
    ]
    return PERMISSIONS.format(
        how=HOW,
        roles=" | ".join(str(role.title) for role in roles.values()),
        lines=" --- |" * len(roles),
        held="\n".join(held),
        certificates="\n".join(
            f"*{role.title}* counts only while the training `{role.certificate}` is valid."
            for role in roles.values()
            if role.certificate
        ),
        pages="\n".join(asked),
        open="\n".join(f"| `/{path}` | {why} |" for path, why in OPEN_PAGES.items()),
    )


def _opens_to(permissions: tuple[str, ...], roles: dict) -> str:  # type: ignore[type-arg]  # by code
    if not permissions:
        return "every officer"
    opens = [str(role.title) for role in roles.values() if set(permissions) & role.permissions]
    return ", ".join(opens)


def threat_model_md() -> str:
    """docs/threat-model.md with its table of proofs as it should be; the rest is by hand."""
    return proofs.filled(ROOT / "docs/threat-model.md")


MADE = {
    "docs/refusals.md": refusals_md,
    "docs/permissions.md": permissions_md,
    "docs/threat-model.md": threat_model_md,
    "docs/fields.md": lambda: fields.fields_md(HOW),
}


def stale() -> list[str]:
    """Documents that do not say what the code says."""
    with translation.override("en"):
        return [
            name
            for name, make in MADE.items()
            if not (ROOT / name).exists() or (ROOT / name).read_text(encoding="utf-8") != make()
        ]


def main() -> int:
    """Write the documents, or check them."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "himaya.config.test")
    django.setup()
    if sys.argv[1:] == ["check"]:
        for name in stale():
            print(f"{name} is not current: python tools/documents.py")
        return 1 if stale() else 0
    for name in stale():
        with translation.override("en"):
            (ROOT / name).write_text(MADE[name](), encoding="utf-8")
        print(f"{name} is written anew.")
    command = [sys.executable, "-m", "pytest", "--write", "tests/matrix/test_permission_matrix.py"]
    return subprocess.run(command, cwd=ROOT, check=False).returncode  # noqa: S603 - ours


if __name__ == "__main__":
    sys.exit(main())
