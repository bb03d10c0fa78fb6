"""Secrets of code generators lie encrypted, under a key outside the database."""

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken

from himaya.accounts import adapters
from tests.factories import offices, seats

SECRET = "JBSWY3DPEHPK3PXP"


def test_a_secret_comes_back_as_it_was_and_never_looks_the_same():
    adapter = get_adapter()

    assert adapter.decrypt(adapter.encrypt(SECRET)) == SECRET
    assert adapter.encrypt(SECRET) != adapter.encrypt(SECRET)


def test_another_key_opens_nothing(monkeypatch):
    sealed = get_adapter().encrypt(SECRET)

    monkeypatch.setattr(adapters, "_totp_cipher", lambda: Fernet(Fernet.generate_key()))

    with pytest.raises(InvalidToken):
        get_adapter().decrypt(sealed)


@pytest.mark.django_db
def test_the_table_of_second_factors_holds_no_secret_in_clear():
    officer = seats.officer("case_worker", offices.desk())
    seats.browser(officer)

    (row,) = Authenticator.objects.filter(user=officer)
    assert get_adapter().decrypt(row.data["secret"]) not in str(row.data)
