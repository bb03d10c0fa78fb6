"""How the sign-in library meets Himaya: nobody signs up, tries are counted, secrets encrypted."""

from base64 import urlsafe_b64encode
from functools import cache

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from himaya.accounts import devices, sessions, tries
from himaya.accounts.fresh import GIVEN_BY
from himaya.accounts.models import Officer
from himaya.accounts.pages import transaction_time
from himaya.accounts.queries import actor_of
from himaya.audit.record import record
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
        "too_many_login_attempts": _(
            "Too many tries. Wait a few minutes, or use your passkey, which always works."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes an account over the web."""
        return False

    def authenticate(self, request: HttpRequest, **credentials: str) -> Officer | None:
        """The officer whose passphrase it is. Raises the form's error when no try is left.

        A suspended officer is none, whatever they type: the library's page for them would tell a
        stranger who guessed right.
        """
        name = credentials["username"]
        count = tries.Count(tries.Tried.PASSPHRASE, name, devices.device_of(request, name))
        if not tries.spend(count, transaction_time()):
            raise self.validation_error("too_many_login_attempts")
        officer = authenticate(request, **credentials)
        if not isinstance(officer, Officer):
            return None
        tries.give_back(count)
        return officer

    def post_login(self, request: HttpRequest, user: Officer, **how: object) -> HttpResponse:
        """The officer is signed in, in a session with a new key: it begins now."""
        response: HttpResponse = super().post_login(request, user, **how)
        at = transaction_time()
        sessions.begin(request.session, at)
        factor = request.session.get(GIVEN_BY)
        if factor:
            devices.remember(request, response, user.username)
        record(
            act="accounts.signed_in",
            actor=actor_of(user, at.date()),
            at=at,
            subject_id=user.pk,
            facts={"with": factor or "passphrase"},
        )
        return response


class SecondFactor(DefaultMFAAdapter):  # type: ignore[misc]  # the library has no types
    """Secrets of code generators are encrypted under a key outside the database."""

    def get_totp_issuer(self) -> str:
        """What the code generator shows beside the user name."""
        return gettext("Himaya")

    def encrypt(self, text: str) -> str:
        """A secret as it is stored."""
        return _totp_cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """A stored secret as it was."""
        return _totp_cipher().decrypt(encrypted_text.encode()).decode()
