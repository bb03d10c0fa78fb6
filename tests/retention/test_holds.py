"""While a legal hold stands nothing of the case is destroyed, by whatever way, by whomever."""

from contextlib import contextmanager, nullcontext
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from himaya.accounts.errors import NotApproved
from himaya.kernel.errors import NotKnown, NotPermitted
from himaya.packs.loader import current
from himaya.reporting.models import Receipt
from himaya.retention import sealed
from himaya.retention.errors import HoldEnded, NoSuchNumber
from himaya.retention.models import Hold, Of
from himaya.retention.operations.hold import confirm_hold, lift_hold, place_hold
from himaya.retention.operations.shred import erase_ordered
from himaya.retention.queries import holds_to_confirm
from himaya.vault.models import Compartment, Grant, Sealed
from himaya.vault.shred import shred
from himaya.vault.withdraw import withdraw
from tests.factories import endings, holding, reports
from tests.factories.catalogue import ask
from tests.factories.endings import RETENTION, YEARS_LATER, closed, filed, kinds_left, round_of
from tests.factories.ledger import acts
from tests.factories.moments import NOON
from tests.factories.roles import as_officer, as_role
from tests.factories.threats import threat

pytestmark = pytest.mark.slow
LATER = NOON + timedelta(days=1)


@contextmanager
def without_holds():
    """As if nobody had thought of legal holds: neither the code nor the database asks."""
    ask("CREATE OR REPLACE FUNCTION retention_holds(asked uuid) RETURNS boolean LANGUAGE sql STABLE"
        " SECURITY DEFINER AS 'SELECT false'")  # fmt: skip
    ask("UPDATE retention_hold SET subject_id = subject_id")
    hidden = pytest.MonkeyPatch()
    hidden.setattr("himaya.retention.due._holds", lambda _rule: Hold.objects.none())
    try:
        yield
    finally:
        hidden.undo()


@threat("D4", off=without_holds)
def test_what_a_hold_stands_on_outlives_every_rule(people):
    case = closed(filed(people))
    holding.held(people, case.pseudonym)

    round_of(YEARS_LATER)

    assert kinds_left(case.pk) == {"identity", "contact", "needs", "health", "screening"}
    assert kinds_left(case.report_id) == {"narrative", "contact"}


def test_a_hold_on_a_report_holds_the_case_that_it_became(people):
    case = closed(filed(people))
    hold = holding.held(people, str(case.report_id))

    assert (hold.of, hold.subject_id) == (Of.REPORT, case.report_id)
    assert round_of(YEARS_LATER) == 0


def test_a_hold_on_another_case_holds_nothing_here(people):
    case, other = closed(filed(people)), filed(people)
    holding.held(people, other.pseudonym)

    assert round_of(YEARS_LATER) > 4
    assert kinds_left(case.pk) == {"identity"}


@pytest.fixture
def held_part(people):
    """A part of a case that a hold stands on, with its tombstone planted, and its sole grant."""
    case = closed(filed(people))
    holding.held(people, case.pseudonym)
    part = Compartment.objects.get(subject_id=case.pk, kind="health")
    ask(
        "INSERT INTO retention_tombstone (id, what, target_id, subject_id, kind, cause, rule, at,"
        " backups_until, mac) SELECT gen_random_uuid(), what, target, %s, '', 'time', '', now(),"
        " now(), '' FROM (VALUES ('compartment', %s::uuid), ('conversation', %s::uuid))"
        " AS planted(what, target)",
        case.pk,
        part.pk,
        case.report_id,
    )
    return part


DIRECT = {
    "mark it": "UPDATE vault_compartment SET shredded_at = now() WHERE id = %s",
    "its content": "UPDATE vault_sealed SET content = '' WHERE compartment_id = %s",
    "its grants": "DELETE FROM vault_grant WHERE compartment_id = %s",
}


