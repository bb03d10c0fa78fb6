"""Searches for one person leave a trace."""

from datetime import datetime

from django.db import transaction

from himaya.audit.record import record
from himaya.kernel.access import Actor, Permission


@transaction.atomic
def count_search(*, actor: Actor, found: int, at: datetime) -> None:
    """An officer looked for a person by pseudonym. For whom, and whom they found, is not kept."""
    actor.need(Permission.CASE_READ)
    record(
        act="case.searched",
        actor=actor,
        at=at,
        facts={"by": "pseudonym", "found": found},
    )
