"""What a database administrator can look into beside the tables: statistics, temporary files, the
list of statements, the log of changes, and the memory of a server process."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from secrets import token_hex
from unittest import mock

import pytest
from django.db import connection

from himaya.installation.postgres.cluster import Cluster
from himaya.installation.postgres.programs import programs_for
from himaya.vault.padding import pad
from tests.factories.canary import files_below, look_for
from tests.factories.catalogue import ask
from tests.factories.desks import make_desks
from tests.factories.memory import core_of
from tests.factories.threats import threat
from tests.factories.visitor import Visitor, a_file

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
Places = Iterator[tuple[str, bytes]]


@contextmanager
def nothing_is_sealed() -> Iterator[None]:
    """A seal that seals nothing: what is stored has its length, and its words."""
    with mock.patch("himaya.reporting.sealing.sealed_to", lambda _keys, content: pad(content)):
        yield


def a_report_comes_in() -> list[str]:
    """Send one; returns its words, which nobody said before: the server forgets slowly."""
    make_desks(pnc_intake="intake_officer")
    story, contact, file = (f"canary-{token_hex(8)}-{last}" for last in ("قصة", "how", "file"))
    Visitor().send(story=story, contact_how=contact, file=a_file(file.encode()))
    return [story, contact, file]


def kept(cluster: Cluster) -> Places:
    """Everything that lies on the disk, and everything that the server tells of itself."""
    # A sort that has no room writes temporary files; the log of changes first, then the tables.
    ask("SET work_mem = '64kB'")
    ask("SELECT count(*) FROM (SELECT content, random() FROM vault_sealed ORDER BY 1, 2) x")
    ask("SELECT pg_switch_wal()")
    yield from files_below(cluster.data / "pg_wal")
    ask("CHECKPOINT")
    yield from files_below(cluster.data)
    ask("ANALYZE")
    for view in ("pg_stats", "pg_stat_activity", "pg_stat_user_tables", "pg_stats_ext"):
        told = ask(f"SELECT coalesce(string_agg(t::text, ' '), '') FROM {view} t")
        yield view, str(told[0][0]).encode()
    yield (
        "pg_statistic",
        str(ask("SELECT stavalues1::text, stavalues2::text FROM pg_statistic")).encode(),
    )
    if ask("SELECT 1 FROM pg_available_extensions WHERE name = 'pg_stat_statements'"):
        shown = ask("SELECT count(*) FROM pg_extension WHERE extname = 'pg_stat_statements'")
        assert shown == [(0,)], "then its statements must be searched too"
    yield "dump", _dump(cluster)


def _dump(cluster: Cluster) -> bytes:
    program = programs_for(cluster.account) / "pg_dump"
    database = cluster.dsn(database=connection.settings_dict["NAME"])
    command = [program, "--inserts", f"--dbname={database}"]
    how = cluster.account.how()
    return subprocess.run(command, check=True, capture_output=True, cwd="/", **how).stdout


@threat("B6", off=nothing_is_sealed)
def test_nothing_that_the_database_keeps_or_tells_of_holds_a_reporters_words(
    reporters_site, cluster
):
    words = a_report_comes_in()

    found = look_for(words, kept(cluster))

    assert found.places == []
    assert found.looked_at > 10_000_000


@threat("B6", off=nothing_is_sealed)
@pytest.mark.machine("gcore")
def test_the_memory_of_the_servers_process_holds_no_word_either(reporters_site, tmp_path):
    """The process that took in every statement of the report, dumped as an administrator would."""
    words = a_report_comes_in()
    ((process,),) = ask("SELECT pg_backend_pid()")

    found = look_for(words, [("memory", core_of(int(str(process)), tmp_path))])

    assert found.places == []
    assert found.looked_at > 1_000_000