@pytest.mark.parametrize("role", ["worker", "superuser"])
@pytest.mark.parametrize("way", DIRECT)
def test_the_database_refuses_it_to_the_worker_and_to_its_superuser(held_part, way, role):
    rights = as_role("worker") if role == "worker" else nullcontext()
    with rights, pytest.raises(IntegrityError, match="legal hold"):
        _tried(DIRECT[way], held_part.pk)

    assert _untouched(held_part)


@pytest.mark.parametrize("way", DIRECT)
def test_the_owner_of_the_tables_sees_no_such_row(held_part, way):
    with as_role("owner"):
        ask(DIRECT[way], held_part.pk)
        ask("SET CONSTRAINTS ALL IMMEDIATE")

    assert _untouched(held_part)


@transaction.atomic
def _tried(statement, *values):
    """The statement, and the end of its transaction."""
    ask(statement, *values)
    ask("SET CONSTRAINTS ALL IMMEDIATE")


def _untouched(part):
    part.refresh_from_db()
    grants = Grant.objects.filter(compartment=part)
    content = Sealed.objects.get(compartment=part).content
    return part.shredded_at is None and grants.exists() and bytes(content) != b""


def test_a_reporters_number_is_held_too(people, held_part):
    with pytest.raises(IntegrityError, match="legal hold"), transaction.atomic():
        ask("DELETE FROM reporting_receipt")

    assert Receipt.objects.exists()


def test_shred_itself_refuses(held_part):
    with pytest.raises(IntegrityError), transaction.atomic():
        shred(compartment_ids=[held_part.pk], at=NOON)


def test_without_a_hold_the_same_statements_pass(people, held_part):
    hold = Hold.objects.get()
    holding.lifted(people, hold, at=LATER)

    ask(DIRECT["its grants"], held_part.pk)
    ask("SET CONSTRAINTS ALL IMMEDIATE")
    assert not _untouched(held_part)


def test_a_consent_ends_under_a_hold_as_it_does_without(people, held_part):
    """A hold keeps what is there, and keeps nobody's access to it."""
    reader = Grant.objects.get(compartment=held_part)
    other = people.shelter.desk
    Grant.objects.create(
        compartment=held_part, epoch=reader.epoch, desk=other, desk_epoch=reader.desk_epoch,
        sealed=b"", reason="consent", granted_at=NOON,
    )  # fmt: skip

    withdraw(compartment_id=held_part.pk, desk_id=other.pk, at=NOON)
    ask("SET CONSTRAINTS ALL IMMEDIATE")

    assert not Grant.objects.filter(desk=other, compartment=held_part).exists()


def test_the_last_who_can_open_it_stays_under_a_hold(people, held_part):
    withdraw(compartment_id=held_part.pk, desk_id=people.worker.desk.pk, at=NOON)

    with pytest.raises(IntegrityError, match="legal hold"), transaction.atomic():
        ask("SET CONSTRAINTS ALL IMMEDIATE")


def test_an_erasure_that_was_agreed_waits_for_the_hold(people):
    case = closed(filed(people))
    holding.erasure_ordered(people, case)
    hold = holding.held(people, case.pseudonym)

    with as_role("worker"):
        assert erase_ordered(actor=RETENTION, at=LATER) == 0
    holding.lifted(people, hold, at=LATER)
    with as_role("worker"):
        assert erase_ordered(actor=RETENTION, at=LATER) == 1


def test_the_words_of_the_order_are_sealed_to_the_keepers_of_holds(people):
    case = filed(people)
    hold = holding.held(people, case.pseudonym)

    with people.overseer.works():
        words = sealed.order_of(
            keyring=people.overseer.keyring, hold=hold, actor=people.overseer.actor, at=NOON
        )
    assert words == holding.ORDER
    (row,) = ask("SELECT h::text FROM retention_hold h")
    assert "4417" not in row[0]
    with people.worker.works():
        assert not Compartment.objects.filter(pk=hold.words_id).exists()


