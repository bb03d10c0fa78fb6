"""What somebody else sealed, before we keep it: nothing here can open it, so its shape must do."""

from math import ceil

import pyrage

from himaya.vault.errors import NotSealed
from himaya.vault.padding import padded_length

VERSION = b"age-encryption.org/v1\n"
TO_A_KEY = b"\n-> X25519 "
LAST_LINE = b"\n--- "  # the MAC of the head follows
LONGEST_HEAD = 1024
MAC_BYTES = 43  # the line that ends an age header: 32 bytes in base64 without padding
NONCE_BYTES = 16
TAG_BYTES = 16
CHUNK_BYTES = 64 * 1024


def check_public_key(public_key: str) -> None:
    """Raise NotSealed unless this is the public key of an age key pair."""
    try:
        pyrage.x25519.Recipient.from_str(public_key)
    except pyrage.RecipientError as no:
        raise NotSealed from no


def check_sealed(sealed: bytes) -> None:
    """Raise NotSealed unless this is an age file to a public key, its content padded as ours is."""
    head = sealed[: sealed.find(LAST_LINE, 0, LONGEST_HEAD) + 1]
    end = len(head) + len(LAST_LINE) - 1 + MAC_BYTES
    content = content_length(sealed)
    well_formed = (
        sealed.startswith(VERSION)
        and TO_A_KEY in head
        and sealed[end : end + 1] == b"\n"
        and padded_length(content) == content
    )
    if not well_formed:
        raise NotSealed


def content_length(sealed: bytes) -> int:
    """How long the padded content of an age file is; what its head holds does not count."""
    body = sealed.find(b"\n", sealed.find(LAST_LINE) + 1) + 1
    streamed = len(sealed) - body - NONCE_BYTES
    return streamed - TAG_BYTES * ceil(streamed / (CHUNK_BYTES + TAG_BYTES))
