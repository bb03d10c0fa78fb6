"""Storing a published file: whole or not at all, once, and with one line in the ledger."""

import json
from unittest import mock

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from himaya.audit.models import Pending
from himaya.kernel.access import job
from himaya.statistics.models import ImportedFact, ImportedFile, PublishedFigure
from himaya.statistics.operations import Tally, store_file
from himaya.statistics.reading.incoming import read_ctdc, read_glotip
from himaya.statistics.roots import is_untouched
from tests.factories.moments import NOON
from tests.factories.published import PERSON, ctdc_file, glotip_file, glotip_row

pytestmark = pytest.mark.django_db
BAD = "2016,Female,30--38,XX,1.0,0.0,KW"


def bring_in(content: bytes, name: str = "file.csv") -> Tally:
    reader = read_glotip if b"txtVALUE" in content else read_ctdc
    incoming = reader(content, latest_year=2026)
    return store_file(actor=job("import"), at=NOON, name=name, incoming=incoming)


def numbers(tally: Tally) -> tuple[int, int, int, int]:
    return tally.read, tally.stored, tally.duplicate, tally.rejected


def test_good_lines_are_kept_bad_ones_listed_and_none_stored_twice() -> None:
    content = ctdc_file(PERSON, BAD, PERSON)

    first, second = bring_in(content), bring_in(content, "renamed.csv")

    assert numbers(first) == (3, 2, 0, 1)
    assert numbers(second) == (3, 0, 2, 1)
    assert [bad.line for bad in first.rejections] == [bad.line for bad in second.rejections] == [3]
    assert ImportedFact.objects.count() == 2
    assert list(ImportedFact.objects.order_by("line").values_list("line", flat=True)) == [2, 4]


def test_another_file_with_the_same_content_of_rows_is_another_file() -> None:
    bring_in(ctdc_file(PERSON))
    assert numbers(bring_in(ctdc_file(PERSON, PERSON))) == (2, 2, 0, 0)
    assert ImportedFact.objects.count() == 3


def test_a_repeated_line_of_unodcs_table_is_stored_once() -> None:
    content = glotip_file(glotip_row(), glotip_row(), glotip_row(txtVALUE="<5", Year="2016"))

    assert numbers(bring_in(content)) == (3, 2, 1, 0)
    assert numbers(bring_in(content)) == (3, 0, 3, 0)
    assert PublishedFigure.objects.get(below5=True).value is None


def test_a_file_without_one_good_line_leaves_nothing_behind() -> None:
    assert numbers(bring_in(ctdc_file(BAD, BAD))) == (2, 0, 0, 2)
    assert not ImportedFile.objects.exists()
    assert not Pending.objects.exists()


def test_the_file_remembers_where_it_came_from() -> None:
    bring_in(glotip_file(), "data_glotip.csv")
    file = ImportedFile.objects.get()
    assert (file.name, file.kind, file.period, file.imported_at) == (
        "data_glotip.csv",
        "glotip",
        "2017",
        NOON,
    )
    assert file.source.startswith("UNODC")


def test_one_entry_of_the_ledger_stands_for_all_rows() -> None:
    bring_in(ctdc_file(PERSON, PERSON, BAD))
    bring_in(ctdc_file(PERSON, PERSON, BAD))

    (act,) = Pending.objects.all()
    file = ImportedFile.objects.get()
    facts = json.loads(act.facts)
    assert (act.act, act.actor_name, act.subject_id) == (
        "statistics.file_imported",
        "import",
        file.pk,
    )
    assert facts == {
        "sha256": file.sha256,
        "root": bytes(file.root).hex(),
        "rows": 2,
        "rejected": 1,
    }
    assert json.loads(act.rows)[0][:2] == ["statistics_importedfile", str(file.pk)]


@pytest.mark.parametrize(
    "by_hand",
    [
        "UPDATE statistics_importedfact SET country = 'QAT' WHERE line = 2",
        "UPDATE statistics_importedfact SET observed = '{means.threats}' WHERE line = 3",
        "DELETE FROM statistics_importedfact WHERE line = 3",
        "UPDATE statistics_importedfact SET line = 9 WHERE line = 3",
    ],
)
def test_a_row_changed_by_hand_no_longer_fits_the_root(by_hand: str) -> None:
    bring_in(ctdc_file(PERSON, PERSON))
    file = ImportedFile.objects.get()
    assert is_untouched(file)

    with connection.cursor() as cursor:
        cursor.execute(by_hand)

    assert not is_untouched(file)


def test_a_published_value_changed_by_hand_no_longer_fits_the_root() -> None:
    bring_in(glotip_file())
    assert is_untouched(ImportedFile.objects.get())
    PublishedFigure.objects.update(value=480)
    assert not is_untouched(ImportedFile.objects.get())


def test_an_import_that_breaks_half_way_leaves_nothing() -> None:
    with (
        mock.patch("himaya.statistics.operations.record", side_effect=DatabaseError),
        pytest.raises(DatabaseError),
    ):
        bring_in(ctdc_file(PERSON, PERSON))
    assert not ImportedFile.objects.exists()
    assert not ImportedFact.objects.exists()


def test_the_database_itself_refuses_a_line_twice_and_a_file_that_does_not_add_up() -> None:
    bring_in(ctdc_file(PERSON))
    fact, file = ImportedFact.objects.get(), ImportedFile.objects.get()
    fact.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        fact.save(force_insert=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        ImportedFile.objects.filter(pk=file.pk).update(stored=5)
