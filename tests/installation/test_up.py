"""`up`: everything runs, one at a time, beside other commands."""

import http.client
import json
import os
import signal
import socket
import stat
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import psutil
import pytest

from himaya.audit import witnesses
from himaya.installation import ports, roles, temporary
from himaya.installation.egress import address_of
from himaya.installation.place import Place
from himaya.installation.sites import is_well
from tests.audit import second_verifier as second
from tests.installation.commands import eventually, himaya, processes_of

pytestmark = [pytest.mark.slow, pytest.mark.journey]


@pytest.fixture(scope="module")
def running():
    """A demonstration that runs; shared by the tests that leave it running."""
    with temporary.installation() as found:
        yield found


def test_both_sites_say_that_they_are_well(running):
    assert is_well(running.addresses.public_port)
    assert is_well(running.addresses.officers_port)


def test_nothing_listens_but_two_sites_and_two_witnesses_on_the_loopback_address(running):
    listening = {
        line.laddr
        for pid in processes_of(running.place)
        for line in psutil.Process(pid).net_connections(kind="inet")
        if line.status == psutil.CONN_LISTEN
    }

    sites = running.addresses
    wanted = {(ports.LOOPBACK, port) for port in (sites.public_port, sites.officers_port)}
    watching = {address_of(witness.url) for witness in witnesses.trusted(running.place.data)}
    assert len(watching) == 2
    assert listening == wanted | watching


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


def test_psql_without_a_role_is_the_one_whom_no_policy_holds(running):
    assert himaya(running.place, "psql", "-Atc", "SELECT current_user").stdout == "postgres\n"


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


def test_the_ledger_is_published_witnessed_and_proved_to_others(running, tmp_path):
    """Everything here is checked by a verifier that shares no code with the one that made it."""

    def ledger(*arguments):
        return himaya(running.place, "ledger", *arguments)

    def seen_by():
        return json.loads(ledger("witness", "--json").stdout)["witnesses"]

    assert eventually(lambda: all(witness["size"] for witness in seen_by()))
    key, file = ledger("witness", "key").stdout.strip(), tmp_path / "proof"
    raw, leaves = second.check_tree(running.place.data / "tiles" / "1", key)
    for witness in seen_by():
        assert second.check_cosignature(raw, witness["key"])
    assert ledger("prove", "7", "-o", str(file)).returncode == 0
    asked = [witness["key"] for witness in seen_by()]
    index, act = second.check_proof_file(file.read_bytes(), key, asked)
    assert (index, json.loads(act)[3]) == (7, "job")
    assert len(leaves) > 7

    alone = ["--proof", str(file), "--key", key, *(f"--witness={each}" for each in asked)]
    proved = himaya(Place(tmp_path / "nothing"), "ledger", "verify", *alone)
    assert proved.returncode == 0
    assert "It is entry 7. Its code on paper is" in proved.stdout
    file.write_text(file.read_text().replace("index 7", "index 8"))
    assert himaya(Place(tmp_path / "nothing"), "ledger", "verify", *alone).returncode == 1
    whole = json.loads(ledger("verify", "--json").stdout)
    assert (whole["ok"], whole["witnessed"]) == (True, 2)


@pytest.mark.parametrize("what", ["granian", "worker_process", "demo_witness", "postgres"])
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
