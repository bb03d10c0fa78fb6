"""The installation's keys."""

import os
import stat

import pyrage
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from himaya.installation import keys
from himaya.installation.failure import Failure


class PowerCut(Exception):
    """The machine stops here."""


def power_cut(*_):
    raise PowerCut


def modes(directory):
    return {path.name: stat.S_IMODE(path.stat().st_mode) for path in directory.iterdir()}


def test_every_key_is_there_and_only_its_user_may_read_it(place):
    before = os.umask(0)  # the most careless umask there is
    try:
        keys.make_keys(place.secrets)
    finally:
        os.umask(before)

    pairs = (*keys.PAIRS, *keys.IDENTITIES)
    expected = {keys.LIST, *keys.NAMES, *pairs, *(f"{name}.pub" for name in pairs)}
    assert modes(place.secrets) == dict.fromkeys(expected, 0o600)
    assert stat.S_IMODE(place.secrets.stat().st_mode) == 0o700


def test_a_key_is_32_bytes_of_its_own(place):
    keys.make_keys(place.secrets)

    made = [bytes.fromhex((place.secrets / name).read_text()) for name in keys.NAMES]
    assert {len(key) for key in made} == {32}
    assert len(set(made)) == len(keys.NAMES)


def test_the_public_half_belongs_to_the_private_half(place):
    keys.make_keys(place.secrets)

    for name in keys.PAIRS:
        private = Ed25519PrivateKey.from_private_bytes(
            bytes.fromhex((place.secrets / name).read_text())
        )
        public = bytes.fromhex((place.secrets / f"{name}.pub").read_text())
        assert private.public_key().public_bytes_raw() == public


def test_an_age_identity_opens_what_is_sealed_to_its_public_half(place):
    keys.make_keys(place.secrets)

    for name in keys.IDENTITIES:
        text = [
            bytes.fromhex((place.secrets / half).read_text()).decode()
            for half in (name, f"{name}.pub")
        ]
        identity = pyrage.x25519.Identity.from_str(text[0])
        recipient = pyrage.x25519.Recipient.from_str(text[1])
        assert pyrage.decrypt(pyrage.encrypt(b"words", [recipient]), [identity]) == b"words"


def test_a_key_that_exists_is_never_replaced(place):
    keys.make_keys(place.secrets)
    before = {path: path.read_bytes() for path in place.secrets.iterdir()}

    keys.make_keys(place.secrets)

    assert {path: path.read_bytes() for path in place.secrets.iterdir()} == before


def test_a_key_that_is_gone_is_not_made_anew_in_silence(place):
    keys.make_keys(place.secrets)
    (place.secrets / "pepper").unlink()

    with pytest.raises(Failure, match=r"pepper is gone"):
        keys.make_keys(place.secrets)

    assert not (place.secrets / "pepper").exists()


def test_the_registrars_private_half_may_be_taken_off_the_machine(place):
    keys.make_keys(place.secrets)
    (place.secrets / "registrar").unlink()

    keys.make_keys(place.secrets)

    assert not (place.secrets / "registrar").exists()


def test_a_first_start_that_was_cut_off_makes_the_rest_of_the_keys(place, monkeypatch):
    monkeypatch.setattr(keys, "_make_pair", power_cut)
    with pytest.raises(PowerCut):
        keys.make_keys(place.secrets)
    monkeypatch.undo()

    keys.make_keys(place.secrets)

    assert (place.secrets / "registrar.pub").exists()


def test_a_key_that_a_later_version_needs_is_made(place, monkeypatch):
    monkeypatch.setattr(keys, "NAMES", keys.NAMES[:-1])
    keys.make_keys(place.secrets)
    monkeypatch.undo()

    keys.make_keys(place.secrets)

    assert (place.secrets / keys.NAMES[-1]).exists()
