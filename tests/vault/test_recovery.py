"""The recovery key: it opens every desk's keys, one is in force, and each use is told."""

import json
from contextlib import contextmanager
from itertools import combinations
from unittest import mock

import pyrage
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from himaya.audit.models import Arrival, Pending
from himaya.vault import ceremony as ceremonies
from himaya.vault.ceremony import Custody, replace_recovery_key
from himaya.vault.covering import cover
from himaya.vault.errors import (
    KeyNotTrusted,
    NoKeyYet,
    NothingToRecover,
    NotTheRecoveryKey,
    RecoveryKeyInForce,
)
from himaya.vault.models import DeskEpoch, Grant, MemberWrap, RecoveryKey, RecoveryWrap, Sealed
from himaya.vault.padding import unpad
from himaya.vault.recovering import recover_desk
from himaya.vault.recovery_secret import RecoverySecret
from tests.factories import offices, seats
from tests.factories.moments import NOON
from tests.factories.recovery import ceremony, opened_by
from tests.factories.roles import as_officer
from tests.factories.threats import threat

pytestmark = pytest.mark.django_db


@contextmanager
def old_wraps_stay():
    with mock.patch.object(ceremonies, "_forget"):
        yield


def test_every_choice_of_enough_keepers_opens_every_desk():
    held = ceremony(needed=2, keepers=3)
    desks = [offices.desk() for _ in range(3)]

    for choice in combinations(held.papers, 2):
        assert opened_by(choice) == len(desks)
    for paper in held.papers:
        assert opened_by([paper]) == 0


@threat("D7", off=old_wraps_stay)
def test_replacing_a_share_touches_no_data_and_kills_the_old_papers():
    first = ceremony()
    offices.desk()
    offices.desk()
    before = [list(model.objects.values()) for model in (Sealed, Grant, DeskEpoch, MemberWrap)]

    second = ceremony(former=first.secret())

    assert opened_by(first.papers[:2]) == 0
    assert opened_by(second.papers[1:]) == RecoveryWrap.objects.count() == 2
    after = [list(model.objects.values()) for model in (Sealed, Grant, DeskEpoch, MemberWrap)]
    assert after == before


def test_one_key_is_in_force_and_the_ledger_knows_who_keeps_it():
    first = ceremony()
    second = ceremony(former=first.secret(), needed=3, keepers=5)

    first.key.refresh_from_db()
    assert first.key.retired_at == NOON
    assert list(RecoveryKey.objects.filter(retired_at=None)) == [second.key]
    told = json.loads(
        Pending.objects.filter(act="vault.recovery_key_made").order_by(Arrival()).last().facts
    )
    assert told == {"number": 2, "opens_with": 3, "bodies": "first second third fourth fifth"}


def test_a_new_key_needs_the_old_one_or_word_that_it_is_lost():
    ceremony()

    with pytest.raises(RecoveryKeyInForce):
        ceremony()
    with pytest.raises(NotTheRecoveryKey):
        ceremony(former=RecoverySecret.generate())


def test_with_too_few_old_shares_the_desks_are_not_covered_yet():
    first = ceremony()
    offices.desk()

    second = ceremony(lost=True)

    assert opened_by(first.papers) == opened_by(second.papers) == 0
    offices.desk()
    assert opened_by(second.papers) == 1


def test_a_key_that_another_registrar_signed_is_never_put_in_force():
    with pytest.raises(KeyNotTrusted):
        replace_recovery_key(
            actor=offices.TESTS,
            secret=RecoverySecret.generate(),
            custody=Custody(["one", "two"], 2),
            registrar=Ed25519PrivateKey.generate(),
            former=None,
            at=NOON,
        )
    assert not RecoveryKey.objects.exists()


@pytest.mark.parametrize(
    "swapped",
    [
        {"public_key": str(pyrage.x25519.Identity.generate().to_public())},
        {"bodies": "first"},
        {"opens_with": 1},
        {"signing_key": "00" * 32},
    ],
)
def test_a_desk_is_not_founded_under_a_swapped_recovery_key(swapped):
    ceremony()
    RecoveryKey.objects.update(**swapped)

    with pytest.raises(KeyNotTrusted):
        offices.desk()


def test_recovering_a_desk_lets_one_of_its_officers_in():
    held = ceremony()
    desk = offices.desk()
    officer = seats.officer("case_worker", desk)
    MemberWrap.objects.filter(officer=officer).delete()

    recover(held, desk, officer)

    (wrap,) = MemberWrap.objects.filter(officer=officer)
    opened = unpad(pyrage.decrypt(wrap.sealed, [seats.keyring_of(officer).identity])).decode()
    assert str(pyrage.x25519.Identity.from_str(opened).to_public()) == wrap.epoch.public_key
    act = Pending.objects.get(act="vault.recovery_used")
    assert (act.subject_id, act.desk_id) == (officer.pk, desk.pk)


def test_recovery_lets_nobody_in_who_does_not_sit_there():
    held = ceremony()
    desk, stranger = offices.desk(), seats.officer("case_worker", offices.desk())

    with pytest.raises(NoKeyYet):
        recover(held, desk, stranger)
    assert not Pending.objects.filter(act="vault.recovery_used").exists()


def test_recovery_with_a_dead_key_is_refused():
    first = ceremony()
    desk = offices.desk()
    officer = seats.officer("case_worker", desk)
    ceremony(former=first.secret())

    with pytest.raises(NotTheRecoveryKey):
        recover(first, desk, officer)


def test_who_holds_every_key_already_is_not_given_them_again():
    held = ceremony()
    desk = offices.desk()
    officer = seats.officer("case_worker", desk)

    with pytest.raises(NothingToRecover):
        recover(held, desk, officer)


def recover(held, desk, officer):
    return recover_desk(
        actor=offices.TESTS,
        secret=held.secret(),
        desk_id=desk.pk,
        officer_id=officer.pk,
        at=NOON,
    )


def test_unlocking_covers_what_a_new_key_does_not_open_yet():
    first = ceremony()
    desk, other = offices.desk(), offices.desk()
    officer = seats.officer("case_worker", desk)
    second = ceremony(lost=True)
    actor = seats.actor_of_officer(officer)

    with as_officer(actor):
        cover(actor=actor, private_key=str(seats.keyring_of(officer).identity), at=NOON)

    assert opened_by(first.papers[:2]) == 0
    assert opened_by(second.papers[:2]) == 1
    assert RecoveryWrap.objects.get().epoch.desk_id == desk.pk != other.pk
    with as_officer(actor):
        cover(actor=actor, private_key=str(seats.keyring_of(officer).identity), at=NOON)
    assert Pending.objects.filter(act="vault.recovery_covered").count() == 1


def test_unlocking_seals_nothing_to_a_swapped_recovery_key():
    desk = offices.desk()
    officer = seats.officer("case_worker", desk)
    ceremony()
    RecoveryKey.objects.update(public_key=str(pyrage.x25519.Identity.generate().to_public()))
    actor = seats.actor_of_officer(officer)

    with as_officer(actor):
        cover(actor=actor, private_key=str(seats.keyring_of(officer).identity), at=NOON)

    assert not RecoveryWrap.objects.exists()
