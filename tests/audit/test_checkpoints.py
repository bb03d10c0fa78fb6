"""Heads of the tree are signed in the public form, and only ours are read."""

from base64 import b64decode, b64encode
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from himaya.audit import checkpoints, notes
from himaya.audit.checkpoints import Head
from himaya.config.env import environment

HEAD = Head(checkpoints.origin_name(1), 42, sha256(b"root").digest())


def test_what_was_signed_is_read_again():
    assert checkpoints.read(checkpoints.sign(HEAD)) == HEAD


def test_the_note_has_the_form_of_c2sp_signed_notes_and_checkpoints():
    """Read here from the two specifications alone, with another Ed25519 call."""
    body, _, signatures = checkpoints.sign(HEAD).partition("\n\n")
    origin, size, root = body.split("\n")
    dash, name, blob = signatures.removesuffix("\n").split(" ")
    key = environment().secret("checkpoint.pub")
    key_id, signature = b64decode(blob)[:4], b64decode(blob)[4:]

    assert (origin, size, b64decode(root)) == (HEAD.origin, "42", HEAD.root)
    assert (dash, name) == ("—", origin)
    assert key_id == sha256(origin.encode() + b"\n\x01" + key).digest()[:4]
    Ed25519PublicKey.from_public_bytes(key).verify(signature, (body + "\n").encode())


@pytest.mark.parametrize(
    ("said", "instead"),
    [
        ("\n42\n", "\n43\n"),
        ("\n42\n", "\n4\n"),
        ("himaya/ledger/", "other/ledger/"),
        (b64encode(HEAD.root).decode(), b64encode(sha256(b"other").digest()).decode()),
        ("\n\n", "\n"),
        ("— ", ""),
        ("\n42\n", "\nmany\n"),
    ],
)
def test_a_note_changed_anywhere_is_not_ours(said, instead):
    note = checkpoints.sign(HEAD)
    assert said in note

    assert checkpoints.read(note.replace(said, instead, 1)) is None


def test_a_note_signed_by_another_key_is_not_ours():
    body = HEAD.body()
    strangers = Ed25519PrivateKey.generate()
    public = strangers.public_key().public_bytes_raw()
    for key_id in (
        sha256(HEAD.origin.encode() + b"\n\x01" + public).digest()[:4],
        b64decode(checkpoints.sign(HEAD).rsplit(" ", 1)[1])[:4],  # pretends to be ours
    ):
        blob = b64encode(key_id + strangers.sign(body.encode())).decode()

        assert checkpoints.read(f"{body}\n— {HEAD.origin} {blob}\n") is None


def test_with_the_check_of_the_signature_off_a_changed_note_would_pass(monkeypatch):
    monkeypatch.setattr(notes, "Ed25519PublicKey", Credulous)

    forged = checkpoints.read(checkpoints.sign(HEAD).replace("\n42\n", "\n43\n", 1))

    assert forged == Head(HEAD.origin, 43, HEAD.root)


class Credulous:
    """A public key that believes everything."""

    @classmethod
    def from_public_bytes(cls, _key):
        return cls()

    def verify(self, _signature, _body):
        """No objection."""


@given(st.text(alphabet="himaya/ledger\n 042=—+\0é", max_size=80))
def test_whatever_stands_there_instead_is_refused_not_a_crash(text):
    assert checkpoints.read(text) is None
    assert checkpoints.read(checkpoints.sign(HEAD)[:60] + text) is None
