"""How the sign-in library meets Himaya: nobody signs up, and secrets lie encrypted."""

from base64 import urlsafe_b64encode
from functools import cache

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from himaya.config.env import environment


@cache
def _totp_cipher() -> Fernet:
    return Fernet(urlsafe_b64encode(environment().secret("totp")))


class SignIn(DefaultAccountAdapter):  # type: ignore[misc]  # the library has no types
    """Officers are enrolled by their agency, never by themselves."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": _(
            "The user name or the passphrase is not right. Check both and type them again."
        ),
        "too_many_login_attempts": _("Too many tries. Wait a minute, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes an account over the web."""
        return False


class SecondFactor(DefaultMFAAdapter):  # type: ignore[misc]  # the library has no types
    """Secrets of code generators are encrypted under a key outside the database."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("That code is not right. Wait for the next one and type it."),
    }

    def encrypt(self, text: str) -> str:
        """A secret as it is stored."""
        return _totp_cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """A stored secret as it was."""
        return _totp_cipher().decrypt(encrypted_text.encode()).decode()
