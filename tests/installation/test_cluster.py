"""The embedded PostgreSQL: where it lies, who reaches it, how it starts and ends."""

import os
import resource
import shutil
import signal
import stat
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import psycopg
import pytest

from himaya.installation.failure import Failure
from himaya.installation.postgres import home, programs
from himaya.installation.postgres.account import Account, account_for
from himaya.installation.postgres.cluster import Cluster
from himaya.installation.server import Embedded
from tests.installation.commands import himaya

pytestmark = pytest.mark.slow
as_root = pytest.mark.skipif(
    os.geteuid() != 0, reason="PostgreSQL has a user of its own only under root"
)


def test_it_keeps_what_was_committed_over_a_stop(place):
    cluster = Cluster(place.postgres)
    cluster.create("a password")
    cluster.start(place.log("postgres"))
    with psycopg.connect(cluster.dsn(), password="a password") as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS n")
        settings = connection.execute(
            "SELECT current_setting('fsync'), current_setting('synchronous_commit'),"
            " current_setting('data_checksums'), current_setting('listen_addresses'),"
            " current_setting('server_encoding')"
        ).fetchone()
    cluster.stop()

    again = Cluster(place.postgres)
    again.start(place.log("postgres"))

    with psycopg.connect(again.dsn(), password="a password") as connection:
        assert connection.execute("SELECT n FROM kept").fetchone() == (7,)
    assert settings == ("on", "on", "on", "", "UTF8")


def test_nobody_comes_in_without_the_password(place):
    cluster = Cluster(place.postgres)
    cluster.create("a password")
    cluster.start(place.log("postgres"))

    for wrong in ("", "another"):
        with pytest.raises(psycopg.OperationalError, match="password"):
            psycopg.connect(cluster.dsn(), password=wrong)
    assert not list(place.data.rglob("superuser-password"))


def test_the_socket_is_behind_a_private_directory(fleeting, place):
    fleeting.start(place.log("postgres"))

    for directory in (fleeting.socket, fleeting.data):
        assert stat.S_IMODE(directory.stat().st_mode) == 0o700
        assert directory.stat().st_uid == fleeting.account.uid


def test_a_ctrl_c_of_the_terminal_does_not_reach_it(fleeting, place):
    fleeting.start(place.log("postgres"))

    pid = int((fleeting.data / "postmaster.pid").read_text().split()[0])

    assert os.getsid(pid) != os.getsid(0)


def test_it_stops_although_somebody_is_in_a_transaction(fleeting, place):
    fleeting.start(place.log("postgres"))
    with psycopg.connect(fleeting.dsn()) as connection:
        connection.execute("SELECT 1")

        fleeting.stop()

        assert not fleeting.is_running()
        with pytest.raises(psycopg.OperationalError):
            connection.execute("SELECT 1")


def test_another_process_than_the_one_that_started_it_may_stop_it(fleeting, place):
    fleeting.start(place.log("postgres"))

    Cluster(place.postgres).stop()

    assert not fleeting.is_running()


