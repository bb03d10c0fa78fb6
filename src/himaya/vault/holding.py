"""One at a time: locks on a desk's or an officer's keys, for the length of a transaction.

Whoever needs both takes the officer first, so that no two wait for each other.
"""

from uuid import UUID

from django.db import connection


def hold_desk(desk_id: UUID) -> None:
    """Let nobody else turn, sign or give on this desk's keys until we have ended."""
    _hold(desk_id)


def hold_officer(officer_id: UUID) -> None:
    """Let nobody else give keys to this officer, or take them, until we have ended."""
    _hold(officer_id)


def _hold(subject_id: UUID) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [str(subject_id)])
