"""The name under which cases keep an edition of the pack."""

import re
from collections.abc import Iterator

from himaya.packs.errors import Fault
from himaya.packs.files import Head

# They name a folder and stand in each case; without hyphen or space the two are told apart again.
WORD = re.compile(r"[A-Za-z0-9_.]+")
LONGEST = 40


def faults_of_head(head: Head) -> Iterator[Fault]:
    """Ids and versions that no case could keep."""
    for key, word in (("id", head.id), ("version", head.version)):
        if word and not WORD.fullmatch(word):
            reason = f'"{key}" has letters, digits, "_" and "." only: {word!r}'
            yield Fault(head.place.file, head.place.line_of(key), reason)
    if len(f"{head.id} {head.version}") > LONGEST:
        reason = f'"id" and "version" together have more than {LONGEST - 1} letters'
        yield Fault(head.place.file, head.place.line_of("version"), reason)
