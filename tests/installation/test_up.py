"""`up`: everything runs, one at a time, and ends as a whole."""

import fcntl
import http.client
import json
import os
import signal
import socket
import stat
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from himaya.installation import ports, processes, roles, temporary
from himaya.installation.children import Child
from himaya.installation.commands import up
from himaya.installation.failure import Failure
from himaya.installation.postgres.cluster import Cluster
from himaya.installation.sites import is_well
from tests.installation.commands import himaya

pytestmark = [pytest.mark.slow, pytest.mark.journey]
SECONDS = 30


@pytest.fixture(scope="module")
def running():
    """A demonstration that runs; shared by the tests that leave it running."""
    with temporary.installation() as found:
        yield found


def processes_of(place):
    """Every process of this machine that belongs to an installation, with its command line."""
    mine = str(place.data).encode()
    found = {}
    for directory in Path("/proc").glob("[0-9]*"):
        try:
            told = (directory / "environ").read_bytes() + (directory / "cmdline").read_bytes()
            state = (directory / "stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            continue
        if mine in told and state != "Z":
            found[int(directory.name)] = (directory / "cmdline").read_bytes().decode()
    return found


def eventually(question, seconds=SECONDS):
    deadline = time.monotonic() + seconds
    while not question():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)
    return True


def test_both_sites_say_that_they_are_well(running):
    assert is_well(running.addresses.public_port)
    assert is_well(running.addresses.officers_port)


def test_nothing_listens_but_the_two_sites_on_the_loopback_address(running):
    listening = subprocess.run(["ss", "-Hltnp"], capture_output=True, text=True, check=True).stdout
    mine = [
        line
        for line in listening.splitlines()
        if any(f"pid={pid}," in line for pid in processes_of(running.place))
    ]

    wanted = {running.addresses.public_port, running.addresses.officers_port}
    assert {line.split()[3] for line in mine} == {f"127.0.0.1:{port}" for port in wanted}


def test_many_people_at_once_are_all_served(running):
    def ask(_):
        address = (ports.LOOPBACK, running.addresses.public_port)
        with closing(http.client.HTTPConnection(*address, timeout=60)) as line:
            line.request("GET", "/healthz")
            return line.getresponse().status

    with ThreadPoolExecutor(64) as people:
        assert set(people.map(ask, range(256))) == {200}


def test_slow_senders_do_not_keep_others_out(running):
    slow = []
    for _ in range(16):
        line = socket.create_connection((ports.LOOPBACK, running.addresses.public_port))
        line.sendall(b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nslow")
        slow.append(line)

    began = time.monotonic()
    assert is_well(running.addresses.public_port)
    assert time.monotonic() - began < 5
    for line in slow:
        line.close()


def test_a_second_up_on_the_same_data_says_where_the_first_one_is(running):
    second = himaya(running.place, "up")

    assert second.returncode == 1
    assert second.stderr.startswith("himaya: Himaya already runs on")
    assert running.addresses.public in second.stderr
    assert running.addresses.officers in second.stderr
    assert second.stderr.count("\n") == 1


def test_a_taken_port_is_one_sentence_and_leaves_nothing_running(running, place):
    taken = himaya(
        place, "up", f"--public-port={running.addresses.public_port}", "--officers-port=1"
    )

    assert taken.returncode == 1
    assert taken.stderr == (
        f"himaya: Port {running.addresses.public_port} is taken by another program."
        " Choose another with --public-port.\n"
    )
    assert processes_of(place) == {}
    assert not place.postgres.exists()


def test_commands_work_beside_it_and_leave_it_running(running):
    for role in (*roles.LIMITS, "superuser"):
        asked = himaya(
            running.place,
            "psql",
            "--role",
            role,
            "-At",
            "-c",
            "SELECT current_user, current_database()",
        )
        assert (
            asked.stdout.strip()
            == f"{'postgres' if role == 'superuser' else f'himaya_{role}'}|himaya"
        )

    assert is_well(running.addresses.officers_port)


def test_psql_passes_its_exit_code_on(running):
    assert himaya(running.place, "psql", "-v", "ON_ERROR_STOP=1", "-c", "nonsense").returncode == 1


def test_no_password_shows_in_the_list_of_processes(running):
    passwords = roles.passwords(running.place).values()

    shown = "".join(processes_of(running.place).values())

    assert not any(password in shown for password in passwords)


def test_only_the_installations_user_may_read_what_is_secret(running):
    for path in [
        running.place.secrets,
        *running.place.secrets.iterdir(),
        running.place.logs,
        running.place.officers,
    ]:
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path


def test_an_invented_officers_credentials_can_be_read_by_a_script(running):
    asked = himaya(running.place, "demo", "credentials", "intake_officer", "--json")

    assert asked.stdout.count("\n") == 1
    assert set(json.loads(asked.stdout)) == {"username", "passphrase", "totp_secret"}


def test_an_unknown_role_is_answered_with_the_known_ones(running):
    asked = himaya(running.place, "demo", "credentials", "nobody", "--json")

    assert (asked.returncode, asked.stdout) == (1, "")
    assert "intake_officer" in asked.stderr


@pytest.mark.parametrize("what", ["granian", "worker_process", "postgres"])
def test_what_is_killed_comes_back(running, what):
    killed = [pid for pid, command in processes_of(running.place).items() if what in command]
    assert killed
    for pid in killed:
        os.kill(pid, signal.SIGKILL)
    time.sleep(2)  # what remains of it must notice, and not be taken for the new one

    def is_back():
        now = processes_of(running.place).items()
        return any(what in command for pid, command in now if pid not in killed)

    assert eventually(is_back)
    assert eventually(lambda: is_well(running.addresses.public_port))
    assert eventually(lambda: is_well(running.addresses.officers_port))
    assert himaya(running.place, "psql", "-c", "SELECT 1").returncode == 0


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
    assert eventually(lambda: all("postgres" in told for told in processes_of(place).values()))

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
