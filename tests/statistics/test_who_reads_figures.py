"""What each database role may do with facts and published figures. The database itself says no."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import ProgrammingError, connection, transaction

from himaya.kernel.access import job
from himaya.statistics.models import CaseFact, ImportedFact, ImportedFile, PublishedFigure
from himaya.statistics.operations import replace_fact, store_file
from himaya.statistics.reading.incoming import read_ctdc, read_glotip
from tests.factories.facts import PRESUMED, make_facts
from tests.factories.moments import NOON
from tests.factories.published import ctdc_file, glotip_file

pytestmark = pytest.mark.django_db
TABLES = (CaseFact, ImportedFile, ImportedFact, PublishedFigure)
REFUSED = pytest.raises(ProgrammingError, match=r"permission denied|row-level security")


@contextmanager
def role(name: str, permissions: str = "") -> Iterator[None]:
    """Be this database role for a while, with an officer's permissions if it is the staff's."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE himaya_{name}")
        cursor.execute("SELECT set_config('himaya.permissions', %s, true)", [permissions])
        yield
        cursor.execute("RESET ROLE")


@pytest.fixture(autouse=True)
def rows_in_every_table() -> None:
    make_facts()
    for incoming in (
        read_ctdc(ctdc_file(), latest_year=2026),
        read_glotip(glotip_file(), latest_year=2026),
    ):
        store_file(actor=job("import"), at=NOON, name="file.csv", incoming=incoming)


@pytest.mark.parametrize("table", TABLES)
def test_officers_read_with_the_permission_and_see_no_row_without(table: type[CaseFact]) -> None:
    with role("staff", "case.read,figures.read"):
        assert table.objects.exists()
    for permissions in ("", "case.read,report.read", "meeting.record"):
        with role("staff", permissions):
            assert not table.objects.exists()


@pytest.mark.parametrize("table", TABLES)
def test_the_figures_role_reads_every_row(table: type[CaseFact]) -> None:
    with role("figures"):
        assert table.objects.exists()


@pytest.mark.parametrize("table", TABLES)
def test_the_reporters_site_may_not_even_ask(table: type[CaseFact]) -> None:
    with REFUSED, role("public"):
        table.objects.exists()


@pytest.mark.parametrize("table", TABLES)
def test_the_worker_compares_rows_with_the_ledger(table: type[CaseFact]) -> None:
    with role("worker"):
        assert table.objects.exists()


# The worker alone takes away the facts of a case that was merged into another.
@pytest.mark.parametrize(
    ("name", "table"),
    [
        (name, table)
        for name in ("public", "staff", "worker", "figures")
        for table in TABLES
        if (name, table) != ("worker", CaseFact)
    ],
)
def test_nobody_else_removes_a_row(name: str, table: type[CaseFact]) -> None:
    with REFUSED, role(name, "figures.read"), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table._meta.db_table}")


@pytest.mark.parametrize("name", ["public", "staff", "figures"])
def test_only_the_worker_changes_facts(name: str) -> None:
    with REFUSED, role(name, "figures.read"), connection.cursor() as cursor:
        cursor.execute("UPDATE statistics_casefact SET lawsuit = true")


@pytest.mark.parametrize("name", ["public", "staff", "worker", "figures"])
@pytest.mark.parametrize("table", TABLES[1:])
def test_nobody_changes_what_was_imported(name: str, table: type[ImportedFact]) -> None:
    with REFUSED, role(name, "figures.read"), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table._meta.db_table} SET id = gen_random_uuid()")


def test_the_worker_makes_and_replaces_facts() -> None:
    case_id = uuid.uuid4()
    with role("worker"):
        for fact in (PRESUMED, PRESUMED):
            replace_fact(actor=job("facts"), at=NOON, case_id=case_id, fact=fact)
    assert CaseFact.objects.count() == 2


def test_the_figures_role_imports_files() -> None:
    incoming = read_ctdc(ctdc_file("2016,Male,,NP,,,QA"), latest_year=2026)
    with role("figures"):
        tally = store_file(actor=job("import"), at=NOON, name="file.csv", incoming=incoming)
    assert tally.stored == 1
    assert ImportedFact.objects.filter(country="QAT").exists()


@pytest.mark.parametrize("name", ["staff", "worker", "public"])
def test_no_other_role_imports_files(name: str) -> None:
    incoming = read_ctdc(ctdc_file("2016,Male,,NP,,,QA"), latest_year=2026)
    with REFUSED, role(name, "figures.read"):
        store_file(actor=job("import"), at=NOON, name="file.csv", incoming=incoming)


def test_without_the_policy_every_officer_would_see_the_facts() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE statistics_casefact DISABLE ROW LEVEL SECURITY")
    with role("staff"):
        assert CaseFact.objects.exists()
