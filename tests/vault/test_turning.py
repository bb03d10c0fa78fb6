"""A member leaves: locked out at once, and what comes next is sealed to those who remain."""

from datetime import timedelta

import pyrage
import pytest
from django.db import DatabaseError, transaction

from himaya.audit.models import Pending
from himaya.vault.errors import KeyNotTrusted, NoKey
from himaya.vault.keys import check_desk_key, check_proposal
from himaya.vault.leaving import take_keys_away
from himaya.vault.models import DeskEpoch, Grant, MemberWrap, RecoveryWrap, Unlock
from himaya.vault.operations import rotate
from himaya.vault.padding import unpad
from himaya.vault.queries import key_of_desk
from tests.factories import cases, desk_of, offices, recovery, seats
from tests.factories.ledger import acts
from tests.factories.moments import NOON
from tests.factories.roles import as_officer, as_role

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
LATER = NOON + timedelta(minutes=1)


@pytest.fixture
def leaver(desk):
    return desk_of.seat(desk)


@pytest.fixture
def personnel():
    return desk_of.personnel()


def proposal_of(desk):
    return DeskEpoch.objects.get(desk=desk, opened_at__isnull=True, closed_at__isnull=True)


def test_who_is_sent_away_opens_nothing_any_more_and_colleagues_go_on(
    desk, leaver, colleague, personnel
):
    before = cases.compartment(cases.case(desk), desk, wish="to stay")
    seats.unlock_cookie(leaver.officer)

    desk_of.send_away(leaver, personnel)

    with pytest.raises(NoKey):
        desk_of.reads(leaver, before)
    assert desk_of.reads(colleague, before) == ["to stay"]
    assert not MemberWrap.objects.filter(officer=leaver.officer).exists()
    assert not Unlock.objects.filter(officer=leaver.officer).exists()


def test_the_next_key_is_proposed_at_once_and_sealed_to_those_who_remain(
    desk, leaver, colleague, personnel
):
    former = key_of_desk(desk.pk)

    desk_of.send_away(leaver, personnel)

    proposal = proposal_of(desk)
    check_proposal(proposal)
    holders = set(MemberWrap.objects.filter(epoch=proposal).values_list("officer_id", flat=True))
    assert holders == {colleague.officer.pk}
    assert (proposal.number, proposal.signature) == (2, None)
    assert key_of_desk(desk.pk) == former  # until the registrar has signed, nobody waits


def test_once_signed_everything_is_sealed_to_it_and_old_things_stay_readable(
    desk, leaver, colleague, personnel
):
    before = cases.compartment(cases.case(desk), desk, wish="to stay")
    desk_of.send_away(leaver, personnel)

    (signed,) = desk_of.sign(LATER)

    check_desk_key(signed)
    after = cases.compartment(cases.case(desk), desk, wish="to work")
    assert {grant.desk_epoch_id for grant in after.grants} == {signed.pk}
    assert (desk_of.reads(colleague, before), desk_of.reads(colleague, after)) == (
        ["to stay"],
        ["to work"],
    )
    closed = DeskEpoch.objects.get(desk=desk, number=1)
    assert (closed.closed_at, signed.opened_at) == (LATER, LATER)
    assert acts().count("vault.desk_key_signed") == 1


def test_a_leaver_who_wrote_the_desks_key_down_cannot_open_what_comes_next(
    desk, leaver, colleague, personnel
):
    kept = private_key_of(leaver)
    desk_of.send_away(leaver, personnel)
    desk_of.sign()

    after = cases.compartment(cases.case(desk), desk, wish="to work")

    with pytest.raises(pyrage.DecryptError):
        pyrage.decrypt(bytes(after.grants[0].sealed), [kept])


def test_with_the_former_key_used_again_they_could(desk, leaver, colleague):
    kept = private_key_of(leaver)

    after = cases.compartment(cases.case(desk), desk, wish="to work")

    assert b"AGE-SECRET-KEY-" in pyrage.decrypt(bytes(after.grants[0].sealed), [kept])


def private_key_of(seat):
    sealed = MemberWrap.objects.get(officer=seat.officer).sealed
    opened = unpad(pyrage.decrypt(bytes(sealed), [seat.keyring.identity])).decode()
    return pyrage.x25519.Identity.from_str(opened)


def test_a_second_leaver_replaces_the_proposal_that_the_first_one_left(
    desk, leaver, colleague, personnel
):
    third = desk_of.seat(desk)
    desk_of.send_away(leaver, personnel)
    first = proposal_of(desk)

    desk_of.send_away(colleague, personnel, LATER)
    (signed,) = desk_of.sign(LATER)

    first.refresh_from_db()
    assert (first.closed_at, first.opened_at) == (LATER, None)
    holders = set(MemberWrap.objects.filter(epoch=signed).values_list("officer_id", flat=True))
    assert holders == {third.officer.pk}


def test_the_next_key_is_sealed_to_the_recovery_key_too(desk, leaver, colleague, personnel):
    recovery.ceremony()

    desk_of.send_away(leaver, personnel)

    assert RecoveryWrap.objects.filter(epoch=proposal_of(desk)).count() == 1


