"""The database roles have no more than they should, whoever's server it is."""

import psycopg
import pytest

from himaya.installation import roles, temporary
from himaya.installation.failure import Failure
from himaya.installation.inside import _settle
from himaya.installation.keys import make_keys, write_secret
from himaya.installation.server import Embedded, Own, server_of

pytestmark = pytest.mark.slow
NAMES = [roles.role_name(role) for role in roles.LIMITS]


@pytest.fixture(scope="module")
def made():
    """An embedded database with its roles, running; tests leave it as they found it."""
    with temporary.place() as place:
        place.make()
        server = Embedded(place)
        with server.in_use():
            roles.write_dsns(place, server.administrator(), server.database)
            roles.make_roles(server.administrator(), server.database, roles.passwords(place))
            yield server


def connect(place, role):
    return psycopg.connect(roles.dsn_file(place, role).read_text(), autocommit=True)


def test_each_role_comes_in_with_its_own_password_only(made):
    for role in roles.LIMITS:
        with connect(made.place, role) as connection:
            assert connection.execute("SELECT current_user").fetchone() == (roles.role_name(role),)

    other = roles.password_in(roles.dsn_file(made.place, "staff"))
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(roles.dsn_file(made.place, "public").read_text(), password=other)


def test_no_role_may_more_than_log_in(made):
    with psycopg.connect(made.administrator()) as connection:
        found = connection.execute(
            "SELECT rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication,"
            " EXISTS (SELECT 1 FROM pg_auth_members WHERE member = r.oid"
            "         AND (r.rolname, roleid::regrole::text) <> ('himaya_owner', 'himaya_tokens'))"
            " FROM pg_roles r WHERE rolname = ANY (%s)",
            [NAMES],
        ).fetchall()

    assert sorted(row[0] for row in found) == sorted(NAMES)
    with psycopg.connect(made.administrator()) as connection:
        inside = connection.execute(
            "SELECT rolcanlogin, ARRAY(SELECT member::regrole::text FROM pg_auth_members"
            " WHERE roleid = r.oid) FROM pg_roles r WHERE rolname = 'himaya_tokens'"
        ).fetchall()
    assert inside == [(False, ["himaya_owner"])]
    assert {row[1:] for row in found} == {(False, False, False, False, False, False)}


def test_a_role_that_was_given_more_is_refused(made):
    administer(made, "ALTER ROLE himaya_staff BYPASSRLS")

    with pytest.raises(Failure, match="himaya_staff may do more than it should"):
        roles.make_roles(made.administrator(), made.database, roles.passwords(made.place))
    administer(made, "ALTER ROLE himaya_staff NOBYPASSRLS")


@pytest.mark.parametrize("role", ["public", "staff", "worker", "figures"])
def test_only_the_owner_makes_anything(made, role):
    with connect(made.place, role) as connection:
        for statement in (
            "CREATE TABLE mine (n int)",
            "CREATE TEMPORARY TABLE mine (n int)",
            "CREATE SCHEMA mine",
            "CREATE DATABASE mine",
            "SET ROLE himaya_owner",
            "COPY (SELECT 1) TO PROGRAM 'cat'",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement)
    with connect(made.place, "owner") as connection:
        connection.execute("CREATE TABLE mine (n int)")
        connection.execute("DROP TABLE mine")


def test_a_page_may_not_hold_the_database_for_ever(made):
    with connect(made.place, "public") as connection:
        limits = connection.execute(
            "SELECT current_setting('statement_timeout'), current_setting('synchronous_commit'),"
            " current_setting('idle_in_transaction_session_timeout')"
        ).fetchone()

    assert limits == ("15s", "on", "30s")


def test_passwords_stay_when_everything_is_made_again(made):
    before = {role: roles.dsn_file(made.place, role).read_text() for role in roles.LIMITS}

    roles.write_dsns(made.place, made.administrator(), made.database)
    roles.make_roles(made.administrator(), made.database, roles.passwords(made.place))

    assert {role: roles.dsn_file(made.place, role).read_text() for role in roles.LIMITS} == before
    connect(made.place, "public").close()


def test_the_server_never_hears_a_password(made):
    with psycopg.connect(made.administrator()) as connection:
        kept = connection.execute(
            "SELECT rolpassword FROM pg_authid WHERE rolname = ANY (%s)", [NAMES]
        )

        assert {row[0].partition("$")[0] for row in kept} == {"SCRAM-SHA-256"}


