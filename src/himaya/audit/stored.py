"""Acts as PostgreSQL streams them, one line each, into the bytes that were authenticated.

`COPY … TO STDOUT` in text form gives one line an act: columns between tabs, and in a column a
backslash, tab or line end written with a backslash before it. Up to the quotes this is how JSON
writes the same text, so the canonical bytes of an act are made by cutting and joining, which is
what makes a million entries quick. An act with another control character has wrong bytes then, so
its MAC does not fit; it is read again with care. No value is left to a function of the database:
whoever holds the database could have replaced it.
"""

import re
from typing import NamedTuple

from himaya.audit.canonical import ACT_FIELDS, written

WRITTEN = {b"b": b"\b", b"f": b"\f", b"n": b"\n", b"r": b"\r", b"t": b"\t", b"v": b"\v"}
ESCAPED = re.compile(rb"\\(.)", re.DOTALL)
NULL = b"\\N"
COLUMNS = ", ".join(f'"{name}"' for name in [*ACT_FIELDS, "mac"])
ENTRIES = f'SELECT {COLUMNS}, "index", salt, leaf FROM audit_entry ORDER BY "index"'  # noqa: S608 - our own names
PENDING = f"SELECT {COLUMNS} FROM audit_pending ORDER BY arrived"  # noqa: S608 - our own names
ID_BYTES = 36
AT = ID_BYTES + len('","')  # where the moment begins


class Stored(NamedTuple):
    """An act of a table. said: the bytes that were authenticated. rest: mac, index, salt, leaf.

    text: the act's columns as COPY wrote them.
    """

    said: bytes
    text: bytes
    rest: list[bytes]


def quickly(line: bytes, others: int = 4) -> Stored:
    """The act in one line; right for every act without a control character in it.

    others: how many columns stand after the act's own.
    """
    text, *rest = line[:-1].rsplit(b"\t", others)
    joined = text.replace(b'"', b'\\"').replace(b"\t", b'","').replace(b'"\\N"', b"null")
    end = joined.index(b'"', AT)
    clock = _clock(joined[AT:end])
    said = b'["%b%bT%b+00:00%b"]' % (joined[:AT], joined[AT : AT + 10], clock, joined[end:])
    return Stored(said, text, rest)


def _clock(at: bytes) -> bytes:
    """The time of day with all six digits of its fraction; PostgreSQL leaves zeros out."""
    return at[11:19] + (at[19:-3] or b".").ljust(7, b"0")


def carefully(line: bytes, others: int = 4) -> Stored:
    """The act in one line, whatever its columns hold."""
    text, *rest = line[:-1].rsplit(b"\t", others)
    columns = text.split(b"\t")
    values = [None if column == NULL else text_in(column) for column in columns]
    at = columns[1]
    values[1] = f"{at[:10].decode()}T{_clock(at).decode()}+00:00"
    return Stored(written(values).encode(), text, rest)


def octets(column: bytes) -> bytes:
    r"""A bytea as COPY wrote it: `\\x`, then hexadecimal digits."""
    return b"" if column == NULL else bytes.fromhex(column[3:].decode())


def id_in(text: bytes) -> str:
    """The id of an act."""
    return text[: text.index(b"\t")].decode()


def rows_in(text: bytes) -> str:
    """The rows of an act, as JSON."""
    return text_in(text[text.rindex(b"\t") + 1 :])


def text_in(column: bytes) -> str:
    """What a column of text held."""
    if b"\\" in column:
        column = ESCAPED.sub(lambda found: WRITTEN.get(found[1], found[1]), column)
    return column.decode()
