"""Every page says who may open it, every refusal what to do, and the documents say the same."""

import re
from dataclasses import replace

import pytest
from django.http import HttpResponse
from django.urls import path

from himaya.accounts.pages import officer_page
from himaya.accounts.roles import ROLES
from himaya.kernel.access import Permission
from himaya.kernel.errors import Refusal
from tools import documents, laws

CODE = re.compile(r"[a-z]+\.[a-z_]+")
ASKED_IN = ("rules.py", "/rules/", "/operations", "views", "queries.py")


def unguarded(pages):
    """Pages that open without an officer's permissions."""
    return {page.path for page in pages if page.permissions is None}


def test_every_page_names_its_permissions_or_stands_on_the_short_list():
    assert len(documents.pages()) > 40
    assert unguarded(documents.pages()) == set(documents.OPEN_PAGES)


def test_a_page_without_a_guard_would_be_found():
    page = documents.pages()[0]

    assert unguarded([replace(page, path="secret", permissions=None)]) == {"secret"}


def test_a_guard_can_be_seen_through_other_decorators():
    guarded = officer_page(Permission.CASE_READ)(lambda _request: HttpResponse())
    pattern = path("cases/", guarded)

    assert pattern.callback.permissions == (Permission.CASE_READ,)
    assert not hasattr(path("x", lambda _request: HttpResponse()).callback, "permissions")


def test_pages_for_every_officer_are_few():
    for_all = {page.path for page in documents.pages() if page.permissions == ()}
    own = {path for path in for_all if path.startswith("security")}

    assert for_all - own == {
        "",
        "again",
        "aside",
        "aside/back",
        "components",
        "lock",
        "unlock",
        "unlock/passkey",
    }


def test_every_page_opens_to_some_role():
    held = frozenset[Permission]().union(*(role.permissions for role in ROLES.values()))

    for page in documents.pages():
        assert not page.permissions or set(page.permissions) & held, page.path


def asked(permission, files):
    """Where code asks for a permission."""
    return [
        file.path
        for file in files
        if f"Permission.{permission.name}" in file.text
        and any(place in f"/{file.path}" for place in ASKED_IN)
    ]


@pytest.mark.parametrize("permission", Permission)
def test_every_permission_is_asked_by_a_rule_or_a_page(permission):
    assert asked(permission, laws.files())


def test_a_permission_that_nothing_asks_for_would_be_found():
    named_in_a_role = laws.File("accounts/roles.py", "Permission.CASE_READ")

    assert asked(Permission.CASE_READ, [named_in_a_role]) == []


def faults_of(kinds):
    """Refusals without a code of their own, or without a sentence that says what to do."""
    seen = {}
    for kind in kinds:
        code = kind.__dict__.get("code", "")
        if not CODE.fullmatch(code):
            yield f"{kind.__name__}: no code of its own"
        elif seen.setdefault(code, kind) is not kind:
            yield f"{kind.__name__}: {code} is {seen[code].__name__}'s"
        elif code.split(".")[0] not in {kind.__module__.split(".")[1], "access"}:
            yield f"{kind.__name__}: {code} names another concept"
        message = str(kind.__dict__.get("message", ""))
        if not message.endswith((".", "!")) or not message[:1].isupper() or "%" in message:
            yield f"{kind.__name__}: no whole sentence"
        if not (kind.__doc__ or "").strip().endswith("."):
            yield f"{kind.__name__}: does not say what stands in the way"
        if int(kind.status) not in {401, 403, 404, 409, 413, 422, 429, 503}:
            yield f"{kind.__name__}: status {kind.status}"


def test_every_refusal_has_a_code_of_its_own_and_a_whole_sentence():
    kinds = documents.refusals()

    assert len(kinds) > 40
    assert list(faults_of(kinds)) == []


def test_faults_that_were_planted_are_found():
    class Right(Refusal):
        """Somebody answered first."""

        __module__ = "himaya.referrals.errors"
        code = "referrals.closed"
        message = "Look at the list."

    class SameCode(Right):
        """Somebody else answered first."""

        code = "referrals.closed"
        message = "Look at the list."

    class Bare(Right):
        status = 500

    assert list(faults_of([Right])) == []
    assert list(faults_of([Right, SameCode])) == ["SameCode: referrals.closed is Right's"]
    assert [fault.split(": ")[1] for fault in faults_of([Bare])] == [
        "no code of its own",
        "no whole sentence",
        "does not say what stands in the way",
        "status 500",
    ]


@pytest.mark.parametrize("name", documents.MADE)
def test_the_documents_made_from_the_code_are_current(name):
    """When this fails: make documents"""
    assert name not in documents.stale()


def test_a_document_that_is_behind_would_be_found(monkeypatch, tmp_path):
    (tmp_path / "docs").mkdir()
    monkeypatch.setattr(documents, "ROOT", tmp_path)
    assert documents.stale() == list(documents.MADE)

    for name, make in documents.MADE.items():
        (tmp_path / name).write_text(make(), encoding="utf-8")
    assert documents.stale() == []

    with (tmp_path / "docs/permissions.md").open("a") as page:
        page.write("by hand")
    assert documents.stale() == ["docs/permissions.md"]


def test_every_refusal_stands_in_its_document():
    page = (documents.ROOT / "docs/refusals.md").read_text(encoding="utf-8")

    assert [kind.code for kind in documents.refusals() if f"| `{kind.code}` |" not in page] == []