def administer(server, *statements):
    with psycopg.connect(server.administrator(), autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)


@pytest.fixture
def operators_server(fleeting, place):
    """A server of the operator's own: a user who owns a database and may make roles, no more."""
    fleeting.start(place.log("postgres"))
    with psycopg.connect(fleeting.dsn(), autocommit=True) as connection:
        connection.execute("ALTER SYSTEM SET fsync = on")
        connection.execute("CREATE ROLE operator LOGIN CREATEROLE PASSWORD 'theirs'")
        connection.execute("CREATE DATABASE theirs OWNER operator")
    return f"postgresql://operator:theirs@/theirs?host={fleeting.socket}"


@pytest.fixture
def strict(monkeypatch):
    """The operator's server of these tests is durable, unlike other clusters of tests."""
    monkeypatch.setattr(
        "himaya.installation.postgres.cluster.FLEETING", {"fsync": "on", "full_page_writes": "on"}
    )


@pytest.fixture
def theirs(strict, operators_server, place, monkeypatch):
    """That server, named by DATABASE_URL."""
    monkeypatch.setenv("DATABASE_URL", operators_server)
    return server_of(place)


def test_on_an_operators_server_the_roles_are_made_too(theirs, place):
    with theirs.in_use():
        roles.write_dsns(place, theirs.administrator(), theirs.database)
        roles.make_roles(theirs.administrator(), theirs.database, roles.passwords(place))

    with connect(place, "owner") as connection:
        connection.execute("CREATE TABLE mine (n int)")
        assert connection.info.dbname == "theirs"
    with (
        connect(place, "public") as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute("SELECT * FROM mine")


def test_the_server_is_remembered_without_the_variable(theirs, place, monkeypatch):
    monkeypatch.delenv("DATABASE_URL")

    again = server_of(place)

    assert isinstance(again, Own)
    assert again.url == theirs.url
    assert (place.secrets / "database-url").stat().st_mode & 0o077 == 0


def test_an_embedded_database_is_not_left_behind_by_a_variable(made, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://operator:theirs@localhost/theirs")

    with pytest.raises(Failure, match="has an embedded database"):
        server_of(made.place)


def test_another_installations_roles_are_not_taken_over(theirs, place):
    administer(theirs, "CREATE ROLE himaya_public LOGIN PASSWORD 'of the other one'")
    make_keys(place.secrets)

    with pytest.raises(Failure, match="another installation uses it"):
        _settle(place, theirs, always=True)

    assert not roles.dsn_file(place, "public").exists()


def test_an_old_server_is_refused(theirs, monkeypatch):
    monkeypatch.setattr("himaya.installation.server.OLDEST_SERVER", 19)

    with pytest.raises(Failure, match="is PostgreSQL 18"), theirs.in_use():
        pass


def test_a_server_that_would_forget_reports_is_refused(operators_server, place, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", operators_server)

    with pytest.raises(Failure, match="fsync off: a power cut would lose reports"):
        server_of(place).in_use().__enter__()


def test_a_user_who_may_not_make_roles_is_refused(theirs, fleeting):
    with psycopg.connect(fleeting.dsn(), autocommit=True) as connection:
        connection.execute("ALTER ROLE operator NOCREATEROLE")

    with pytest.raises(Failure, match="may make roles"), theirs.in_use():
        pass


@pytest.mark.parametrize(
    "url", ["nonsense", "mysql://a:b@c/d", "postgresql://localhost", "host=localhost dbname=x"]
)
def test_an_address_that_is_none_is_refused(place, monkeypatch, url):
    monkeypatch.setenv("DATABASE_URL", url)

    with pytest.raises(Failure, match="DATABASE_URL"):
        server_of(place)


def test_a_server_that_is_away_is_one_sentence(place, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://operator:theirs@127.0.0.1:1/theirs")

    with pytest.raises(Failure, match=r"^The server of DATABASE_URL cannot be used: .*refused"):
        server_of(place).in_use().__enter__()


def test_an_address_that_moved_is_written_again(made):
    path = roles.dsn_file(made.place, "public")
    before = path.read_text()
    write_secret(path, before.replace(str(made.cluster.socket), "/somewhere/else"))

    roles.write_dsns(made.place, made.administrator(), made.database)

    assert path.read_text() == before
