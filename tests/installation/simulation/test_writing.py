"""Invented rows: the same for a seed, whoever tells them; checked though they are copied in past
all that usually checks; the words of the first ones really sealed."""

from collections import Counter
from io import BytesIO
from random import Random

import pytest
from django.db import connection

from himaya.cases.models import Case, TrackState
from himaya.consent.models import Consent
from himaya.identification.models import Screening
from himaya.installation.failure import Failure
from himaya.installation.simulation import ground
from himaya.installation.simulation.content import WANTED, seal_some
from himaya.installation.simulation.frames import chunks_in, put_chunk, put_wanted, wanted_in
from himaya.installation.simulation.ground import opened_wide
from himaya.installation.simulation.telling import TABLES, Teller, Wanted
from himaya.referrals.models import Referral
from himaya.reporting.models import Report
from himaya.statistics.models import CaseFact
from himaya.vault.models import Sealed
from tests.factories.endings import grants_now, opens
from tests.factories.moments import NOON

pytestmark = pytest.mark.slow
PREFIX = "0a0b0c0d"
COUNT = 120


def wanted(**changes):
    known = {
        "count": COUNT, "seed": 5, "now": NOON, "prefix": PREFIX, "tail": "1" * 15, "taken": (),
    }  # fmt: skip
    return Wanted(**(known | changes))


def copied(blocks):
    with connection.connection.cursor() as cursor:
        return sum(block.copy(cursor) for block in blocks)


def indexes():
    """Every index and constraint, by name: what an index forbids PostgreSQL may write another way
    when it was made from its own description."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, i.indisunique, i.indpred IS NULL, i.indkey::text FROM pg_index i"
            " JOIN pg_class c ON c.oid = i.indexrelid WHERE i.indisvalid"
        )
        found = set(cursor.fetchall())
        cursor.execute(
            "SELECT conname, conrelid, pg_get_constraintdef(oid), '' FROM pg_constraint"
            " WHERE contype <> 'n'"
        )
        return found | set(cursor.fetchall())


@pytest.fixture
def simulated(people, monkeypatch):
    """A small country, written as a large one is."""
    monkeypatch.setattr(ground, "FEW", 0)
    with opened_wide(connection.connection, TABLES, rows=COUNT, prefix=PREFIX):
        copied(Teller(wanted()).chunk(0))


def test_the_same_seed_tells_the_same_rows_and_another_seed_others(people):
    told, again = Teller(wanted()).chunk(0), Teller(wanted()).chunk(0)
    other = Teller(wanted(seed=6)).chunk(0)

    assert told == again
    assert [block.lines for block in other] != [block.lines for block in told]


def test_who_has_told_another_chunk_before_tells_this_one_alike(people):
    busy, fresh = Teller(wanted(count=1100)), Teller(wanted(count=1100))
    busy.chunk(0)

    assert busy.chunk(1000) == fresh.chunk(1000)


def test_rows_arrive_as_they_were_told(people):
    stream = BytesIO()
    told = Teller(wanted()).chunk(0)
    put_wanted(stream, wanted(taken=("KD-4827",)), 1, 2)
    put_chunk(stream, told)
    put_chunk(stream, told)
    stream.seek(0)

    assert wanted_in(stream) == (wanted(taken=("KD-4827",)), 1, 2)
    assert list(chunks_in(stream)) == [told, told]


def test_everything_that_belongs_to_a_case_is_there(simulated):
    ours = Case.objects.all()

    assert ours.count() == COUNT
    assert CaseFact.objects.count() == Screening.objects.count() == COUNT
    assert set(TrackState.objects.values_list("case", flat=True)) == set(
        ours.values_list("pk", flat=True)
    )
    web = ours.filter(channel="web")
    assert web.filter(report__state=Report.State.LINKED).count() == web.count() > 0
    assert Consent.objects.filter(pk__in=Referral.objects.values("consent")).exists()


def test_sexes_of_the_cases_are_those_of_the_facts(simulated):
    cases = Counter(Case.objects.values_list("sex", flat=True))

    assert cases == Counter(CaseFact.objects.values_list("sex", flat=True))


def test_every_index_and_constraint_stands_again(people, monkeypatch):
    monkeypatch.setattr(ground, "FEW", 0)
    before = indexes()

    with opened_wide(connection.connection, TABLES, rows=COUNT, prefix=PREFIX):
        meanwhile = indexes()

    assert len(meanwhile) < len(before)
    assert indexes() == before


def test_few_rows_are_added_without_taking_an_index_away(people):
    before = indexes()

    with opened_wide(connection.connection, TABLES, rows=COUNT, prefix=PREFIX):
        assert indexes() == before


def test_a_row_that_points_nowhere_is_refused(people):
    blocks = [each for each in Teller(wanted()).chunk(0) if each.table != "cases_person"]

    with (
        pytest.raises(Failure, match=r"cases_case.person_id points at rows that are not there"),
        opened_wide(connection.connection, TABLES, rows=COUNT, prefix=PREFIX),
    ):
        copied(blocks)


def test_a_user_whom_policies_hold_is_told_so(people):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE himaya_owner")

    with (
        pytest.raises(Failure, match="must be a superuser"),
        opened_wide(connection.connection, TABLES, rows=COUNT, prefix=PREFIX),
    ):
        raise AssertionError("nothing is written")


def test_the_words_of_the_last_opened_cases_open_with_their_desks_key(simulated, people):
    number = seal_some(PREFIX, 3, chance=Random(1), at=NOON, progress=lambda done: None)
    last = Case.objects.order_by("-opened_at", "-id")[:3]

    assert number == 3
    found = {
        opens(bytes(each.content), grants_now())
        for each in Sealed.objects.filter(compartment__subject_id__in=[case.pk for case in last])
    }
    assert found & {wish.encode() for wish in WANTED}
    assert len({word for word in found if word.startswith(b"Invented Person ")}) == 3
