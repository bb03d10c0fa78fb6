"""What must be true before a release is given out.

`advisories` asks for known holes in every locked package and is red also when it could not look.
`build` writes the archive of this commit, its bill of materials and their sums: the same bytes on
every machine. `sign` and `verify` hold that two people stand for it.
"""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from himaya.installation.developing import need_tree
from himaya.installation.failure import Failure
from himaya.installation.keys import write_secret
from himaya.installation.release import archive, signatures
from himaya.installation.release.advisories import SOURCE, look_up
from himaya.installation.release.pins import pins


def add(parser: ArgumentParser) -> None:
    """Which step."""
    words = parser.add_subparsers(dest="what", required=True, metavar="STEP")
    advisories = words.add_parser("advisories", help="known holes in what is locked")
    advisories.add_argument("--source", default=SOURCE, help="an OSV service, or a copy of one")
    build = words.add_parser("build", help="archive, bill of materials, sums")
    build.add_argument("directory", type=Path)
    key = words.add_parser("key", help="make a key of your own to sign releases with")
    key.add_argument("file", type=Path)
    sign = words.add_parser("sign", help="sign the sums of a release")
    sign.add_argument("directory", type=Path)
    sign.add_argument("--name", required=True, help="as it stands in the list of keys")
    sign.add_argument("--key", type=Path, required=True)
    verify = words.add_parser("verify", help="did two people sign this release?")
    verify.add_argument("directory", type=Path)
    verify.add_argument("--keys", type=Path, required=True, help="lines NAME HEX, one a person")


def run(options: Namespace) -> int:
    """Do one step; returns 0 when it is as it should be."""
    steps: dict[str, Callable[[Namespace], int]] = {
        "advisories": _advisories,
        "build": _build,
        "key": _key,
        "sign": _sign,
        "verify": _verify,
    }
    return steps[options.what](options)


def _advisories(options: Namespace) -> int:
    asked = pins()
    found = look_up(asked, options.source)
    for line in (*found.holes, *found.blind):
        print(line)
    print(f"{found.looked_up} of {len(asked)} packages looked up, {len(found.holes)} known holes.")
    if found.blind:
        print("Not everything could be looked up: this is no clean bill.")
    return 0 if found.is_green() else 1


def _build(options: Namespace) -> int:
    need_tree()
    for path in archive.build(options.directory):
        print(path)
    return 0


def _key(options: Namespace) -> int:
    if options.file.exists():
        raise Failure(f"{options.file} exists. A key is never written over.")
    key = Ed25519PrivateKey.generate()
    write_secret(options.file, key.private_bytes_raw().hex())
    print(key.public_key().public_bytes_raw().hex())
    return 0


def _sign(options: Namespace) -> int:
    key = bytes.fromhex(options.key.read_text(encoding="ascii").strip())
    print(
        signatures.sign(options.directory, options.name, Ed25519PrivateKey.from_private_bytes(key))
    )
    return 0


def _verify(options: Namespace) -> int:
    signers = signatures.verify(options.directory, signatures.read_keys(options.keys))
    print(f"Signed by {', '.join(signers)}.")
    return 0
