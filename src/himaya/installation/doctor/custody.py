"""Keys and their keepers: can people's words still be opened tomorrow, and by nobody else?"""

import time
from collections.abc import Iterator

import psycopg

from himaya.audit import witnessed, witnesses
from himaya.installation.doctor.findings import Finding, danger, warning
from himaya.installation.place import Place

Connection = psycopg.Connection[tuple[object, ...]]
FEWEST_MEMBERS = 2
FEWEST_WITNESSES = 2
WITNESSED_WITHIN = 24 * 60 * 60  # seconds
BACKED_UP_WITHIN = "7 days"


def recovery_covers_every_desk(connection: Connection) -> Iterator[Finding]:
    """When all members of a desk are lost, the bodies that hold shares can open it."""
    if (
        connection.execute("SELECT FROM vault_recoverykey WHERE retired_at IS NULL").fetchone()
        is None
    ):
        yield danger("custody.no_recovery")
        return
    left_out = connection.execute(
        "SELECT DISTINCT code FROM vault_deskepoch e JOIN agencies_desk d ON d.id = e.desk_id"
        " WHERE NOT EXISTS (SELECT FROM vault_recoverywrap w JOIN vault_recoverykey k"
        " ON k.id = w.recovery_key_id WHERE w.epoch_id = e.id AND k.retired_at IS NULL) ORDER BY 1"
    )
    for (code,) in left_out:
        yield danger("custody.not_recoverable", desk=code)


def desks_have_members(connection: Connection) -> Iterator[Finding]:
    """A desk that receives reports has a key, and more than one person who can use it."""
    members = connection.execute(
        "SELECT d.code, count(DISTINCT w.officer_id) FROM agencies_desk d"
        " JOIN vault_deskepoch e ON e.desk_id = d.id AND e.closed_at IS NULL"
        " LEFT JOIN vault_memberwrap w ON w.epoch_id = e.id GROUP BY 1 ORDER BY 1"
    )
    for code, number in members:
        if isinstance(number, int) and number < FEWEST_MEMBERS:
            yield warning("custody.lonely_desk", desk=code, number=number)


def receiving_desks_have_keys(connection: Connection) -> Iterator[Finding]:
    """A report can only be sealed to a desk that has a key."""
    without = connection.execute(
        "SELECT code FROM agencies_desk d WHERE kind IN ('INTAKE', 'INDEPENDENT') AND NOT EXISTS"
        " (SELECT FROM vault_deskepoch e WHERE e.desk_id = d.id AND e.closed_at IS NULL) ORDER BY 1"
    )
    for (code,) in without:
        yield danger("custody.no_desk_key", desk=code)


def outsiders_watch_the_ledger(place: Place) -> Iterator[Finding]:
    """At least two other bodies have co-signed the ledger's head lately."""
    trusted = witnesses.trusted(place.data)
    if len(trusted) < FEWEST_WITNESSES:
        yield danger("custody.few_witnesses", number=len(trusted))
    now = time.time()
    for name in {witness.name for witness in trusted} - {
        seen.witness.name
        for seen in witnessed.seen(place.data)
        if now - seen.moment < WITNESSED_WITHIN
    }:
        yield danger("custody.silent_witness", witness=name)


def a_backup_is_fresh(connection: Connection) -> Iterator[Finding]:
    """What a disk takes with it is no older than a week. A new installation has a week's time."""
    fresh, is_old = connection.execute(
        "SELECT EXISTS (SELECT FROM audit_entry WHERE act = 'installation.backed_up'"
        " AND at > now() - %(week)s::interval),"
        " EXISTS (SELECT FROM audit_entry WHERE index = 0 AND at < now() - %(week)s::interval)",
        {"week": BACKED_UP_WITHIN},
    ).fetchone() or (False, True)
    if not fresh and is_old:
        yield danger("custody.no_fresh_backup")
    elif not fresh:
        yield warning("custody.no_fresh_backup")
