"""A viewing copy: what staff see of a file, while the file itself stays sealed as it came."""

import struct
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from threading import BoundedSemaphore

from himaya.viewing import box, limits
from himaya.viewing.kinds import Kind, kind_of

AT_ONCE = 2  # boxes of one process: a heavy file must not stand in everybody's way
PATIENCE = 20.0  # seconds to wait for one
_free = BoundedSemaphore(AT_ONCE)


class Why(StrEnum):
    """Why there is no picture."""

    NO_KIND = "no_kind"
    SOUND = "sound"
    NO_BOX = "no_box"
    BUSY = "busy"
    TOO_LARGE = "too_large"
    UNREADABLE = "unreadable"


SAID = {limits.TOO_MANY_PIXELS: Why.TOO_LARGE}


@dataclass(frozen=True, slots=True)
class Copy:
    """The pictures of a file, as JPEG without a word beside them, or why there are none.

    more: how many further pages the paper has.
    """

    pages: tuple[bytes, ...] = ()
    more: int = 0
    why: Why | None = None


def viewing_copy(content: bytes) -> Copy:
    """Draw a file in the box. Whatever it does to the box, this returns within its limits."""
    kind = kind_of(content)
    if kind is Kind.SOUND:
        return Copy(why=Why.SOUND)
    if kind is Kind.OTHER:
        return Copy(why=Why.NO_KIND)
    if not _free.acquire(timeout=PATIENCE):
        return Copy(why=Why.BUSY)
    try:
        return _read(box.run(kind.value, content))
    except box.NoBox:
        return Copy(why=Why.NO_BOX)
    except box.Failed as failed:
        return Copy(why=SAID.get(failed.code or 0, Why.UNREADABLE))
    finally:
        _free.release()


def _read(drawn: bytes) -> Copy:
    """The pictures that the box wrote. It may have been taken over, so nothing is believed."""
    out, pages = BytesIO(drawn), []
    try:
        (number,) = struct.unpack(">I", out.read(4))
        while head := out.read(4):
            page = out.read(struct.unpack(">I", head)[0])
            pages.append(page)
    except struct.error:
        return Copy(why=Why.UNREADABLE)
    pages = pages[: limits.MOST_PAGES]
    if not pages or not all(page.startswith(b"\xff\xd8\xff") for page in pages):
        return Copy(why=Why.UNREADABLE)
    return Copy(tuple(pages), max(number - len(pages), 0))
