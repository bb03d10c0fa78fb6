"""The database roles, as the server knows them. What each may see stands in policies.sql files."""

import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import TypeAlias

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from himaya.installation.failure import Failure
from himaya.installation.keys import write_secret
from himaya.installation.place import Place

Connection: TypeAlias = psycopg.Connection[tuple[object, ...]]

OWNER = "owner"
# Role → its limits. A page that takes longer than this has failed; a job may take its time.
LIMITS: dict[str, dict[str, str]] = {
    "owner": {},
    "public": {"statement_timeout": "15s", "idle_in_transaction_session_timeout": "30s"},
    "staff": {"statement_timeout": "30s", "idle_in_transaction_session_timeout": "60s"},
    "worker": {"statement_timeout": "10min", "idle_in_transaction_session_timeout": "10min"},
    "figures": {"statement_timeout": "10min", "idle_in_transaction_session_timeout": "10min"},
}
# Nobody logs in as this one: functions of its own, which the owner writes, look into the table of
# blind tokens with its eyes, and no role of a process can.
TOKENS = "tokens"
# Nothing is acknowledged before it is on stable storage, whatever the server's own default is.
DURABLE = {"synchronous_commit": "on"}
DANGEROUS = "rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication"


def role_name(role: str) -> str:
    """The role's name in the server."""
    return f"himaya_{role}"


def dsn_file(place: Place, role: str) -> Path:
    """Where a role's connection string is kept."""
    return place.secrets / f"dsn-{role}"


def write_dsns(place: Place, administrator: str, database: str) -> None:
    """Write each role's connection string; a password that exists stays."""
    server = conninfo_to_dict(administrator)
    for role in LIMITS:
        path = dsn_file(place, role)
        password = password_in(path) or secrets.token_urlsafe(24)
        known = {**server, "dbname": database, "user": role_name(role), "password": password}
        dsn = make_conninfo("", **known)
        if not path.exists() or path.read_text(encoding="utf-8").strip() != dsn:
            write_secret(path, dsn)


def password_in(path: Path) -> str | None:
    """The password in a connection string that is kept."""
    if not path.exists():
        return None
    return str(conninfo_to_dict(path.read_text(encoding="utf-8"))["password"])


def refuse_strangers(place: Place, administrator: str) -> None:
    """Refuse a server on which another installation has made the roles: they would lose theirs."""
    if all(dsn_file(place, role).exists() for role in LIMITS):
        return
    with psycopg.connect(administrator, autocommit=True) as connection:
        names = [role_name(role) for role in LIMITS]
        row = connection.execute(
            "SELECT rolname FROM pg_roles WHERE rolname = ANY (%s)", [names]
        ).fetchone()
    if row is not None:
        raise Failure(
            f"The server has a role {row[0]} whose password is not in {place.secrets}: another "
            "installation uses it. Give each installation a server of its own."
        )


def passwords(place: Place) -> dict[str, str]:
    """Each role's password, as it was written before the role was made."""
    return {role: password_in(dsn_file(place, role)) or "" for role in LIMITS}


def make_roles(administrator: str, database: str, passwords: Mapping[str, str]) -> None:
    """Make the roles and the database, or bring them back to what they should be."""
    with psycopg.connect(administrator, autocommit=True) as connection:
        for role in LIMITS:
            _make_role(connection, role_name(role), passwords[role])
        _make_tokens_role(connection)
        _refuse_dangerous(connection)
        make_database(connection, database)
        for role, limits in LIMITS.items():
            _set_limits(connection, database, role_name(role), limits | DURABLE)
    with psycopg.connect(administrator, dbname=database, autocommit=True) as connection:
        open_database(connection, database)


def _make_role(connection: Connection, name: str, password: str) -> None:
    verb = "ALTER" if _exists(connection, "pg_roles", "rolname", name) else "CREATE"
    # The server gets a SCRAM verifier, so that no log of its statements holds a password.
    verifier = connection.pgconn.encrypt_password(
        password.encode(), name.encode(), b"scram-sha-256"
    )
    connection.execute(
        sql.SQL("{} ROLE {} LOGIN PASSWORD {}").format(
            sql.SQL(verb), sql.Identifier(name), sql.Literal(verifier.decode())
        )
    )


def _make_tokens_role(connection: Connection) -> None:
    """The role of the table of tokens: no log-in, and of all roles only the owner belongs to it."""
    names = {
        "tokens": sql.Identifier(role_name(TOKENS)),
        "owner": sql.Identifier(role_name(OWNER)),
    }
    if not _exists(connection, "pg_roles", "rolname", role_name(TOKENS)):
        connection.execute(sql.SQL("CREATE ROLE {tokens} NOLOGIN").format(**names))
    connection.execute(sql.SQL("ALTER ROLE {tokens} NOLOGIN").format(**names))
    connection.execute(sql.SQL("GRANT {tokens} TO {owner}").format(**names))


def _exists(connection: Connection, table: str, column: str, name: str) -> bool:
    query = sql.SQL("SELECT 1 FROM {} WHERE {} = %s").format(
        sql.Identifier(table), sql.Identifier(column)
    )
    return connection.execute(query, [name]).fetchone() is not None


def _refuse_dangerous(connection: Connection) -> None:
    names = [role_name(role) for role in (*LIMITS, TOKENS)]
    query = sql.SQL("SELECT rolname FROM pg_roles WHERE rolname = ANY (%s) AND ({})").format(
        sql.SQL(DANGEROUS)
    )
    row = connection.execute(query, [names]).fetchone()
    if row is not None:
        raise Failure(
            f"The database role {row[0]} may do more than it should. Take its attributes away."
        )


def make_database(connection: Connection, database: str) -> None:
    """Make the database, owned by whoever migrates, unless the server has it."""
    if not _exists(connection, "pg_database", "datname", database):
        connection.execute(
            sql.SQL("CREATE DATABASE {} OWNER {}").format(
                sql.Identifier(database), sql.Identifier(role_name(OWNER))
            )
        )


def open_database(connection: Connection, database: str) -> None:
    """Let the roles connect, and nobody else; only the owner makes anything in it."""
    everybody = sql.SQL(", ").join(sql.Identifier(role_name(role)) for role in LIMITS)
    names = {
        "database": sql.Identifier(database),
        "owner": sql.Identifier(role_name(OWNER)),
        "everybody": everybody,
        "tokens": sql.Identifier(role_name(TOKENS)),
    }
    for statement in (
        "REVOKE ALL ON DATABASE {database} FROM PUBLIC",
        "GRANT CONNECT ON DATABASE {database} TO {everybody}",
        "GRANT CREATE, TEMPORARY ON DATABASE {database} TO {owner}",
        "REVOKE ALL ON SCHEMA public FROM PUBLIC",
        "GRANT USAGE ON SCHEMA public TO {everybody}",
        "GRANT CREATE ON SCHEMA public TO {owner}",
        "GRANT USAGE, CREATE ON SCHEMA public TO {tokens}",
    ):
        connection.execute(sql.SQL(statement).format(**names))


def _set_limits(connection: Connection, database: str, name: str, limits: dict[str, str]) -> None:
    for setting, value in limits.items():
        connection.execute(
            sql.SQL("ALTER ROLE {} IN DATABASE {} SET {} = {}").format(
                sql.Identifier(name),
                sql.Identifier(database),
                sql.Identifier(setting),
                sql.Literal(value),
            )
        )