def test_a_hold_is_confirmed_every_so_often_and_never_ends_by_itself(people):
    case = closed(filed(people))
    hold = holding.held(people, case.pseudonym)
    term = timedelta(days=int(current().setting("hold_confirmation").in_force))
    keeper = people.overseer

    with keeper.works():
        assert not holds_to_confirm(keeper.actor, NOON + term - timedelta(days=1)).exists()
        late = NOON + term + timedelta(days=1)
        assert [each.pk for each in holds_to_confirm(keeper.actor, late)] == [hold.pk]
        confirm_hold(actor=keeper.actor, hold_id=hold.pk, at=late)
        assert not holds_to_confirm(keeper.actor, late).exists()
    assert round_of(YEARS_LATER) == 0


def test_nobody_ends_a_hold_alone(people):
    hold = holding.held(people, filed(people).pseudonym)

    with people.overseer.works(), pytest.raises(NotApproved):
        lift_hold(actor=people.overseer.actor, hold_id=hold.pk, at=LATER)
    for rights in (as_officer(people.overseer.actor), nullcontext()):
        with rights, pytest.raises(IntegrityError, match="ended by two"), transaction.atomic():
            ask("UPDATE retention_hold SET lifted_at = now()")
    assert Hold.objects.get().lifted_at is None


def test_a_hold_that_ended_stays_ended_and_what_it_held_goes(people):
    case = closed(filed(people))
    hold = holding.lifted(people, holding.held(people, case.pseudonym), at=LATER)

    with people.overseer.works(), pytest.raises(HoldEnded):
        confirm_hold(actor=people.overseer.actor, hold_id=hold.pk, at=LATER)
    assert round_of(YEARS_LATER) > 4
    assert [act for act in acts() if act.startswith(("retention.held", "retention.hold"))] == [
        "retention.held",
        "retention.hold_lifted",
    ]


@pytest.mark.parametrize("number", ["", "1234567", "NOBODY-HAS-IT", str(UUID(int=1))])
def test_a_hold_needs_a_number_that_something_has(people, number):
    filed(people)
    with pytest.raises(NoSuchNumber):
        holding.held(people, number)


def test_a_report_is_found_by_its_short_number_when_it_is_the_only_one(people):
    report = reports.send().report

    hold = holding.held(people, str(report.pk)[:8].lower())

    assert (hold.subject_id, hold.number) == (report.pk, str(report.pk)[:8].upper())


def test_nobody_else_places_or_sees_to_a_hold_and_strangers_learn_nothing(people):
    case = filed(people)
    hold = holding.held(people, case.pseudonym)

    for seat in (people.worker, people.prosecutor, people.stranger):
        with seat.works():
            with pytest.raises(NotPermitted):
                place_hold(
                    actor=seat.actor,
                    number=case.pseudonym,
                    reason=Hold.Reason.CLAIM,
                    words="",
                    at=NOON,
                )
            with pytest.raises((NotKnown, NotPermitted)):
                confirm_hold(actor=seat.actor, hold_id=hold.pk, at=NOON)
            assert ask("SELECT * FROM retention_find(%s)", case.pseudonym) == []
    with people.stranger.works():
        assert not Hold.objects.exists()
    with people.worker.works():
        assert Hold.objects.exists()  # their case; they must know why it is kept


def test_the_worker_ends_no_hold_and_makes_none(people):
    holding.held(people, filed(people).pseudonym)

    with as_role("worker"):
        for statement in (
            "UPDATE retention_hold SET lifted_at = now()",
            "DELETE FROM retention_hold",
            "INSERT INTO retention_hold SELECT * FROM retention_hold",
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                ask(statement)


def test_the_words_of_a_standing_hold_are_not_destroyed_with_time(people):
    case = filed(people)
    hold = holding.held(people, case.pseudonym)

    round_of(YEARS_LATER)

    assert kinds_left(hold.pk) == {"legal"}


def test_what_is_sealed_to_everybody_else_opens_as_before(people):
    case = closed(filed(people))
    holding.held(people, case.pseudonym)
    round_of(YEARS_LATER)

    opened = [endings.opens(each, endings.grants_now()) for each in endings.sealed_now().values()]
    assert endings.SECRET.encode() in opened
