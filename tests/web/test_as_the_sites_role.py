"""The officers' frame works with the rights of that site's database role, and no more."""

import pytest
from django.core.cache import cache
from django.test import Client

from tests.factories.officers import PASSPHRASE, UNLOCKING, code_now, give_key, make_officer
from tests.factories.roles import as_role

pytestmark = pytest.mark.django_db


def test_signing_in_unlocking_and_signing_out():
    cache.clear()
    officer, client = make_officer(), Client()
    give_key(officer)

    with as_role("staff"):
        client.post("/login", {"login": officer.username, "password": PASSPHRASE})
        client.post("/login/code", {"code": code_now()})
        home = client.get("/")
        client.post("/language", {"language": "ar"})
        client.post("/unlock", {"passphrase": UNLOCKING})
        unlocked = client.get("/")
        client.post("/lock")
        gone = client.post("/logout")

    assert home.status_code == 200
    assert 'lang="ar"' in unlocked.content.decode()
    assert 'class="lock unlocked"' in unlocked.content.decode()
    assert gone.status_code == 302
