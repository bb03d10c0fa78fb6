"""Searching for a person by what identifies them: the answer is a desk to ask, never a person."""

from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from himaya.vault.tokens import Said, token_of

NOTHING = b"\0" * 32  # asked for what says too little, so that it counts and costs the same


@dataclass(frozen=True, slots=True)
class Possible:
    """A possible match. desk_id: whom to ask. case_id: only for a case of the asker's own desks."""

    desk_id: UUID
    case_id: UUID | None


@dataclass(frozen=True, slots=True)
class Found:
    """What a search may say. too_often: nothing was looked up; the hour's limit is reached."""

    possible: Possible | None = None
    too_often: bool = False


def called(said: Said) -> Found:
    """Whether somebody of whom this was said may be known, and to which desk.

    One match at most, however many there are; the asker's own desks come first. Counted by the
    database in the same transaction.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT too_often, case_id, desk_id FROM cases_called(%s, %s)",
            [said.domain.value, token_of(said) or NOTHING],
        )
        row = cursor.fetchone()
    if row is None:
        return Found()
    too_often, case_id, desk_id = row
    return Found(too_often=True) if too_often else Found(Possible(desk_id, case_id))
