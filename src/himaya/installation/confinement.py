"""What a process that handles people's words gives up before it handles any."""

import os
import resource
from collections.abc import Iterable

from himaya.installation.egress import Address, allow_only

NOBODY_ELSE = 0o077


def confine(reach: Iterable[Address] = ()) -> None:
    """Leave no core file, no file that others can read, and reach only these addresses.

    A core file would hold opened words and keys as they lay in memory.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.umask(NOBODY_ELSE)
    allow_only(reach)
