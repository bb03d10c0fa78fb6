"""What an older backup brings back is destroyed again; a planted line destroys nothing."""

from contextlib import contextmanager
from unittest import mock
from uuid import uuid4

import pytest
from django.apps import apps

from himaya.reporting.conversation import conversation_of
from himaya.retention.models import Tombstone
from himaya.retention.operations.mend import mend_file
from himaya.retention.operations.shred import erase_ordered
from himaya.retention.replay import Replayed, replay
from himaya.retention.tombstones import Line, bury, read
from himaya.vault.models import Compartment, Grant, Sealed
from tests.factories import endings, holding, reports
from tests.factories.catalogue import ask
from tests.factories.endings import RETENTION, YEARS_LATER, closed, filed, kinds_left, round_of
from tests.factories.moments import NOON
from tests.factories.roles import as_role
from tests.factories.threats import threat

pytestmark = pytest.mark.slow
TABLES = (
    "retention_tombstone",
    "vault_compartment",
    "vault_grant",
    "vault_sealed",
    "reporting_receipt",
    "reporting_message",
)


class Backup:
    """The rows of some tables as they are now; put back they are as an older backup has them."""

    def __init__(self):
        for table in TABLES:
            ask(f"CREATE TEMPORARY TABLE old_{table} ON COMMIT DROP AS SELECT * FROM {table}")

    def restore(self):
        """As `pg_restore` does it: no trigger runs while the rows are put in."""
        ask("SET LOCAL session_replication_role = replica")
        for table in TABLES:
            ask(f"DELETE FROM {table}")
        for table in TABLES:
            columns = ", ".join(f'"{name}"' for name in _columns(table))
            ask(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM old_{table}")
        ask("SET LOCAL session_replication_role = origin")


def _columns(table):
    (model,) = (each for each in apps.get_models() if each._meta.db_table == table)
    return [field.column for field in model._meta.concrete_fields]


def replayed(file, at=YEARS_LATER):
    with as_role("worker"):
        return replay(tombstones=file, actor=RETENTION, at=at)


@contextmanager
def without_replay():
    """As if the restore forgot to ask the file."""
    with mock.patch.dict(globals(), {"replayed": mock.Mock()}):
        yield


@threat("D4", off=without_replay)
def test_erased_persons_stay_erased_after_an_older_backup_comes_back(people, stones):
    case = closed(filed(people))
    backup = Backup()
    holding.erasure_ordered(people, case)
    with as_role("worker"):
        erase_ordered(actor=RETENTION, at=NOON)
    backup.restore()
    assert "identity" in kinds_left(case.pk)

    replayed(stones)

    assert kinds_left(case.pk, case.report_id) == set()
    assert not Grant.objects.filter(compartment__subject_id=case.pk).exists()
    grants = endings.grants_now()
    own = Sealed.objects.filter(compartment__subject_id=case.pk)
    assert [endings.opens(bytes(each.content), grants) for each in own] == [None] * len(own)


def test_a_reporters_number_and_messages_stay_gone(people, stones):
    sent = reports.send()
    endings.rated(sent.report)
    backup = Backup()
    round_of(YEARS_LATER)
    backup.restore()
    assert conversation_of(sent.receipt) is not None

    assert replayed(stones).again == 3

    assert conversation_of(sent.receipt) is None
    assert kinds_left(sent.report.pk) == set()


def test_it_may_be_done_again_and_again(people, stones):
    closed(filed(people))
    backup = Backup()
    round_of(YEARS_LATER)
    backup.restore()
    lines = len(list(read(stones)))

    assert replayed(stones) == Replayed(lines=lines, refused=0, again=lines, held=0)
    assert replayed(stones) == Replayed(lines=lines, refused=0, again=0, held=0)
    assert Tombstone.objects.count() == lines


def test_without_a_restore_there_is_nothing_to_do(people, stones):
    closed(filed(people))
    round_of(YEARS_LATER)

    assert replayed(stones).again == 0


def test_tombstones_that_came_back_without_their_shredding_are_no_hindrance(people, stones):
    closed(filed(people))
    backup = Backup()
    round_of(YEARS_LATER)
    ask("DROP TABLE old_retention_tombstone")
    ask("CREATE TEMPORARY TABLE old_retention_tombstone AS SELECT * FROM retention_tombstone")
    backup.restore()

    replay_count = replayed(stones)

    assert replay_count.again == replay_count.lines > 4


def test_what_a_hold_keeps_is_left_alone_and_counted(people, stones):
    case = closed(filed(people))
    backup = Backup()
    round_of(YEARS_LATER)
    backup.restore()
    holding.held(people, case.pseudonym)

    result = replayed(stones)

    assert (result.again, result.held) == (0, result.lines)
    assert "health" in kinds_left(case.pk)


def test_what_was_made_after_the_backup_is_passed_over(people, stones):
    bury([Line("compartment", uuid4(), NOON, "time")])

    assert replayed(stones) == Replayed(lines=1, refused=0, again=0, held=0)


@contextmanager
def believing_every_line():
    """As if the MAC were not looked at."""
    with mock.patch("himaya.retention.tombstones.hmac.compare_digest", return_value=True):
        yield


@threat("D4", off=believing_every_line)
def test_a_planted_line_destroys_nothing(people, stones):
    """Whoever can write to the file, or hands over their own, must not be able to erase a case."""
    case = filed(people)
    part = Compartment.objects.get(subject_id=case.pk, kind="health")
    stones.write_text(
        f"himaya-tombstone/1 compartment {part.pk} 2026-11-22T12:00:00.000000+00:00 time"
        f" {'ab' * 32}\n"
    )

    result = replayed(stones)

    assert (result.refused, result.again) == (1, 0)
    assert "health" in kinds_left(case.pk)


@pytest.mark.parametrize(
    "change",
    [
        lambda line: line.replace("time", "request"),
        lambda line: line.replace("compartment", "conversation"),
        lambda line: line[:-2],
        lambda line: line.replace("2037", "2036"),
        lambda line: "ÿ" + line,
        lambda line: "himaya-tombstone/1",
        lambda line: "\0" * 40,
    ],
)
def test_a_line_that_was_changed_or_cut_is_passed_over(stones, change):
    bury([Line("compartment", uuid4(), YEARS_LATER, "time")])
    bury([Line("compartment", uuid4(), YEARS_LATER, "time")])
    first, second = stones.read_text().splitlines()
    stones.write_text(f"{change(first)}\n{second}\n")

    assert [line is not None for line in read(stones)] == [False, True]


def test_a_line_half_written_does_not_swallow_the_next(stones):
    first, second = (Line("compartment", uuid4(), NOON, "time") for _ in range(2))
    bury([first])
    stones.write_text(stones.read_text()[:-20])

    bury([second])

    assert list(read(stones)) == [None, second]


def test_no_file_is_no_tombstone(tmp_path):
    assert list(read(tmp_path / "none")) == []


def test_the_worker_writes_lines_again_that_somebody_took_out(people, stones):
    closed(filed(people))
    round_of(YEARS_LATER)
    whole = stones.read_text()
    stones.write_text("\n".join(whole.splitlines()[2:]) + "\n")

    with as_role("worker"):
        assert mend_file(actor=RETENTION, at=YEARS_LATER) == 2
        assert mend_file(actor=RETENTION, at=YEARS_LATER) == 0
    assert sorted(stones.read_text().splitlines()) == sorted(whole.splitlines())


def test_a_line_is_on_disk_before_anything_is_destroyed(people, stones):
    closed(filed(people))
    seen = []

    def watched(*, compartment_ids, at):
        written = {line.target_id for line in read(stones) if line}
        seen.append(set(compartment_ids) <= written)
        raise KeyboardInterrupt

    with mock.patch("himaya.retention.destroying.shred", watched), pytest.raises(KeyboardInterrupt):
        round_of(YEARS_LATER)
    assert seen == [True]
