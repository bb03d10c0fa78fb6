"""How many reports came over one line in this hour, without knowing whose line it is.

A count lies in one of many places, found by a hash under a key that is made anew each hour and
kept nowhere: no address is stored, and after the hour none can be tried. The memory stays as large
as it is. Of a report one thing is kept: that it was one of many.
"""

import hmac
import secrets
import time
from array import array
from hashlib import sha256
from ipaddress import ip_address

HOUR = 3600.0
PLACES = 1 << 16
MANY = 10  # reports of one line in one hour: more than a shelter or an embassy sends
FULL = (1 << 16) - 1


class Pace:
    """The counts of one hour."""

    def __init__(self) -> None:
        self._begin(0.0)

    def is_one_of_many(self, address: str, at: float) -> bool:
        """Count a report of this address, and say whether there were many before it in the hour.

        at: seconds of a clock that only goes forward. An address that is nobody's own, such as that
        of a proxy on this machine, says nothing about who sends, and is not counted.
        """
        if not _is_a_line(address):
            return False
        if at - self._begun >= HOUR:
            self._begin(at)
        digest = hmac.digest(self._key, address.encode(), sha256)
        place = int.from_bytes(digest[:4], "big") % PLACES
        self._counts[place] = min(FULL, self._counts[place] + 1)
        return self._counts[place] > MANY

    def _begin(self, at: float) -> None:
        self._begun = at
        self._key = secrets.token_bytes(32)
        self._counts = array("H", bytes(2 * PLACES))


def _is_a_line(address: str) -> bool:
    try:
        return ip_address(address).is_global
    except ValueError:
        return False


_pace = Pace()


def came_with_many(address: str) -> bool:
    """Count a report of this address in this process; True when many came over the same line."""
    return _pace.is_one_of_many(address, time.monotonic())
