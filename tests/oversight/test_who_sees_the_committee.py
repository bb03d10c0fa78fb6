"""What the officers' database role may do with the committee's record."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import ProgrammingError, connection, transaction

from himaya.oversight import operations
from himaya.oversight.models import Action, AgendaItem, Decision, Meeting
from tests.factories.committee import SECRETARY, make_action
from tests.factories.moments import NOON

pytestmark = pytest.mark.django_db
TABLES = (Meeting, AgendaItem, Decision, Action)
REFUSED = pytest.raises(ProgrammingError, match=r"permission denied|row-level security")


@contextmanager
def role(name: str, permissions: str = "") -> Iterator[None]:
    """Be this database role for a while, with an officer's permissions."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE himaya_{name}")
        cursor.execute("SELECT set_config('himaya.permissions', %s, true)", [permissions])
        yield
        cursor.execute("RESET ROLE")


@pytest.fixture(autouse=True)
def action() -> Action:
    return make_action()


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize(
    ("permissions", "seen"),
    [
        ("figures.read", True),
        ("meeting.record", True),
        ("case.read,report.read", False),
        ("", False),
    ],
)
def test_the_record_is_read_with_one_of_two_permissions(
    table: type[Meeting], permissions: str, seen: bool
) -> None:
    with role("staff", permissions):
        assert table.objects.exists() is seen


def test_with_the_permission_everything_is_recorded_and_done() -> None:
    with role("staff", "meeting.record"):
        second = operations.record_meeting(
            actor=SECRETARY, at=NOON, number="5", held_on=NOON.date(), place="Here", agenda=["A"]
        )
        decision = operations.record_decision(
            actor=SECRETARY,
            at=NOON,
            today=NOON.date(),
            meeting_id=second.pk,
            number="1",
            text="Yes",
        )
        due = operations.record_action(
            actor=SECRETARY,
            at=NOON,
            decision_id=decision.pk,
            agency_id=Action.objects.values_list("agency_id", flat=True)[0],
            what="Do it",
            due_on=NOON.date(),
        )
        operations.finish_action(actor=SECRETARY, at=NOON, action_id=due.pk)
    assert Action.objects.filter(done_at=NOON).count() == 1


def test_who_only_reads_records_nothing_even_past_the_code() -> None:
    with REFUSED, role("staff", "figures.read"):
        Meeting(number="5", held_on=NOON.date(), place="Here").save(force_insert=True)


def test_who_only_reads_marks_nothing_as_done_even_past_the_code() -> None:
    with role("staff", "figures.read"):
        assert Action.objects.update(done_at=NOON) == 0


@pytest.mark.parametrize(
    "by_hand",
    [
        "UPDATE oversight_action SET what = 'Something else'",
        "UPDATE oversight_action SET due_on = '2030-01-01'",
        "UPDATE oversight_decision SET text = 'Something else'",
        "UPDATE oversight_meeting SET held_on = '2020-01-01'",
        "DELETE FROM oversight_action",
        "DELETE FROM oversight_decision",
    ],
)
def test_nobody_rewrites_what_was_decided(by_hand: str) -> None:
    with (
        REFUSED,
        role("staff", "figures.read,meeting.record"),
        connection.cursor() as cursor,
    ):
        cursor.execute(by_hand)


@pytest.mark.parametrize("name", ["public", "figures"])
@pytest.mark.parametrize("table", TABLES)
def test_no_other_role_comes_here(name: str, table: type[Meeting]) -> None:
    with REFUSED, role(name, "figures.read,meeting.record"):
        table.objects.exists()


@pytest.mark.parametrize("table", TABLES)
def test_the_worker_compares_rows_with_the_ledger_and_changes_none(table: type[Meeting]) -> None:
    with role("worker"):
        assert table.objects.exists()
    with REFUSED, role("worker"), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table._meta.db_table}")


def test_without_the_policy_every_officer_would_see_the_record() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE oversight_decision DISABLE ROW LEVEL SECURITY")
    with role("staff"):
        assert Decision.objects.exists()
