"""The real database stops under a running site: reports arrive all the same, each once."""

import json
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import psycopg
import pyrage
import pytest
from psycopg.conninfo import make_conninfo

from himaya.installation import temporary
from himaya.installation.postgres.cluster import Cluster
from himaya.installation.temporary import Running
from himaya.vault.files import File
from himaya.vault.padding import unpad
from tests.factories import envelopes
from tests.factories.wire import Reporter

pytestmark = [pytest.mark.slow, pytest.mark.machine("patience")]

LONG = 60.0  # seconds that something may take
REPORTERS = 2  # of each kind
COUNTS = """SELECT (SELECT count(*) FROM reporting_report),
    (SELECT count(*) FROM audit_entry WHERE act = 'reporting.received')
    + (SELECT count(*) FROM audit_pending WHERE act = 'reporting.received')"""
FILES = "SELECT content FROM vault_sealed WHERE name = 'file'"


@pytest.fixture(scope="module")
def running() -> Iterator[Running]:
    """An installation of this test's own."""
    with temporary.installation() as found:
        yield found


@pytest.fixture
def lines() -> Iterator[list[Reporter]]:
    """Who came, so that each line is closed."""
    found: list[Reporter] = []
    yield found
    for each in found:
        each.line.close()


def until(what: Callable[[], bool]) -> None:
    """Wait for something, but not for ever."""
    patience = time.monotonic() + LONG
    while not what():
        assert time.monotonic() < patience
        time.sleep(0.1)


@contextmanager
def database_stopped(running: Running) -> Iterator[None]:
    """PostgreSQL ends in order, and `up`, held by a signal, does not start it again."""
    cluster = Cluster(running.place.postgres)
    os.kill(running.process.pid, signal.SIGSTOP)
    try:
        pid = int((cluster.data / "postmaster.pid").read_text().split("\n", 1)[0])
        os.kill(pid, signal.SIGINT)
        until(lambda: not cluster.is_running())
        yield
    finally:
        os.kill(running.process.pid, signal.SIGCONT)


def ask(running: Running, query: str) -> list[tuple[object, ...]]:
    """What the database has, when it is there."""
    dsn = (running.place.secrets / "dsn-superuser").read_text()
    here = make_conninfo(dsn, host=str(Cluster(running.place.postgres).socket), dbname="himaya")
    with psycopg.connect(here) as connection:
        return connection.execute(query).fetchall()


def waiting(running: Running) -> list[str]:
    """What waits on the disk."""
    return sorted(path.name for path in (running.place.data / "spool").glob("*.report"))


@dataclass
class Sent:
    """A report that was acknowledged: how it can be pressed again, and what it must hold."""

    reporter: Reporter
    fields: dict[str, str]
    files: dict[str, bytes]
    receipt: str
    secret: str = ""
    picture: File = field(default_factory=lambda: File("p.jpg", "image/jpeg", os.urandom(20_000)))

    def again(self) -> str:
        """The button pressed once more."""
        self.reporter.line.close()  # a site ends a line on which nothing came for long
        return self.reporter.receipt(self.fields, self.files)


def without_script(port: int) -> Sent:
    """Somebody whose words and file come in clear."""
    reporter = Reporter(port)
    sent = Sent(
        reporter, reporter.to_the_last_page(), {"file": b"\xff\xd8\xff" + os.urandom(9000)}, ""
    )
    sent.receipt = sent.again()
    return sent


def with_script(port: int) -> Sent:
    """Somebody whose browser seals, to the keys that the page gives it now."""
    reporter = Reporter(port)
    fields = reporter.to_the_last_page(seals="1", story="", contact_how="")
    sent = Sent(reporter, fields, {}, "")
    readers = [(key_id, key) for key_id, key in json.loads(reporter.keys())]
    things = [("story", b"Words."), ("file", sent.picture.to_bytes())]
    narrative = envelopes.part(readers, things)
    contact = envelopes.part(readers, [("contact", b"{}")])
    sent.secret = str(narrative["secret"])
    sent.files = {"envelope": envelopes.packed({"narrative": narrative, "contact": contact})}
    sent.receipt = sent.again()
    return sent


def opens(sent: Sent, sealed: list[tuple[object, ...]]) -> bool:
    """Whether one of the sealed files is the picture that was sent."""
    identity = pyrage.x25519.Identity.from_str(sent.secret)
    for (content,) in sealed:
        try:
            opened = pyrage.decrypt(bytes(content), [identity])  # type: ignore[call-overload]
        except pyrage.DecryptError:
            continue
        return File.from_bytes(unpad(opened)).content == sent.picture.content
    return False


def test_what_arrives_while_postgresql_is_stopped_is_there_once_when_it_is_back(running, lines):
    port = running.addresses.public_port
    before = ask(running, COUNTS)[0]

    with database_stopped(running):
        sent = [make(port) for make in (without_script, with_script) for _each in range(REPORTERS)]
        lines.extend(each.reporter for each in sent)
        assert all(each.receipt for each in sent)
        assert [each.again() for each in sent] == [each.receipt for each in sent]
        assert len(waiting(running)) == len(sent)

    until(lambda: not waiting(running))
    assert [each.again() for each in sent] == [each.receipt for each in sent]
    after = ask(running, COUNTS)[0]
    assert [now - then for now, then in zip(after, before, strict=True)] == [len(sent)] * 2
    sealed = ask(running, FILES)
    assert all(opens(each, sealed) for each in sent if each.secret)
    assert list((running.place.data / "spool").glob("*.broken")) == []


def test_without_a_disk_either_nobody_is_thanked(running, lines):
    before = ask(running, COUNTS)[0]
    spool = running.place.data / "spool"

    with database_stopped(running):
        spool.rename(spool.with_name("elsewhere"))
        spool.write_text("no directory any more")
        sent = without_script(running.addresses.public_port)
        lines.append(sent.reporter)
        spool.unlink()
        spool.with_name("elsewhere").rename(spool)

    assert sent.receipt == ""
    until(Cluster(running.place.postgres).is_running)
    time.sleep(3)
    assert ask(running, COUNTS)[0] == before
