"""Padmé: the length of a sealed thing tells at most its size class.

Source: Nikitin and others, "Reducing Metadata Leakage from Encrypted Files and Communication with
PURBs", 2019, section 4.
"""

LENGTH_BYTES = 8
SMALLEST = 256


def padded_length(length: int) -> int:
    """The Padmé length that `length` bytes are padded to; at most 12 % more above 256 bytes."""
    if length <= SMALLEST:
        return SMALLEST
    exponent = length.bit_length() - 1
    kept_bits = exponent.bit_length()
    mask = (1 << (exponent - kept_bits)) - 1
    return (length + mask) & ~mask


def pad(content: bytes) -> bytes:
    """Content behind its length, filled with zeros to its Padmé length."""
    framed = len(content).to_bytes(LENGTH_BYTES, "big") + content
    return framed.ljust(padded_length(len(framed)), b"\0")


def unpad(padded: bytes) -> bytes:
    """The content that was padded."""
    length = int.from_bytes(padded[:LENGTH_BYTES], "big")
    return padded[LENGTH_BYTES : LENGTH_BYTES + length]
