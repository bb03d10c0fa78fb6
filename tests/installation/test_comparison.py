"""Nothing serves while the ledger is not the one that witnesses saw. Asked of the ledger itself."""

from contextlib import contextmanager
from unittest import mock

import pytest

from himaya.audit import witnessed
from himaya.audit.models import Entry
from himaya.audit.origin import begin_anew
from himaya.installation import comparison
from himaya.kernel.access import job
from himaya.vault import acceptance
from himaya.vault.acceptance import accept_gap
from himaya.vault.errors import NotTheRecoveryKey
from himaya.vault.recovery_secret import RecoverySecret
from tests.factories import ledger
from tests.factories.moments import NOON
from tests.factories.recovery import ceremony
from tests.factories.threats import threat
from tests.factories.witness import Body, note_of, present_note

pytestmark = pytest.mark.django_db
SEEN = 8


@pytest.fixture
def data(tmp_path):
    """A data directory whose two witnesses saw the first eight entries of eleven."""
    ledger.numbered(SEEN)
    note = present_note()
    for body in (Body("one"), Body("two")):
        body.is_trusted_by(tmp_path)
        body.has_seen(tmp_path, note)
    ledger.numbered(3, first=SEEN)
    return tmp_path


@contextmanager
def nobody_looks():
    with mock.patch.object(comparison, "behind", return_value=None):
        yield


def test_a_ledger_that_grew_is_the_one_that_was_seen(data):
    assert list(comparison.troubles(data)) == []


@threat("D4", off=nobody_looks)
def test_a_ledger_whose_end_was_cut_off_is_named_with_its_gap(data):
    ledger.by_hand("DELETE FROM audit_entry WHERE index >= 5")

    found = list(comparison.troubles(data))

    assert len(found) == 2
    assert "saw 8 entries of the ledger and 5 are here: entries 5 to 7 are missing" in found[0]


@threat("D4", off=nobody_looks)
def test_a_ledger_that_was_rewritten_and_grew_on_is_a_fork(data):
    ledger.by_hand("UPDATE audit_entry SET leaf = sha256(leaf) WHERE index = 3")

    found = list(comparison.troubles(data))

    assert len(found) == 2
    assert "is not the one that the witness one saw: its first 8 entries are others" in found[0]


def test_an_empty_ledger_is_behind(data):
    ledger.by_hand("TRUNCATE audit_entry")

    assert "entries 0 to 7 are missing" in next(comparison.troubles(data))


def test_a_note_that_no_trusted_witness_signed_counts_for_nothing(data):
    for name in ("one", "two"):
        Body(name).has_seen(data, present_note())
    ledger.by_hand("DELETE FROM audit_entry WHERE index >= 5")

    assert list(comparison.troubles(data)) == []


def test_the_keepers_accept_a_gap_and_the_ledger_goes_on(data):
    secret = ceremony().secret()
    ledger.by_hand("DELETE FROM audit_entry WHERE index >= 5")
    ledger.mend_place()

    origin = accept_gap(actor=job("restore"), secret=secret, after=witnessed.newest(data), at=NOON)

    assert list(comparison.troubles(data)) == []
    assert (origin.number, origin.after.size) == (2, SEEN)
    assert Entry.objects.get(index=origin.first).act == "ledger.begun_anew"


def test_a_head_beyond_the_accepted_gap_is_a_gap_again(data):
    secret = ceremony().secret()
    ledger.by_hand("DELETE FROM audit_entry WHERE index >= 5")
    ledger.mend_place()
    after = witnessed.newest(data)
    accept_gap(actor=job("restore"), secret=secret, after=after, at=NOON)
    newer = note_of(after.origin, SEEN + 4)
    body = Body("three")
    body.is_trusted_by(data)
    body.has_seen(data, newer)

    assert "The witness three saw 12 entries" in next(comparison.troubles(data))


@contextmanager
def any_acceptance_counts():
    with mock.patch.object(acceptance, "_is_signed", return_value=True):
        yield


@threat("D4", off=any_acceptance_counts)
def test_nobody_accepts_a_gap_in_the_keepers_place(data):
    ceremony()
    ledger.by_hand("DELETE FROM audit_entry WHERE index >= 5")
    ledger.mend_place()

    begin_anew(after=witnessed.newest(data), actor=job("restore"), at=NOON)

    found = list(comparison.troubles(data))
    assert len(found) == 1
    assert "the keepers of the recovery key did not sign that" in found[0]


def test_another_secret_than_the_recovery_keys_accepts_nothing(data):
    ceremony()
    ledger.by_hand("DELETE FROM audit_entry WHERE index >= 5")
    ledger.mend_place()

    with pytest.raises(NotTheRecoveryKey):
        accept_gap(
            actor=job("restore"),
            secret=RecoverySecret.generate(),
            after=witnessed.newest(data),
            at=NOON,
        )
