"""The installation's keys."""

import os
import stat

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from himaya.installation import keys


def modes(directory):
    return {path.name: stat.S_IMODE(path.stat().st_mode) for path in directory.iterdir()}


def test_every_key_is_there_and_only_its_user_may_read_it(place):
    before = os.umask(0)  # the most careless umask there is
    try:
        keys.make_keys(place.secrets)
    finally:
        os.umask(before)

    expected = {*keys.NAMES, *keys.PAIRS, *(f"{name}.pub" for name in keys.PAIRS)}
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


def test_a_key_that_exists_is_never_replaced(place):
    keys.make_keys(place.secrets)
    before = {path: path.read_bytes() for path in place.secrets.iterdir()}
    (place.secrets / "facts").unlink()

    keys.make_keys(place.secrets)

    after = {path: path.read_bytes() for path in place.secrets.iterdir()}
    changed = [path.name for path in after if after[path] != before[path]]
    assert changed == ["facts"]
