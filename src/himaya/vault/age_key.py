"""The written form of an age private key: Bech32, as the age format has it.

Source: https://age-encryption.org/v1, "The X25519 recipient type"; BIP-173 for the checksum.
"""

from collections.abc import Iterable, Iterator

LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
PREFIX = "age-secret-key-"
GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
CHECKSUM_LETTERS = 6


def age_secret_key(secret: bytes) -> str:
    """The 32 bytes of an X25519 private key as the line that age and its libraries read."""
    values = list(_five_bits(secret))
    return f"{PREFIX}1{''.join(LETTERS[v] for v in [*values, *_checksum(values)])}".upper()


def _five_bits(content: bytes) -> Iterator[int]:
    bits = "".join(f"{byte:08b}" for byte in content)
    for start in range(0, len(bits), 5):
        yield int(bits[start : start + 5].ljust(5, "0"), 2)


def _checksum(values: list[int]) -> Iterator[int]:
    prefix = [*(ord(letter) >> 5 for letter in PREFIX), 0, *(ord(letter) & 31 for letter in PREFIX)]
    rest = _remainder([*prefix, *values, *[0] * CHECKSUM_LETTERS]) ^ 1
    for place in reversed(range(CHECKSUM_LETTERS)):
        yield rest >> 5 * place & 31


def _remainder(values: Iterable[int]) -> int:
    rest = 1
    for value in values:
        top = rest >> 25
        rest = (rest & 0x1FFFFFF) << 5 ^ value
        for place, factor in enumerate(GENERATOR):
            rest ^= factor if top >> place & 1 else 0
    return rest
