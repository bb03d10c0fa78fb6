"""What was committed is known outside the database, before it has a number."""

import pytest
from django.db import connection, transaction

from himaya.audit import heads, record
from himaya.audit.journal import Journal
from himaya.audit.models import Entry, Pending
from himaya.audit.sequencer import number_pending
from himaya.audit.settling import settle
from himaya.audit.verify import verify
from tests.factories.ledger import SOMEBODY, act, by_hand
from tests.factories.moments import NOON
from tests.factories.threats import OFF, threat

MACS = [bytes([number]) * 32 for number in range(1, 6)]


@pytest.fixture
def journal(tmp_path):
    return Journal(tmp_path / "journal")


def known(*macs):
    return frozenset(mac.hex() for mac in macs)


def test_what_is_noted_is_known(journal):
    for mac in MACS:
        journal.note(mac)

    assert journal.macs() == known(*MACS)


def test_a_line_that_was_cut_costs_only_itself(journal):
    journal.note(MACS[0])
    with (journal.directory / "acts").open("a") as file:
        file.write("\n0102")
    journal.note(MACS[1])

    assert journal.macs() == known(*MACS[:2])


def test_a_process_that_had_the_file_open_still_adds_to_it(journal):
    journal.note(MACS[0])
    with (journal.directory / "acts").open("a") as late:
        assert journal.turn() == []
        late.write(f"\n{MACS[1].hex()}\n")

    (turned,) = journal.turn()
    assert turned.read_text().split() == [MACS[0].hex(), MACS[1].hex()]


@pytest.fixture
def noted(journal, monkeypatch, django_capture_on_commit_callbacks):
    """Acts recorded and committed, as far as one transaction of a test can."""
    monkeypatch.setattr(record, "journal", lambda: journal)

    def write(*numbers):
        with django_capture_on_commit_callbacks(execute=True):
            for number in numbers:
                act(number)

    return write


@pytest.mark.django_db
def test_an_act_is_noted_once_it_is_committed_and_not_before(noted, journal):
    act(1)
    assert journal.macs() == frozenset()

    noted(2)

    assert journal.macs() == known(bytes(Pending.objects.get(act="tests.act_2").mac))


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_an_act_that_is_undone_is_never_noted(journal, monkeypatch):
    monkeypatch.setattr(record, "journal", lambda: journal)
    with transaction.atomic():
        act(1)
        transaction.set_rollback(True)
    assert journal.macs() == frozenset()

    act(2)

    assert len(journal.macs()) == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_a_full_disk_does_not_turn_a_committed_act_into_a_failure(monkeypatch):
    def no_room(_mac):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Journal, "note", lambda _self, mac: no_room(mac))

    record.record(act="tests.act", actor=SOMEBODY, at=NOON)

    assert Pending.objects.count() == 1


def faults(journal):
    return [fault.reason for fault in verify(data=journal.directory.parent).faults]


@threat("B7")
@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.usefixtures("one_transaction")
@pytest.mark.parametrize(
    "attack",
    [
        "DELETE FROM audit_pending WHERE act = 'tests.act_1'",
        "TRUNCATE audit_pending",
    ],
)
def test_a_read_taken_away_before_it_has_a_number_is_missed(noted, journal, control, attack):
    """It changed no row, so nothing else in the database knows of it."""
    if control == OFF:
        journal.note = lambda _mac: None
    noted(0, 1, 2)
    assert faults(journal) == []

    by_hand(attack)

    assert any("was committed and is in no entry" in reason for reason in faults(journal))


@threat("B7")
@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.usefixtures("one_transaction")
def test_an_end_cut_before_any_head_was_signed_is_missed(noted, journal, control):
    """The entries, the sequencer's place and the waiting acts fit one another again."""
    if control == OFF:
        journal.note = lambda _mac: None
    noted(0, 1, 2)
    number_pending()
    assert faults(journal) == []

    for table in ("audit_entry", "audit_treehead", "audit_pending"):
        by_hand(f"TRUNCATE {table}")

    assert len(faults(journal)) == 3


@pytest.mark.django_db
@pytest.mark.usefixtures("one_transaction")
def test_a_trigger_that_swallows_acts_is_found_out(journal, monkeypatch):
    monkeypatch.setattr(record, "journal", lambda: journal)
    by_hand(
        "CREATE FUNCTION swallow() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'"
    )
    by_hand(
        "CREATE TRIGGER swallow BEFORE INSERT ON audit_pending FOR EACH ROW"
        " EXECUTE FUNCTION swallow()"
    )

    record.record(act="tests.act", actor=SOMEBODY, at=NOON)

    assert Pending.objects.count() == 0
    assert connection.run_on_commit
    for _ids, note, _robust in connection.run_on_commit:
        note()
    assert len(faults(journal)) == 1


@pytest.mark.django_db
def test_the_journal_lets_go_of_what_lies_under_a_published_head(noted, journal):
    noted(0, 1)
    journal.turn()
    number_pending()
    heads.publish(data=journal.directory.parent)

    assert settle(journal, covered=1, since=0) == frozenset()
    assert len(journal.macs()) == 2  # entry 1 is not covered yet
    assert settle(journal, covered=2, since=0) == frozenset()
    assert journal.macs() == frozenset()


@pytest.mark.django_db
def test_the_journal_waits_for_what_has_no_number(noted, journal):
    noted(0)
    journal.turn()

    assert settle(journal, covered=99, since=0) == frozenset()
    assert len(journal.macs()) == 1


@pytest.mark.django_db
@pytest.mark.usefixtures("one_transaction")
def test_an_act_that_is_gone_stays_known_for_good(noted, journal):
    noted(0, 1)
    gone = bytes(Pending.objects.get(act="tests.act_1").mac)
    by_hand("DELETE FROM audit_pending WHERE act = 'tests.act_1'")
    journal.turn()
    number_pending()

    assert settle(journal, covered=1, since=0) == known(gone)
    assert journal.macs() == known(gone)
    assert len(faults(journal)) == 1


@pytest.mark.django_db
def test_an_act_that_was_numbered_earlier_than_thought_is_found(noted, journal):
    noted(0)
    number_pending()
    noted(1)
    number_pending()
    journal.turn()

    assert settle(journal, covered=2, since=1) == frozenset()
    assert journal.macs() == frozenset()
    assert Entry.objects.count() == 2