def test_nothing_is_sealed_to_a_desk_where_nobody_is_left(desk, leaver, personnel):
    """A report that nobody could ever open would be worse than one that is refused at once."""
    desk_of.send_away(leaver, personnel)

    with pytest.raises(NoKey):
        key_of_desk(desk.pk)
    assert not DeskEpoch.objects.filter(desk=desk, closed_at__isnull=True).exists()


def test_with_a_recovery_key_it_can_still_receive(desk, leaver, personnel):
    recovery.ceremony()
    desk_of.send_away(leaver, personnel)

    assert [epoch.desk_id for epoch in desk_of.sign()] == [desk.pk]


def test_leaving_one_desk_keeps_the_other(leaver, colleague, desk, personnel):
    other = offices.desk(of=desk.agency)
    seats.admit(leaver.officer, other)

    with as_officer(personnel):
        away = take_keys_away(officer_id=leaver.officer.pk, at=NOON, desk_ids=[desk.pk])

    assert {wrap.epoch.desk_id for wrap in away.gone} == {desk.pk}
    assert MemberWrap.objects.get(officer=leaver.officer).epoch.desk_id == other.pk


def test_a_proposal_that_somebody_planted_is_never_signed(desk, colleague):
    stranger = str(pyrage.x25519.Identity.generate().to_public())
    DeskEpoch.objects.create(desk=desk, number=2, public_key=stranger, mac=bytes(32))

    assert desk_of.sign() == []
    assert proposal_of(desk).signature is None


@pytest.mark.parametrize("change", ["public_key", "number"])
def test_a_proposal_that_somebody_changed_is_never_signed(
    desk, leaver, colleague, personnel, change
):
    desk_of.send_away(leaver, personnel)
    other = {"public_key": str(pyrage.x25519.Identity.generate().to_public()), "number": 9}
    DeskEpoch.objects.filter(pk=proposal_of(desk).pk).update(**{change: other[change]})

    assert desk_of.sign() == []


def test_with_the_macs_check_off_the_registrar_would_sign_it(desk, monkeypatch):
    stranger = str(pyrage.x25519.Identity.generate().to_public())
    DeskEpoch.objects.create(desk=desk, number=2, public_key=stranger, mac=bytes(32))
    monkeypatch.setattr("himaya.vault.signing.check_proposal", lambda _epoch: None)

    assert [epoch.public_key for epoch in desk_of.sign()] == [stranger]


def test_the_registrar_rotates_a_desk_and_an_empty_one_is_founded_anew(desk, leaver, personnel):
    with as_role("owner"):
        rotate(actor=desk_of.KEYS, desk_id=desk.pk, at=NOON)
    assert holders_of_proposal(desk) == {leaver.officer.pk}
    MemberWrap.objects.filter(officer=leaver.officer).delete()

    with as_role("owner"):
        rotate(actor=desk_of.KEYS, desk_id=desk.pk, at=LATER)

    assert holders_of_proposal(desk) == {leaver.officer.pk}
    assert Pending.objects.filter(act="vault.desk_key_turned").count() == 2


def holders_of_proposal(desk):
    wraps = MemberWrap.objects.filter(epoch=proposal_of(desk))
    return set(wraps.values_list("officer_id", flat=True))


def test_a_swapped_key_of_a_colleague_stops_the_turning(desk, leaver, colleague, personnel):
    desk_of.swap_member_key(colleague.officer)

    with pytest.raises(KeyNotTrusted), transaction.atomic():
        desk_of.send_away(leaver, personnel)

    assert not DeskEpoch.objects.filter(desk=desk, opened_at__isnull=True).exists()


ATTEMPTS = {
    "proposes a key": lambda desk, seat: DeskEpoch.objects.create(
        desk=desk, number=7, public_key="age1", mac=b""
    ),
    "closes the key": lambda desk, seat: must_change(
        DeskEpoch.objects.filter(desk=desk).update(closed_at=NOON)
    ),
    "signs a key": lambda desk, seat: must_change(
        DeskEpoch.objects.filter(desk=desk).update(signature=b"x")
    ),
    "takes a colleague's key": lambda desk, seat: must_change(
        MemberWrap.objects.filter(officer=seat.officer).delete()[0]
    ),
    "ends a colleague's unlocking": lambda desk, seat: must_change(
        Unlock.objects.filter(officer=seat.officer).delete()[0]
    ),
}


def must_change(rows):
    if not rows:
        raise DatabaseError("no row was reached")


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_no_officer_of_a_desk_does_what_the_personnel_office_does(desk, leaver, colleague, attempt):
    seats.unlock_cookie(leaver.officer)

    with pytest.raises(DatabaseError), transaction.atomic(), as_officer(colleague.actor):
        ATTEMPTS[attempt](desk, leaver)


@pytest.mark.parametrize("attempt", [name for name in ATTEMPTS if name != "signs a key"])
def test_trying_would_find_it_if_the_database_allowed_it(desk, leaver, personnel, attempt):
    """The same attempts by somebody who may: so each of them reaches what it is about."""
    seats.unlock_cookie(leaver.officer)

    with transaction.atomic(), as_officer(personnel):
        ATTEMPTS[attempt](desk, leaver)


def test_the_personnel_office_itself_reads_nothing(desk, leaver, colleague, personnel):
    cases.compartment(cases.case(desk), desk, wish="to stay")

    with as_officer(personnel):
        assert not Grant.objects.exists()