def test_a_killed_server_starts_again_with_what_it_had(place):
    cluster = Cluster(place.postgres)
    cluster.create("a password")
    cluster.start(place.log("postgres"))
    with psycopg.connect(cluster.dsn(), password="a password") as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS n")
    os.kill(int((cluster.data / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)

    again = Cluster(place.postgres)
    again.start(place.log("postgres"))

    with psycopg.connect(again.dsn(), password="a password") as connection:
        assert connection.execute("SELECT n FROM kept").fetchone() == (7,)


def test_a_pid_file_left_behind_never_names_a_victim(fleeting):
    bystander = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    (fleeting.data / "postmaster.pid").write_text(f"{bystander.pid}\n")

    fleeting.stop()

    assert bystander.poll() is None
    bystander.kill()
    bystander.wait()


def test_a_cut_off_first_start_is_done_again(place):
    cluster = Cluster(place.postgres, durable=False)
    home.make_private(cluster.home, cluster.account)
    (cluster.home / "unfinished-1234" / "base").mkdir(parents=True)
    assert not cluster.exists()

    cluster.create(None)

    assert cluster.exists()
    assert not (cluster.home / "unfinished-1234").exists()
    cluster.start(place.log("postgres"))
    assert cluster.is_running()


def test_no_log_line_holds_what_somebody_wrote(fleeting, place):
    fleeting.start(place.log("postgres"))
    with psycopg.connect(fleeting.dsn(), autocommit=True) as connection:
        connection.execute("CREATE TABLE told (words text PRIMARY KEY)")
        connection.execute("INSERT INTO told VALUES ('canary')")
        with pytest.raises(psycopg.errors.UniqueViolation):
            connection.execute("INSERT INTO told VALUES ('canary')")
        with pytest.raises(psycopg.DataError):
            connection.execute("SELECT 'canary'::int")

    assert "canary" not in place.log("postgres").read_text()


def test_without_those_settings_the_log_would_hold_it(fleeting, place, monkeypatch):
    monkeypatch.setattr("himaya.installation.postgres.cluster.SETTINGS", {"listen_addresses": ""})
    fleeting.start(place.log("postgres"))
    connection = psycopg.connect(fleeting.dsn(), autocommit=True)

    with connection, pytest.raises(psycopg.DataError):
        connection.execute("SELECT 'canary'::int")

    assert "canary" in place.log("postgres").read_text()


def test_a_long_path_gets_a_short_socket(place):
    deep = place.data / ("d" * 100)
    deep.mkdir()
    cluster = Cluster(deep / "postgres", durable=False)
    cluster.create(None)

    cluster.start(place.log("postgres"))

    assert len(os.fsencode(cluster.socket / home.SOCKET_NAME)) <= home.LONGEST_SOCKET_PATH
    assert stat.S_IMODE(cluster.socket.stat().st_mode) == 0o700
    cluster.remove()
    assert not cluster.socket.exists()


def test_a_socket_directory_that_somebody_else_left_is_refused(tmp_path):
    open_to_all = tmp_path / "socket"
    open_to_all.mkdir()
    open_to_all.chmod(0o777)

    with pytest.raises(Failure, match="belongs to somebody else or is open to others"):
        home.make_private(open_to_all, Account(os.geteuid(), os.getegid()))


@as_root
def test_below_a_private_directory_it_moves_and_opens_nothing(place):
    private = place.data / "private"
    private.mkdir(mode=0o700)
    cluster = Cluster(private / "postgres", durable=False)
    cluster.create(None)

    cluster.start(place.log("postgres"))

    assert stat.S_IMODE(private.stat().st_mode) == 0o700
    assert cluster.home.parent == programs.SHARED
    assert Cluster(private / "postgres").home == cluster.home
    cluster.remove()
    assert not cluster.home.exists()


@as_root
def test_programs_below_a_private_directory_are_copied(place, monkeypatch):
    inside = programs.programs()
    private = place.data / "private"
    for part in (inside.parents[1], inside.parents[2] / f"{programs.PACKAGE}.libs"):
        shutil.copytree(part, private / part.name)
    private.chmod(0o700)
    hidden = private / programs.PACKAGE / programs.FOLDER / "bin"
    shared = place.data / "shared"
    monkeypatch.setattr(programs, "SHARED", shared)
    monkeypatch.setattr(programs, "programs", lambda: hidden)
    account = account_for(place.postgres / "cluster")
    assert not account.can_run(hidden / "postgres")

    before = os.umask(0o077)
    try:
        found = programs.programs_for(account)
    finally:
        os.umask(before)

    assert found.is_relative_to(shared)
    assert account.can_run(found / "initdb")
    assert stat.S_IMODE(private.stat().st_mode) == 0o700


def test_a_database_that_is_gone_is_not_made_again_in_silence(place):
    home.pointer(place.postgres).write_text(f"{place.data / 'elsewhere'}\n")

    with pytest.raises(Failure, match="is gone"):
        Cluster(place.postgres).exists()


@as_root
def test_what_a_deleted_installation_left_elsewhere_is_neither_used_nor_touched(place):
    private = place.data / "private"
    private.mkdir(mode=0o700)
    first = Cluster(private / "postgres", durable=False)
    first.create(None)
    home.pointer(private / "postgres").unlink()

    second = Cluster(private / "postgres", durable=False)

    assert not second.exists()
    second.create(None)
    assert second.home != first.home
    assert (first.data / "PG_VERSION").exists()
    for cluster in (first, second):
        shutil.rmtree(cluster.home)


def test_a_database_without_its_keys_is_refused(place):
    with Embedded(place).in_use():
        pass
    (place.secrets / "dsn-superuser").unlink()

    with pytest.raises(Failure, match="are not those of"):
        Embedded(place).in_use().__enter__()


def test_another_major_version_is_refused(fleeting, place):
    (fleeting.data / "PG_VERSION").write_text("17\n")

    with pytest.raises(Failure, match="pg_upgrade"):
        Cluster(place.postgres).exists()


def test_no_room_is_said_in_one_sentence(place):
    def small_files_only():
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))

    done = himaya(place, "psql", "-c", "SELECT 1", preexec_fn=small_files_only)

    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith("himaya: There is no room left on the disk")
    assert not Path(place.postgres / "cluster").exists()


def test_a_disk_that_is_nearly_full_is_refused_before_anything_is_made(place, monkeypatch):
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=30_000_000))

    with pytest.raises(Failure, match="30 MB free and 200 MB are needed"):
        Embedded(place).in_use().__enter__()

    assert not place.postgres.exists()


def test_a_server_that_cannot_start_says_why(fleeting, place):
    (fleeting.data / "pg_hba.conf").write_text("nonsense\n")

    with pytest.raises(Failure, match=r"PostgreSQL could not be started in .*pg_hba\.conf"):
        fleeting.start(place.log("postgres"))
    assert not fleeting.is_running()
