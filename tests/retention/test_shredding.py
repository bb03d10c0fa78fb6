"""What is over is destroyed, by the country's rules, and nobody opens it again."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from himaya.packs.loader import current
from himaya.reporting.conversation import conversation_of
from himaya.reporting.models import Message, Receipt
from himaya.retention.models import Forecast, Tombstone
from himaya.retention.operations.foresee import foresee
from himaya.retention.operations.shred import shred_due
from himaya.vault.models import Compartment, Grant, Sealed
from himaya.vault.shred import shred
from tests.factories import endings, journey, reports
from tests.factories.catalogue import ask
from tests.factories.endings import RETENTION, YEARS_LATER, closed, filed, kinds_left, round_of
from tests.factories.ledger import acts
from tests.factories.moments import NOON
from tests.factories.roles import as_role

pytestmark = pytest.mark.slow
MONTH = timedelta(days=31)
DAYS = timedelta(days=10)
WHOLE_CASE = {"identity", "contact", "needs", "health", "screening"}


def test_nothing_of_an_open_case_is_destroyed_however_old_it_is(people):
    case = filed(people)

    assert round_of(YEARS_LATER) == 0
    assert "identity" in kinds_left(case.pk)


@pytest.mark.parametrize(
    ("after", "left_of_case", "left_of_report"),
    [
        (12 * MONTH - DAYS, WHOLE_CASE, {"narrative", "contact"}),
        (13 * MONTH, {"identity", "screening"}, {"narrative"}),
        (37 * MONTH, {"identity"}, set()),
        (timedelta(days=365 * 11), {"identity"}, set()),  # somebody must look at it first
    ],
)  # fmt: skip
def test_each_kind_of_content_goes_when_its_own_rule_says(
    people, after, left_of_case, left_of_report
):
    case = closed(filed(people))

    round_of(NOON + after)

    assert kinds_left(case.pk) == left_of_case
    assert kinds_left(case.report_id) == left_of_report


def test_the_time_is_over_with_the_last_second_of_its_last_day(people):
    """Closed at 15:00 of 22 November 2026 in Kuwait; twelve months, by the country's clock."""
    closed(filed(people))
    last = NOON.replace(year=2027, hour=20, minute=59, second=58)

    assert round_of(last) == 0
    assert round_of(last + timedelta(seconds=1)) > 0


def test_every_compartment_of_a_persons_way_has_a_rule(people):
    """A part that no rule ends would be kept for ever, without anybody having wanted it."""
    case = closed(filed(people))
    journey.consented(people, journey.opened(people))
    ruled = {(rule.of, kind) for rule in current().retention for kind in rule.kinds}

    found = {("case", kind) for kind in kinds_left(case.pk)}
    found |= {("report_of_case", kind) for kind in kinds_left(case.report_id)}

    assert len(found) == 7
    assert found <= ruled


def test_a_report_that_did_not_become_a_case_goes_with_its_number_and_its_messages(people):
    sent = reports.send()
    endings.rated(sent.report)
    assert conversation_of(sent.receipt) is not None

    assert round_of(NOON + 13 * MONTH) == 2

    assert kinds_left(sent.report.pk) == set()
    assert conversation_of(sent.receipt) is None
    assert not Receipt.objects.filter(report=sent.report).exists()
    assert not Message.objects.filter(report=sent.report).exists()


def test_a_report_that_nobody_has_read_is_never_destroyed(people):
    sent = reports.send()

    assert round_of(YEARS_LATER) == 0
    assert kinds_left(sent.report.pk) == {"narrative", "contact"}


def test_what_is_destroyed_opens_with_no_key_of_anybody_nor_in_an_older_copy(people):
    case = closed(filed(people))
    before, copied = endings.sealed_now(), endings.grants_now()
    secret = endings.SECRET.encode()
    assert [each for each in before.values() if endings.opens(each, copied) == secret]

    round_of(YEARS_LATER)

    gone = set(Compartment.objects.exclude(shredded_at=None).values_list("pk", flat=True))
    assert len(gone) > 4
    assert not Grant.objects.filter(compartment__in=gone).exists()
    left = endings.grants_now()
    for sealed in Sealed.objects.filter(compartment__in=gone):
        assert bytes(sealed.content) == b""
        assert endings.opens(before[sealed.pk], left) is None  # the copy of before the shredding
    assert "identity" in kinds_left(case.pk)


