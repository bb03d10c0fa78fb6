"""The functions of policies.sql, called by name: the only way by which officers come and change.

They run as the owner and ask for the two persons themselves, so that nothing else on the officers'
site could make an officer either.
"""

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from psycopg.errors import UniqueViolation

from himaya.enrolment.errors import UsernameTaken

Value = UUID | bytes | datetime | date | str | bool


def _ask(query: str, *values: Value) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, list(values))
        return list(cursor.fetchall())


def carry_out(
    proposal_id: UUID, token_hash: bytes, at: datetime, until: datetime
) -> list[tuple[str, UUID]]:
    """Do what a proposal says; returns table and id of the rows that went."""
    try:
        with transaction.atomic():
            gone = _ask(
                "SELECT * FROM enrolment_carry_out(%s, %s, %s, %s)",
                proposal_id,
                token_hash,
                at,
                until,
            )
    except IntegrityError as error:
        if isinstance(error.__cause__, UniqueViolation):
            raise UsernameTaken from error
        raise
    return [(str(table), UUID(str(row_id))) for table, row_id in gone]


def invite_again(officer_id: UUID, token_hash: bytes, at: datetime, until: datetime) -> None:
    """Make the officer's paper worthless, and another one valid."""
    _ask("SELECT * FROM enrolment_invite_again(%s, %s, %s, %s)", officer_id, token_hash, at, until)


def invited(token: str, at: datetime) -> UUID | None:
    """The officer whom a token lets in now."""
    return _officer(_ask("SELECT * FROM enrolment_invited(%s, %s)", token, at))


def join(token: str, passphrase_hash: str, at: datetime) -> UUID | None:
    """Use the token up; the officer works from now on."""
    return _officer(_ask("SELECT * FROM enrolment_join(%s, %s, %s)", token, passphrase_hash, at))


def _officer(rows: list[tuple[object, ...]]) -> UUID | None:
    ((found,),) = rows
    return None if found is None else UUID(str(found))


def suspend(officer_id: UUID, *, for_good: bool, at: datetime) -> None:
    """The officer works no more; for good: they sit at no desk either."""
    _ask("SELECT * FROM enrolment_suspend(%s, %s, %s)", officer_id, for_good, at)


def certify(officer_id: UUID, topic: str, until: date) -> UUID:
    """Keep a training that the officer has passed."""
    ((made,),) = _ask("SELECT * FROM enrolment_certify(%s, %s, %s)", officer_id, topic, until)
    return UUID(str(made))
