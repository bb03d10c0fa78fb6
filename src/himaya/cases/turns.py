"""One act at a time on a case: whoever changes what belongs to a case takes its turn first.

A case has rows in many tables, and desks that may not see its own row change some of them, as a
shelter does that accepts a referral. Before any of these rows is locked the turn is taken, so no
two acts ever hold a row each and wait for the other's.
"""

from collections.abc import Collection
from uuid import UUID

from django.db import connection

SEED = 11  # keeps these locks apart from those of the vault and of the search by name


def take_turns(case_ids: Collection[UUID]) -> None:
    """Wait until nobody acts on these cases, in one order for all; held until the transaction ends.

    Taking the turn of a case again in the same transaction waits for nobody.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(one::text, %s))"
            " FROM unnest(%s::uuid[]) AS one",
            [SEED, sorted(set(case_ids))],
        )


def take_free_turns(case_ids: Collection[UUID]) -> set[UUID]:
    """Take the turns of those cases on which nobody acts just now; for work that can wait."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT one FROM unnest(%s::uuid[]) AS one"
            " WHERE pg_try_advisory_xact_lock(hashtextextended(one::text, %s))",
            [sorted(set(case_ids)), SEED],
        )
        return {case_id for (case_id,) in cursor.fetchall()}
