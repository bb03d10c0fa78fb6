"""Who holds a paper with a reply code: somebody of a body without an account."""

from datetime import datetime
from uuid import UUID

from django.db import connection

from himaya.kernel.access import Actor, Permission
from himaya.referrals.errors import NoSuchCode


def holder_of(code: str, at: datetime) -> tuple[Actor, UUID, UUID]:
    """Who holds the paper with this code, the code's row and the referral that it opens.

    Raises NoSuchCode for every code that opens nothing now, whatever is wrong with it.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM referrals_by_code(%s, %s)", [code, at])
        found = cursor.fetchone()
    if found is None:
        raise NoSuchCode
    code_id, referral_id, desk_id = found
    body = Actor(
        kind="site",
        name="reply_code",
        desk_ids=frozenset({desk_id}),
        permissions=frozenset({Permission.REFERRAL_ANSWER}),
    )
    return body, code_id, referral_id