def test_each_tombstone_has_its_line_and_no_line_tells_of_whom(people, stones):
    case = closed(filed(people))
    round_of(YEARS_LATER)

    lines = list(endings.lines_in(stones))
    assert {(line[1], line[2]) for line in lines} == {
        (stone.what, str(stone.target_id)) for stone in Tombstone.objects.all()
    }
    assert str(case.pk) not in stones.read_text()
    assert case.pseudonym not in stones.read_text()
    assert stones.stat().st_mode & 0o077 == 0


def test_what_ran_before_a_court_is_kept_until_it_is_over(people):
    case = closed(filed(people))
    endings.before_court(case)

    assert round_of(YEARS_LATER) == 0
    endings.before_court(case, "final")
    assert round_of(YEARS_LATER) > 0


def test_doing_it_again_changes_nothing(people, stones):
    closed(filed(people))
    round_of(YEARS_LATER)
    lines, acts_before = stones.read_text(), len(acts())

    assert round_of(YEARS_LATER) == 0
    assert (stones.read_text(), len(acts())) == (lines, acts_before)


def test_a_batch_is_no_larger_than_it_may_be(people, monkeypatch):
    monkeypatch.setattr("himaya.retention.operations.shred.AT_ONCE", 3)
    closed(filed(people))

    with as_role("worker"):
        assert shred_due(actor=RETENTION, at=YEARS_LATER) == 3
        assert Tombstone.objects.filter(what="compartment").count() == 3


def test_a_shredding_that_fails_leaves_everything_and_a_line_too_many(people, stones, monkeypatch):
    closed(filed(people))
    monkeypatch.setattr("himaya.retention.destroying.shred", failing)

    with pytest.raises(DatabaseError), transaction.atomic():
        round_of(YEARS_LATER)

    assert not Tombstone.objects.exists()
    assert not Compartment.objects.exclude(shredded_at=None).exists()
    assert stones.read_text()  # never the other way round


def failing(**_named):
    raise DatabaseError("the disk is full")


def test_nothing_is_sealed_or_granted_to_what_was_shredded(people):
    case = filed(people)
    part = Compartment.objects.get(subject_id=case.pk, kind="health")
    grant, sealed = (
        Grant.objects.filter(compartment=part).first(),
        Sealed.objects.filter(compartment=part).first(),
    )

    shred(compartment_ids=[part.pk], at=NOON)

    for row in (grant, sealed):
        row.pk = None
        row._state.adding = True
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save(force_insert=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        ask("UPDATE vault_compartment SET shredded_at = NULL WHERE id = %s", part.pk)


def test_shredding_twice_shreds_once(people):
    case = filed(people)
    part = Compartment.objects.get(subject_id=case.pk, kind="health")

    first = shred(compartment_ids=[part.pk], at=NOON)
    again = shred(compartment_ids=[part.pk], at=NOON)

    assert (len(first.rows), len(first.gone)) == (2, 1)
    assert (again.rows, again.gone) == ([], [])


def test_the_worker_destroys_nothing_without_a_tombstone(people):
    case = filed(people)
    part = Compartment.objects.get(subject_id=case.pk, kind="health")

    with as_role("worker"):
        ask("DELETE FROM vault_grant")
        ask("UPDATE vault_sealed SET content = ''")
        ask("DELETE FROM reporting_receipt")
        with pytest.raises(DatabaseError), transaction.atomic():
            shred(compartment_ids=[part.pk], at=NOON)

    assert Grant.objects.filter(compartment=part).exists()
    assert bytes(Sealed.objects.get(compartment=part).content) != b""
    assert Receipt.objects.exists()


def test_no_officer_shreds(people):
    case = filed(people)

    with people.worker.works(), pytest.raises(DatabaseError), transaction.atomic():
        ask("UPDATE vault_compartment SET shredded_at = now() WHERE subject_id = %s", case.pk)
    assert connection.is_usable()


def test_the_worker_foresees_what_falls_due_within_thirty_days(people):
    case = closed(filed(people))
    with as_role("worker"):
        foresee(actor=RETENTION, at=NOON + timedelta(days=360))

    soon = {(row.rule, row.parts, row.waits_for) for row in Forecast.objects.all()}
    assert soon == {("contact", 1, ""), ("care", 2, ""), ("contact_of_reports", 1, "")}

    endings.before_court(case)
    with as_role("worker"):
        foresee(actor=RETENTION, at=NOON + timedelta(days=365 * 5))
    assert {row.waits_for for row in Forecast.objects.all()} == {"proceedings"}
