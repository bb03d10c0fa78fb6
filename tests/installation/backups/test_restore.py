"""A backup that is too old serves nobody until its keepers have accepted what is lost."""

import json
import signal
import subprocess
from contextlib import contextmanager

import pytest

from himaya.audit.notes import Note
from himaya.installation import ports, processes
from himaya.installation.agreement import BEHIND
from tests.factories.threats import OFF, threat
from tests.installation.backups.conftest import ask, size_in
from tests.installation.commands import himaya, processes_of

pytestmark = [pytest.mark.slow, pytest.mark.journey]


@contextmanager
def witness_saw(country, place, note):
    """The bare machine learns what the witness saw, and forgets it afterwards."""
    country.witness.has_seen(place.data, note)
    try:
        yield
    finally:
        country.witness.has_seen(place.data, country.early)


def up(place):
    public, officers = ports.free_ports(2)
    return processes.module(
        "himaya",
        "up",
        f"--data={place.data}",
        f"--public-port={public}",
        f"--officers-port={officers}",
    )


def said_by_up(place):
    """What `up` says until it serves, or ends by itself; and its exit code, None if it serves."""
    with subprocess.Popen(
        up(place), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as started:
        said = []
        for line in started.stderr:
            said.append(line)
            if "Starting the sites" in line:
                started.send_signal(signal.SIGINT)
                started.communicate()
                return said, None
    return said, started.returncode


@threat("D4")
def test_an_old_backup_does_not_serve_and_names_what_is_missing(country, restored, control):
    kept, seen = size_in(country.early), size_in(country.late)
    assert kept < seen
    with witness_saw(country, restored, country.late):
        if control == OFF:
            (restored.data / "witnesses" / country.witness.name).unlink()  # nobody is asked
        try:
            said, code = said_by_up(restored)
        finally:
            country.witness.is_trusted_by(restored.data)

    assert code == 1
    (sentence,) = [line for line in said if "The witness" in line]
    assert f"The witness elsewhere saw {seen} entries of the ledger" in sentence
    assert f"to {seen - 1} are missing." in sentence
    assert not any("granian" in command for command in processes_of(restored).values())


def test_with_what_was_seen_at_its_time_it_would_serve(restored):
    asked = compare(restored)

    assert asked.returncode == 0
    assert "the ledger is whole" in asked.stderr


def test_what_was_destroyed_since_the_backup_is_destroyed_again(country, restored):
    of_it = f"compartment_id = '{country.erased}'"
    content = f"SELECT id FROM vault_sealed WHERE content <> '' AND {of_it}"
    keys = f"SELECT id FROM vault_grant WHERE {of_it}"

    assert ask(country.place, content)
    assert ask(country.place, keys)
    assert ask(restored, content) == ask(restored, keys) == []
    assert ask(restored, "SELECT id FROM vault_sealed WHERE content <> ''")


def test_a_restore_goes_into_an_empty_directory_only(country, restored):
    refused = himaya(restored, "restore", str(country.backup), *country.shares)

    assert refused.returncode == 1
    assert "is not empty" in refused.stderr


def test_a_restore_that_was_cut_off_serves_nobody_and_is_begun_anew(restored_twice):
    assert "Run `himaya restore` again: it begins anew." in restored_twice.refusal
    assert "all equal to what was put away" in restored_twice.said
    assert not restored_twice.place.restoring.exists()


def test_the_keepers_accept_the_gap_and_the_next_origin_says_what_is_lost(country, restored):
    """The last one: the restored ledger is another one afterwards."""
    country.witness.has_seen(restored.data, country.late)
    assert compare(restored).returncode == BEHIND

    refused = himaya(restored, "restore", "--accept-gap", country.shares[0])
    assert (refused.returncode, "2 shares are needed" in refused.stderr) == (1, True)
    accepted = himaya(restored, "restore", "--accept-gap", *country.shares)

    assert accepted.returncode == 0, accepted.stderr
    assert f"to {size_in(country.late) - 1} was accepted" in accepted.stdout
    query = "SELECT facts FROM audit_entry WHERE act = 'ledger.begun_anew'"
    said = json.loads(ask(restored, query)[0][0])
    assert said["after_origin"] == Note.read(country.late).text.split("\n")[0]
    assert said["after_size"] == size_in(country.late)
    assert compare(restored).returncode == 0


def compare(place):
    command = processes.module("himaya.installation.work", "compare")
    return subprocess.run(
        command,
        env=processes.environment(place, "worker"),
        capture_output=True,
        text=True,
        check=False,
    )
