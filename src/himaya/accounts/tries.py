"""How often what can be guessed may be tried: counted in the database, for all processes at once.

Each officer's own browsers have a count of their own (`devices`), strangers share one for each
name. So whoever guesses from elsewhere uses up the strangers' tries, never those of the officer.
A name that nobody has is counted like any other.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.db import transaction
from django.db.models import F, Sum
from django.db.models.functions import Greatest
from django.utils.crypto import salted_hmac

from himaya.accounts.models import Tries
from himaya.audit.record import record
from himaya.kernel.access import Actor

KEPT_EMPTY = timedelta(days=1)


class Tried(StrEnum):
    """What somebody guesses at."""

    PASSPHRASE = "passphrase"  # noqa: S105 - the name of what is tried, not one
    CODE = "code"
    UNLOCKING = "unlocking"
    REPLY_CODE = "reply_code"


@dataclass(frozen=True, slots=True)
class Limit:
    """So many tries at once, and one more after each such while."""

    at_once: int
    again_after: timedelta


LIMITS = {
    Tried.PASSPHRASE: Limit(10, timedelta(minutes=1)),
    Tried.CODE: Limit(10, timedelta(minutes=5)),
    Tried.UNLOCKING: Limit(10, timedelta(minutes=1)),
    Tried.REPLY_CODE: Limit(10, timedelta(minutes=5)),
}


@dataclass(frozen=True, slots=True)
class Count:
    """One count of tries. whose: the name or id that is tried. device: "" for strangers."""

    what: Tried
    whose: str
    device: str

    @property
    def key(self) -> str:
        """Its row: a keyed hash, which tells nobody whose count it is."""
        text = f"{self.whose.casefold()}\n{self.device}"
        return salted_hmac(f"himaya.tries.{self.what}", text, algorithm="sha256").hexdigest()


@transaction.atomic
def spend(count: Count, at: datetime) -> bool:
    """Take one try; False when none is left, and then nothing may be compared.

    Committed before the comparison where the page is not one transaction, so that a hundred
    guesses at once are a hundred tries.
    """
    limit = LIMITS[count.what]
    full_at = at + limit.at_once * limit.again_after
    row, _ = Tries.objects.select_for_update().get_or_create(
        key=count.key, defaults={"empty_at": at}
    )
    # No later than full: after a clock that was ahead, nobody waits for it to come round again.
    since = min(max(row.empty_at, at), full_at)
    left = since + limit.again_after <= full_at
    row.empty_at = since + limit.again_after if left else since
    row.wrong += 1
    row.save(update_fields=["empty_at", "wrong"])
    return left


def give_back(count: Count) -> None:
    """The try was right: it counts as none."""
    Tries.objects.filter(key=count.key).update(
        empty_at=F("empty_at") - LIMITS[count.what].again_after, wrong=Greatest(F("wrong") - 1, 0)
    )


@transaction.atomic
def count_wrong(*, actor: Actor, at: datetime) -> int:
    """The ledger learns how many tries were wrong since the last count, and nothing else of them.

    Whose they were stays out: a try at a name that nobody has is counted like any other.
    """
    tried = Tries.objects.select_for_update().filter(wrong__gt=0)
    keys = list(tried.order_by("key").values_list("key", flat=True))
    found = Tries.objects.filter(key__in=keys)
    wrong: int = found.aggregate(sum=Sum("wrong", default=0))["sum"]
    found.update(wrong=0)
    Tries.objects.filter(empty_at__lt=at - KEPT_EMPTY, wrong=0).delete()
    if wrong:
        record(act="accounts.wrong_tries", actor=actor, at=at, facts={"tries": wrong})
    return wrong
