"""One installation for all tests of backups: it ran, was witnessed, and was put away."""

import hmac
import json
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from himaya.audit.notes import Note
from himaya.installation import processes, temporary
from himaya.installation.place import Place
from himaya.installation.server import server_of
from tests.factories.live import LiveVisitor
from tests.factories.witness import Body
from tests.installation.commands import eventually, himaya

STORY = "canary-story-5d1e قصة كناري"
CONTACT = "canary-contact-88c2"
LATER = "canary-later-30fa"


@dataclass(frozen=True)
class Country:
    """An installation that has stopped, and its backup from before its last report.

    early, late: its signed heads at the time of the backup, and at its end. erased: a compartment
    that is in the backup and was destroyed since, as the tombstones say.
    """

    place: Place
    backup: Path
    witness: Body
    early: str
    late: str
    erased: str

    @property
    def tombstones(self) -> Path:
        """The list of what was destroyed, as it was carried off the machine."""
        return self.backup.with_name("tombstones")

    @property
    def shares(self) -> list[str]:
        """Arguments that give enough shares of its recovery key."""
        papers = sorted(self.place.recovery_shares.iterdir())[:2]
        return [f"--share={paper}" for paper in papers]


@pytest.fixture(scope="session")
def country() -> Iterator[Country]:
    """A demonstration with a report, a backup, and another report."""
    with temporary.place() as place:
        witness = Body("elsewhere")
        backup = place.data.parent / "backup.age"
        with temporary.started(place) as running:
            witness.is_trusted_by(place.data)
            LiveVisitor(running.addresses.public).send(story=STORY, contact_how=CONTACT)
            early = head_that_covers(place, "reporting.received", 1)
            witness.has_seen(place.data, early)
            done = himaya(place, "backup", str(backup), "--json")
            assert done.returncode == 0, done.stderr
            assert json.loads(done.stdout)["entries"] > 0
            LiveVisitor(running.addresses.public).send(story=LATER)
            late = head_that_covers(place, "reporting.received", 2)
        with server_of(place).in_use():  # so that each command finds the database running
            contacts = "SELECT id FROM vault_compartment WHERE kind = 'contact' ORDER BY made_at"
            erased = str(ask(place, contacts)[0][0])
            found = Country(place, backup, witness, early, late, erased)
            found.tombstones.write_text(tombstone(place, erased))
            yield found


def ask(place: Place, query: str) -> list[tuple[object, ...]]:
    """What the database answers its superuser."""
    server = server_of(place)
    with (
        server.in_use(),
        psycopg.connect(server.administrator(), dbname=server.database) as connection,
    ):
        return connection.execute(query).fetchall()


def tombstone(place: Place, compartment: str) -> str:
    """A line as the installation writes it when it destroys a compartment."""
    said = f"himaya-tombstone/1 compartment {compartment} 2026-11-22T10:00:00.000000+00:00 request"
    key = bytes.fromhex((place.secrets / "tombstones").read_text().strip())
    return f"{said} {hmac.digest(key, said.encode(), 'sha256').hex()}\n"


def head_that_covers(place: Place, act: str, times: int) -> str:
    """The signed head, once it covers this act so many times."""
    query = f"SELECT max(index), count(*) FROM audit_entry WHERE act = '{act}'"

    def covered() -> bool:
        ((index, count),) = ask(place, query)
        signed = place.data / "checkpoint"
        return count >= times and signed.exists() and size_in(signed.read_text()) > index

    assert eventually(covered)
    return (place.data / "checkpoint").read_text()


def size_in(note: str) -> int:
    """How many entries a signed head covers."""
    return int(Note.read(note).text.split("\n")[1])


@dataclass(frozen=True)
class Restored:
    """A bare machine on which the backup was restored, at the second attempt.

    refusal: what another command said after the first attempt, which was killed. said: the words
    of the second.
    """

    place: Place
    refusal: str
    said: str


@pytest.fixture(scope="session")
def restored_twice(country: Country) -> Iterator[Restored]:
    """The country's backup on a bare machine, restored with two shares of its recovery key."""
    with temporary.place() as bare:
        kill_when(bare, "Loading the database", "restore", str(country.backup), *country.shares)
        refusal = himaya(bare, "psql", "-c", "SELECT 1").stderr
        newest = f"--tombstones={country.tombstones}"
        done = himaya(bare, "restore", str(country.backup), newest, *country.shares)
        assert done.returncode == 0, done.stderr
        with server_of(bare).in_use():
            yield Restored(bare, refusal, done.stdout)


@pytest.fixture(scope="session")
def restored(restored_twice: Restored) -> Place:
    """Where the backup was restored."""
    return restored_twice.place


def kill_when(place: Place, sentence: str, *arguments: str) -> None:
    """Run a command and kill it as soon as it says this."""
    command = processes.module("himaya", *arguments, f"--data={place.data}")
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as cut:
        for line in cut.stderr or ():
            if sentence in line:
                cut.kill()
