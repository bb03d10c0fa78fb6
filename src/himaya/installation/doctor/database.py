"""The database: does it keep what it acknowledged, and do its roles see only what they should?"""

from collections.abc import Iterator

import psycopg
from psycopg.conninfo import conninfo_to_dict

from himaya.installation import catalogue
from himaya.installation.doctor.findings import Finding, danger, warning
from himaya.installation.place import Place
from himaya.installation.roles import DANGEROUS, LIMITS, OWNER, TOKENS, role_name

Connection = psycopg.Connection[tuple[object, ...]]
MUST_BE_ON = ("fsync", "full_page_writes", "synchronous_commit")
SAFE_MODES = {"verify-full"}
NEAR = ("localhost", "127.0.0.1", "::1")
ROLES = [role_name(role) for role in (*LIMITS, TOKENS)]
# The owner writes the functions that look into the table of tokens.
BELONGS = {(role_name(OWNER), role_name(TOKENS))}


def keeps_what_it_acknowledged(connection: Connection) -> Iterator[Finding]:
    """A commit is on stable storage before anybody is told so, whatever a role's settings say."""
    settings = connection.execute(
        "SELECT name, setting, 'server' FROM pg_settings WHERE name = ANY (%(names)s)"
        " UNION ALL SELECT split_part(one, '=', 1), split_part(one, '=', 2), 'a role'"
        " FROM pg_db_role_setting, unnest(setconfig) AS one"
        " WHERE split_part(one, '=', 1) = ANY (%(names)s)",
        {"names": list(MUST_BE_ON)},
    )
    for name, value, where in settings:
        if value != "on":
            yield danger("database.forgetful", setting=name, value=value, where=where)


def roles_stay_small(connection: Connection) -> Iterator[Finding]:
    """No role of ours passes row security, makes roles, or belongs to another one."""
    query = f"SELECT rolname FROM pg_roles WHERE rolname = ANY (%s) AND ({DANGEROUS})"  # noqa: S608 - a constant
    for (name,) in connection.execute(query, [ROLES]):
        yield danger("database.strong_role", role=name)
    for member, group in connection.execute(
        "SELECT member::regrole, roleid::regrole FROM pg_auth_members"
        " WHERE member::regrole::text = ANY (%s)",
        [ROLES],
    ):
        if (member, group) not in BELONGS:
            yield danger("database.role_in_role", member=member, group=group)


def rights_are_as_written(connection: Connection, place: Place) -> Iterator[Finding]:
    """Rights, row security, functions and triggers are what the policies of this version say."""
    written = place.rights.read_text(encoding="ascii").strip() if place.rights.exists() else ""
    if catalogue.fingerprint(connection) != written:
        yield danger("database.rights_changed")


def is_reached_safely(dsn: str) -> Iterator[Finding]:
    """Words on their way to another machine are encrypted, and that machine is the right one."""
    known = conninfo_to_dict(dsn)
    host = str(known.get("host") or "")
    if host.startswith("/") or host in {"", *NEAR} or known.get("sslmode") in SAFE_MODES:
        return
    yield danger("database.open_line", host=host)


def clocks_agree(connection: Connection) -> Iterator[Finding]:
    """No time stamp lies in the future: deadlines and sessions hang on this clock."""
    row = connection.execute(
        "SELECT at, now() FROM audit_entry WHERE at > now() ORDER BY index DESC LIMIT 1"
    ).fetchone()
    if row is not None:
        yield danger(
            "database.clock_went_back",
            now=f"{row[1]:%Y-%m-%d %H:%M}",
            entry=f"{row[0]:%Y-%m-%d %H:%M}",
        )


def checksums_are_on(connection: Connection) -> Iterator[Finding]:
    """A disk that rots is noticed."""
    row = connection.execute("SHOW data_checksums").fetchone()
    if row != ("on",):
        yield warning("database.no_checksums")
