"""Two people import the same file at the same moment."""

from threading import Event, Thread
from unittest import mock

import pytest
from django.db import IntegrityError, connection, transaction

from himaya.kernel.access import job
from himaya.statistics.models import ImportedFact, ImportedFile
from himaya.statistics.operations import Tally, store_file
from himaya.statistics.reading.incoming import read_ctdc
from tests.factories.moments import NOON
from tests.factories.published import PERSON, ctdc_file

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
INCOMING = read_ctdc(ctdc_file(*[PERSON] * 20), latest_year=2026)


def bring_in() -> Tally:
    return store_file(actor=job("import"), at=NOON, name="file.csv", incoming=INCOMING)


def what_the_second_gets() -> list[Tally | IntegrityError]:
    """The second begins while the first has stored its rows and not committed yet."""
    first_has_stored, first_may_commit = Event(), Event()
    got: list[Tally | IntegrityError] = []

    def first() -> None:
        with transaction.atomic():
            bring_in()
            first_has_stored.set()
            first_may_commit.wait(10)
        connection.close()

    def second() -> None:
        first_has_stored.wait(10)
        try:
            got.append(bring_in())
        except IntegrityError as error:
            got.append(error)
        connection.close()

    threads = [Thread(target=first), Thread(target=second)]
    for thread in threads:
        thread.start()
    first_has_stored.wait(10)
    threads[1].join(0.3)
    assert got == []  # it waits for the first
    first_may_commit.set()
    for thread in threads:
        thread.join(10)
    return got


def test_the_second_waits_and_finds_every_line_stored() -> None:
    (tally,) = what_the_second_gets()

    assert isinstance(tally, Tally)
    assert (tally.read, tally.stored, tally.duplicate) == (20, 0, 20)
    assert (ImportedFile.objects.count(), ImportedFact.objects.count()) == (1, 20)


def test_without_the_lock_the_second_breaks_on_the_constraint() -> None:
    with mock.patch("himaya.statistics.operations._wait_for_others"):
        (error,) = what_the_second_gets()

    assert isinstance(error, IntegrityError)
    assert (ImportedFile.objects.count(), ImportedFact.objects.count()) == (1, 20)
