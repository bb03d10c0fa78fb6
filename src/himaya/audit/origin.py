"""Where the ledger began, and began anew after a loss that its custodians accepted.

Every entry stands in one sequence. After a loss (an old backup had to be restored) the heads of the
lost end were already signed and witnessed, so heads under the same name would contradict them. The
ledger goes on under the next origin: its tree is the whole sequence, its first own entry,
`ledger.begun_anew`, commits to the last head that was witnessed under the origin before, and
witnesses must be told by people to follow it.
"""

import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from himaya.audit.checkpoints import Head, origin_name
from himaya.audit.errors import NothingLost
from himaya.audit.models import Entry, TreeHead
from himaya.audit.record import act_mac, journal, record
from himaya.audit.sequencer import number_pending
from himaya.kernel.access import Actor

BEGUN_ANEW = "ledger.begun_anew"


@dataclass(frozen=True, slots=True)
class Origin:
    """A name under which heads are signed.

    first: the entry with which it began. after: the last witnessed head of the origin before, None
    for the first origin. kept: how many entries of that origin are left; the others are the loss.
    """

    number: int
    first: int = 0
    after: Head | None = None
    kept: int = 0

    @property
    def name(self) -> str:
        """The first line of its checkpoints."""
        return origin_name(self.number)


def origins() -> list[Origin]:
    """Every origin of this ledger, in order. Only entries that this installation wrote count."""
    found = [Origin(1)]
    for entry in Entry.objects.filter(act=BEGUN_ANEW).order_by("index"):
        if hmac.compare_digest(bytes(entry.mac), act_mac(entry)):
            found.append(_begun_by(entry, len(found) + 1))
    return found


def _begun_by(entry: Entry, number: int) -> Origin:
    facts = json.loads(entry.facts)
    root = bytes.fromhex(facts["after_root"])
    after = Head(facts["after_origin"], facts["after_size"], root)
    return Origin(number, entry.index, after, after.size - facts["lost"])


@transaction.atomic
def begin_anew(
    *,
    after: Head,
    actor: Actor,
    at: datetime,
    purpose: str = "loss_accepted",
    facts: Mapping[str, str | int] | None = None,
) -> Origin:
    """Accept that what `after` had beyond the present end is lost, and go on under the next origin.

    after: the last witnessed head (`witnessed.newest()`). facts: codes of the ceremony, such as how
    many custodians agreed and the digest of what they signed. The caller has checked that they did.
    The entry says how many entries are gone: those that were witnessed and are not numbered here.
    What waits is numbered before it. Raises NothingLost when the ledger is not shorter than `after`
    says, or when `after` is of another origin than the present one; then nothing has changed.
    """
    head = TreeHead.objects.filter(id=1).first()
    size = head.size if head else 0
    if after.origin != origins()[-1].name or after.size <= size:
        raise NothingLost(entries=size, witnessed=after.size)
    while number_pending():  # what waits came after the loss, such as the act of restoring
        pass
    said: dict[str, str | int] = {
        "after_origin": after.origin,
        "after_size": after.size,
        "after_root": after.root.hex(),
        "lost": after.size - size,
    }
    record(act=BEGUN_ANEW, actor=actor, at=at, purpose=purpose, facts={**(facts or {}), **said})
    number_pending()
    transaction.on_commit(journal().forget)  # what only the journal knew of is part of the loss
    return origins()[-1]
