"""`up` begins whole and ends whole, however it is cut off, and on whatever server."""

import fcntl
import signal
import subprocess
import time

import psycopg
import pytest

from himaya.installation import ports, processes, temporary
from himaya.installation.children import Child
from himaya.installation.commands import up
from himaya.installation.failure import Failure
from himaya.installation.postgres.cluster import Cluster
from himaya.installation.sites import is_well
from tests.installation.commands import SECONDS, eventually, himaya, processes_of

pytestmark = [pytest.mark.slow, pytest.mark.journey]


def test_it_stops_cleanly_however_it_is_asked_and_the_next_one_finds_everything(place):
    counted = set()
    for asked in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        with temporary.started(place, "--no-demo") as found:
            counted.add(himaya(place, "psql", "-Atc", "SELECT count(*) FROM agencies_desk").stdout)
            found.process.send_signal(asked)
            assert found.process.wait(SECONDS) == 0
        assert processes_of(place) == {}

    assert len(counted) == 1
    assert counted != {"0\n"}


def test_killing_it_ends_its_sites_and_the_next_one_starts(place):
    with temporary.started(place, "--no-demo") as first:
        first.process.kill()
        first.process.wait()

        def only_the_database():
            return all("postgres" in command for command in processes_of(place).values())

        assert eventually(only_the_database)

    with temporary.started(place, "--no-demo"):
        pass
    assert processes_of(place) == {}


@pytest.mark.parametrize(
    ("how", "seconds"), [(signal.SIGINT, 2.0), (signal.SIGKILL, 0.8), (signal.SIGKILL, 3.0)]
)
def test_a_first_start_that_was_cut_off_is_finished_by_the_next(place, how, seconds):
    public, officers = ports.free_ports(2)
    command = processes.module(
        "himaya",
        "up",
        f"--data={place.data}",
        f"--public-port={public}",
        f"--officers-port={officers}",
    )
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, start_new_session=True) as cut:
        time.sleep(seconds)
        cut.send_signal(how)
    # What was preparing the database goes on to its end: a minute, or two where others work.
    assert eventually(
        lambda: all("postgres" in told for told in processes_of(place).values()), seconds=150
    )

    with temporary.started(place) as again:
        assert is_well(again.addresses.public_port)
    assert processes_of(place) == {}


def test_without_the_demo_nobody_invented_is_there(place):
    with temporary.started(place, "--no-demo"):
        asked = himaya(place, "demo", "credentials", "intake_officer", "--json")
        people = himaya(
            place, "psql", "--role=owner", "-At", "-c", "SELECT count(*) FROM accounts_officer"
        )

    assert (asked.returncode, asked.stdout) == (1, "")
    assert "holds no invented people" in asked.stderr
    assert people.stdout == "0\n"


@pytest.fixture
def operators_server():
    """A PostgreSQL of the operator's own: its address for a user who owns a database there."""
    with temporary.place() as elsewhere:
        elsewhere.make()
        server = Cluster(elsewhere.postgres)
        server.create("admin")
        server.start(elsewhere.log("postgres"))
        with psycopg.connect(server.dsn(), password="admin", autocommit=True) as connection:
            connection.execute("CREATE ROLE operator LOGIN CREATEROLE PASSWORD 'theirs'")
            connection.execute("CREATE DATABASE theirs OWNER operator")
        yield f"postgresql://operator:theirs@/theirs?host={server.socket}"
        assert server.is_running()


def test_it_runs_on_an_operators_own_server(place, operators_server, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", operators_server)
    with temporary.started(place) as found:
        monkeypatch.delenv("DATABASE_URL")

        assert is_well(found.addresses.officers_port)
        asked = himaya(place, "psql", "-Atc", "SELECT current_user, current_database()")
        assert asked.stdout == "himaya_owner|theirs\n"
        assert himaya(place, "psql", "--role=superuser", "-c", "SELECT 1").returncode == 1
    assert not place.postgres.exists()


def test_invented_people_never_join_real_ones(place):
    place.kind.write_text("demo")
    with pytest.raises(Failure, match="holds invented people"):
        up.decide_kind(place, demo=False)

    place.kind.write_text("plain")
    up.decide_kind(place, demo=True)
    assert place.kind.read_text() == "plain"


def test_what_keeps_ending_is_started_ever_more_seldom(place):
    child = Child("The site", ["false"], {}, place.log("site"))
    pauses = []
    for _ in range(4):
        child.start()
        child.process.wait()
        child.keep()
        pauses.append(child.pause)

    assert pauses == [2, 4, 8, 16]


@pytest.mark.parametrize("port", ["0", "65536", "eighty", "-1", "٨٠٠٠"])
def test_a_port_that_is_none_is_refused(place, port):
    refused = himaya(place, "up", f"--public-port={port}")

    assert refused.returncode == 2
    assert "is not a port" in refused.stderr
    assert not place.postgres.exists()


def test_two_sites_need_two_ports(place):
    (port,) = ports.free_ports(1)

    refused = himaya(place, "up", f"--public-port={port}", f"--officers-port={port}")

    assert (refused.returncode, refused.stderr) == (
        1,
        "himaya: The two sites need two different ports.\n",
    )


def test_a_lock_that_somebody_holds_means_that_up_runs(place):
    with place.up_lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)

        assert himaya(place, "up").returncode == 1
