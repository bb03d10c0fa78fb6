"""A verifier of Himaya's published tree, written from the specifications alone.

RFC 6962 (section 2.1), RFC 9162 (section 2.1.3.2 and 2.1.4.2), and of C2SP signed-note,
tlog-checkpoint, tlog-cosignature, tlog-tiles and tlog-proof. It imports nothing of Himaya and no
test helper, so a mistake of the one is not a mistake of the other.
"""

import base64
import hashlib
import os

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ed25519


class Bad(Exception):
    """What was given is not what the specifications ask for."""


def sha(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def hash_of_leaf(entry):
    return sha(b"\x00", entry)


def hash_of_children(left, right):
    return sha(b"\x01", left, right)


def mth(leaf_hashes):
    """MTH of RFC 6962, over hashes of leaves, as the recursive definition has it."""
    n = len(leaf_hashes)
    if n == 0:
        return sha()
    if n == 1:
        return leaf_hashes[0]
    k = 1
    while 2 * k < n:
        k = 2 * k
    return hash_of_children(mth(leaf_hashes[:k]), mth(leaf_hashes[k:]))


# -- signed-note -----------------------------------------------------------------------------------


def parse_vkey(line):
    name, hexid, encoded = line.strip().split("+", 2)
    material = base64.b64decode(encoded, validate=True)
    algorithm, public = material[0], material[1:]
    expected = sha(name.encode("utf-8"), b"\n", bytes([algorithm]), public)[:4]
    if expected.hex() != hexid:
        raise Bad("key id")
    return name, expected, algorithm, ed25519.Ed25519PublicKey.from_public_bytes(public)


def parse_note(raw):
    """(text, [(name, id, signature)]) of bytes."""
    if any(b < 0x20 and b != 0x0A for b in raw):
        raise Bad("control character")
    cut = raw.rfind(b"\n\n")
    if cut < 0 or not raw.endswith(b"\n"):
        raise Bad("no signatures")
    text = raw[: cut + 1]
    signatures = []
    for line in raw[cut + 2 : -1].decode("utf-8").split("\n"):
        dash, name, encoded = line.split(" ")
        if dash != "\u2014":
            raise Bad("no dash")
        blob = base64.b64decode(encoded, validate=True)
        signatures.append((name, blob[:4], blob[4:]))
    return text, signatures


def _signature_of(signatures, name, number):
    for other_name, other_number, blob in signatures:
        if (other_name, other_number) == (name, number):
            return blob
    raise Bad("no signature of " + name)


def check_log_signature(raw, vkey):
    """The log signed the text itself."""
    text, signatures = parse_note(raw)
    name, number, algorithm, key = parse_vkey(vkey)
    if algorithm != 0x01:
        raise Bad("not a log's key")
    try:
        key.verify(_signature_of(signatures, name, number), text)
    except InvalidSignature:
        raise Bad("signature of the log") from None
    return text


def check_cosignature(raw, vkey):
    """The moment at which the witness co-signed."""
    text, signatures = parse_note(raw)
    name, number, algorithm, key = parse_vkey(vkey)
    if algorithm != 0x04:
        raise Bad("not a witness's key")
    blob = _signature_of(signatures, name, number)
    if len(blob) != 8 + 64:
        raise Bad("length of the co-signature")
    moment = int.from_bytes(blob[:8], "big")
    message = b"cosignature/v1\ntime " + str(moment).encode("ascii") + b"\n" + text
    try:
        key.verify(blob[8:], message)
    except InvalidSignature:
        raise Bad("signature of the witness") from None
    return moment


def parse_checkpoint(text):
    """(origin, size, root) of the signed text."""
    lines = text.decode("utf-8").split("\n")
    if len(lines) < 4 or lines[-1] != "" or not all(lines[:-1]):
        raise Bad("checkpoint")
    if not lines[1].isdigit() or str(int(lines[1])) != lines[1]:
        raise Bad("size")
    root = base64.b64decode(lines[2], validate=True)
    if len(root) != 32:
        raise Bad("root")
    return lines[0], int(lines[1]), root


# -- tlog-tiles ------------------------------------------------------------------------------------


def tile_path(level, index, width=256):
    groups = [f"{index % 1000:03d}"]
    index //= 1000
    while index > 0:
        groups.insert(0, f"x{index % 1000:03d}")
        index //= 1000
    path = os.path.join("tile", str(level), *groups)
    return path if width == 256 else path + ".p/" + str(width)


def read_tile(prefix, level, index, width):
    for path in {tile_path(level, index, width), tile_path(level, index)}:
        try:
            with open(os.path.join(prefix, path), "rb") as file:
                data = file.read()
        except FileNotFoundError:
            continue
        if len(data) % 32 or len(data) < 32 * width:
            raise Bad("length of " + path)
        return [data[at : at + 32] for at in range(0, 32 * width, 32)]
    raise Bad(f"tile {level}/{index} is not there")


def read_tree(prefix, size):
    """All leaf hashes of a tree; every tile above them is computed again and compared."""
    level, count, hashes, above = 0, size, [], []
    while count:
        row = []
        for index in range((count + 255) // 256):
            row += read_tile(prefix, level, index, min(256, count - 256 * index))
        if level == 0:
            hashes = row
        elif row != above:
            raise Bad(f"level {level}")
        above = [mth(row[at : at + 256]) for at in range(0, count - count % 256, 256)]
        level, count = level + 1, count // 256
    return hashes


def check_tree(prefix, log_vkey):
    """The leaf hashes behind the signed checkpoint in a directory of tiles."""
    with open(os.path.join(prefix, "checkpoint"), "rb") as file:
        raw = file.read()
    origin, size, root = parse_checkpoint(check_log_signature(raw, log_vkey))
    if origin != parse_vkey(log_vkey)[0]:
        raise Bad("origin")
    leaves = read_tree(prefix, size)
    if len(leaves) != size or mth(leaves) != root:
        raise Bad("root")
    return raw, leaves


# -- proofs (RFC 9162) -----------------------------------------------------------------------------


def check_inclusion(leaf_hash, leaf_index, tree_size, path, root):
    """RFC 9162, section 2.1.3.2."""
    if leaf_index >= tree_size:
        raise Bad("index")
    fn, sn, r = leaf_index, tree_size - 1, leaf_hash
    for p in path:
        if sn == 0:
            raise Bad("path is too long")
        if fn % 2 == 1 or fn == sn:
            r = hash_of_children(p, r)
            while fn % 2 == 0 and fn != 0:
                fn, sn = fn // 2, sn // 2
        else:
            r = hash_of_children(r, p)
        fn, sn = fn // 2, sn // 2
    if sn != 0 or r != root:
        raise Bad("inclusion")


def check_consistency(first, second, first_hash, second_hash, path):
    """RFC 9162, section 2.1.4.2."""
    if first == second:
        if path or first_hash != second_hash:
            raise Bad("consistency")
        return
    if not 0 < first < second or not path:
        raise Bad("consistency")
    if first & (first - 1) == 0:
        path = [first_hash, *path]
    if _two_roots(first, second, path) != (first_hash, second_hash):
        raise Bad("consistency")


def _two_roots(first, second, path):
    fn, sn = first - 1, second - 1
    while fn % 2 == 1:
        fn, sn = fn // 2, sn // 2
    fr = sr = path[0]
    for c in path[1:]:
        if sn == 0:
            raise Bad("path is too long")
        if fn % 2 == 1 or fn == sn:
            fr, sr = hash_of_children(c, fr), hash_of_children(c, sr)
            while fn % 2 == 0 and fn != 0:
                fn, sn = fn // 2, sn // 2
        else:
            sr = hash_of_children(sr, c)
        fn, sn = fn // 2, sn // 2
    if sn != 0:
        raise Bad("path is too short")
    return fr, sr


# -- tlog-proof, and what Himaya puts into it ------------------------------------------------------


def _hashes(lines):
    hashes = [base64.b64decode(line, validate=True) for line in lines]
    if any(len(each) != 32 for each in hashes):
        raise Bad("length of a hash")
    return hashes


def check_proof_file(raw, log_vkey, witness_vkeys=()):
    """(index, act) of a tlog-proof; the act is None when the proof keeps the entry closed."""
    before, _, checkpoint = raw.partition(b"\n\n")
    lines = before.decode("ascii").split("\n")
    if lines[0] != "c2sp.org/tlog-proof@v1" or not lines[1].startswith("extra "):
        raise Bad("proof")
    extra = base64.b64decode(lines[1][6:], validate=True)
    if not lines[2].startswith("index "):
        raise Bad("index line")
    index = int(lines[2][6:])
    _origin, size, root = parse_checkpoint(check_log_signature(checkpoint, log_vkey))
    for vkey in witness_vkeys:
        check_cosignature(checkpoint, vkey)
    entry = extra if len(extra) == 32 else sha(extra)  # salt, then the act
    check_inclusion(hash_of_leaf(entry), index, size, _hashes(lines[3:]), root)
    return index, None if len(extra) == 32 else extra[16:]


def check_growth_file(raw, old_raw, log_vkey):
    """(old size, new size) of a consistency proof in the form of a request to a witness."""
    before, _, checkpoint = raw.partition(b"\n\n")
    lines = before.decode("ascii").split("\n")
    _origin, new, new_root = parse_checkpoint(check_log_signature(checkpoint, log_vkey))
    _origin, old, old_root = parse_checkpoint(check_log_signature(old_raw, log_vkey))
    if lines[0] != f"old {old}":
        raise Bad("old size")
    check_consistency(old, new, old_root, new_root, _hashes(lines[1:]))
    return old, new
