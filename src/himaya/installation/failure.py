"""What the command line says when it cannot go on."""

import errno

NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class Failure(Exception):
    """The command cannot go on. The message is one sentence for the person at the machine."""


class AlreadySaid(Failure):
    """A process that this command started has said why, and this one only passes its exit on."""


def no_room(where: object) -> Failure:
    """The sentence about a full disk."""
    return Failure(
        f"There is no room left on the disk that holds {where}. Free some and start again."
    )


def means_no_room(said: str) -> bool:
    """True when a program's last words are about a full disk."""
    return any(sign in said for sign in ("No space left on device", "Disk quota", "File too large"))
