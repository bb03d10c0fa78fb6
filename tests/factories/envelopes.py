"""Reports as a reporter's browser seals them, made in Python after the description alone."""

import json
from collections.abc import Mapping, Sequence

import pyrage

from himaya.packs.loader import current
from himaya.reporting.contents import CONTACT, STORY, Contact, Told
from himaya.reporting.desk_keys import desk_keys
from himaya.reporting.sealing import readers_for
from himaya.vault.files import File
from himaya.vault.padding import pad

Things = Sequence[tuple[str, bytes]]


def keys_of(told: Told) -> list[tuple[str, str]]:
    """What the page gives the browser for these answers: the id of each key, and the key."""
    readers = readers_for(told, current(), desk_keys())
    return [(str(reader.key.pk), reader.key.public_key) for reader in readers]


def sealed(content: bytes, key: str) -> bytes:
    """An age file of the padded content."""
    return pyrage.encrypt(pad(content), [pyrage.x25519.Recipient.from_str(key)])


def part(readers: Sequence[tuple[str, str]], things: Things) -> dict[str, object]:
    """One compartment."""
    identity = pyrage.x25519.Identity.generate()
    public_key = str(identity.to_public())
    return {
        "secret": str(identity),
        "public_key": public_key,
        "grants": [(key_id, sealed(str(identity).encode(), key)) for key_id, key in readers],
        "contents": [(name, sealed(content, public_key)) for name, content in things],
    }


def packed(parts: Mapping[str, dict[str, object]], **said: object) -> bytes:
    """The parts behind their manifest. said: what the manifest says besides, or otherwise."""
    manifest: dict[str, object] = {"empty": False}
    bodies = []
    for name, each in parts.items():
        things = {kind: each[kind] for kind in ("grants", "contents")}
        lengths = {kind: [(key, len(body)) for key, body in all_] for kind, all_ in things.items()}
        manifest[name] = {"public_key": each["public_key"], **lengths}
        bodies += [body for all_ in things.values() for _key, body in all_]
    head = json.dumps(manifest | said).encode()
    return len(head).to_bytes(4, "big") + head + b"".join(bodies)


def envelope(
    readers: Sequence[tuple[str, str]],
    *,
    story: str = "Words.",
    contact: Contact = Contact(),  # noqa: B008 - frozen
    files: Sequence[File] = (),
    **said: object,
) -> bytes:
    """A whole report."""
    things = [(STORY, story.encode()), *(("file", file.to_bytes()) for file in files)]
    parts = {
        "narrative": part(readers, things),
        "contact": part(readers, [(CONTACT, contact.to_bytes())]),
    }
    return packed(parts, **said)
