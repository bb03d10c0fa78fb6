"""How passphrases of signing in are hashed."""

from argon2 import extract_parameters
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.utils.crypto import get_random_string


class Passphrase(Argon2PasswordHasher):
    """Argon2id. An older, cheaper hash costs a wrong try as much as one of today.

    A right try replaces an older hash by one of today (Django does it at sign-in).
    """

    def harden_runtime(self, password: str, encoded: str) -> None:
        """Spend what an older hash saved, so that time does not tell whose hash is old."""
        old = extract_parameters("$" + encoded.partition("$")[2])
        saved = self.time_cost * self.memory_cost - old.time_cost * old.memory_cost
        rounds = round(saved / self.memory_cost)
        if rounds > 0:
            dummy = type(self)()
            dummy.time_cost = rounds
            dummy.encode(password, get_random_string(22))
