"""Nobody is locked in: what Himaya seals opens with the ordinary `age` program and the right key.

The decrypted bytes are framed: eight bytes, big-endian, say how long the content is; the content
follows; zeros fill up to the size class. With the private key of a compartment's epoch in KEY:

    age --decrypt --identity KEY sealed.age | python3 -c "
    import sys; b = sys.stdin.buffer.read(); n = int.from_bytes(b[:8], 'big')
    sys.stdout.buffer.write(b[8:8 + n])"

Without the program (Debian: apt-get install age) they are skipped and say so; in CI they fail.
"""

import os
import shutil
import subprocess

import pyrage
import pytest

from himaya.vault.padding import pad, unpad
from himaya.vault.seal import sealed_to

AGE = shutil.which("age")
WORDS = "He keeps our passports. يحتفظ بجوازاتنا."


def run(*arguments, given=b""):
    return subprocess.run([AGE, *arguments], input=given, capture_output=True, check=False)


@pytest.fixture(autouse=True)
def age_is_here():
    """In CI these tests must run: there, a missing program is a failure and no reason to skip."""
    if AGE is None and os.environ.get("CI"):
        pytest.fail("the age program is missing: apt-get install age")
    if AGE is None:
        pytest.skip("the age program is missing: apt-get install age")


def test_the_age_program_opens_what_was_sealed(tmp_path):
    identity = pyrage.x25519.Identity.generate()
    key = tmp_path / "key"
    key.write_text(f"{identity}\n")
    sealed = sealed_to([str(identity.to_public())], WORDS.encode())

    opened = run("--decrypt", "--identity", str(key), given=sealed).stdout

    length = int.from_bytes(opened[:8], "big")
    assert opened[8 : 8 + length].decode() == WORDS
    assert set(opened[8 + length :]) <= {0}


def test_the_age_program_refuses_another_key(tmp_path):
    right, wrong = (pyrage.x25519.Identity.generate() for _ in range(2))
    key = tmp_path / "key"
    key.write_text(f"{wrong}\n")
    sealed = sealed_to([str(right.to_public())], WORDS.encode())

    refused = run("--decrypt", "--identity", str(key), given=sealed)

    assert refused.returncode != 0
    assert WORDS.encode() not in refused.stdout


def test_what_the_age_program_seals_opens_here():
    identity = pyrage.x25519.Identity.generate()

    sealed = run("--recipient", str(identity.to_public()), given=pad(WORDS.encode())).stdout

    assert unpad(pyrage.decrypt(sealed, [identity])).decode() == WORDS
