"""The system administrator sees what the doctor found, and nothing of people."""

import json

import pytest
from django.conf import settings
from django.test import Client

from tests.factories.officers import make_officer, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def findings():
    path = settings.SCRATCH / "findings.json"
    yield path
    path.unlink(missing_ok=True)


def page(role: str = "system_administrator", language: str = "en") -> str:
    client = signed_in(make_officer(role))
    answer = client.get("/installation", headers={"accept-language": language})
    return f"{answer.status_code} {answer.content.decode()}"


def found(*lines: dict[str, object]) -> str:
    return json.dumps({"looked": 16, "findings": lines, "ok": not lines})


def test_before_the_first_examination_the_page_says_so(findings):
    assert "Nothing was examined yet" in page()


def test_dangers_come_first_in_the_readers_language(findings):
    swap = {"code": "files.swap", "grade": "warning", "facts": {}}
    away = {"code": "custody.no_recovery", "grade": "danger", "facts": {}}
    findings.write_text(found(swap, away))

    said = page()

    assert said.index("There is no recovery key") < said.index("swaps memory")
    assert "There is no recovery key" not in page(language="ar")


def test_a_safe_installation_is_called_safe(findings):
    findings.write_text(found())

    assert "Nothing unsafe was found" in page()


@pytest.mark.parametrize("role", ["case_worker", "intake_officer", "personnel_officer"])
def test_other_officers_do_not_see_it(findings, role):
    findings.write_text(found())

    assert page(role).startswith("403")


def test_nobody_sees_it_without_signing_in(findings):
    assert Client().get("/installation").status_code == 302
