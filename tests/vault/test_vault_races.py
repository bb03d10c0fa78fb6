"""Sharing and withdrawing meet."""

from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as StillWaiting

import pytest
from django.db import transaction

from himaya.agencies.models import Desk
from himaya.vault.errors import NotAtTheDesk, NotGranted
from himaya.vault.models import CompartmentEpoch, Grant, MemberWrap
from himaya.vault.reveal import share
from himaya.vault.withdraw import withdraw
from tests.factories import cases, desk_of, offices, seats
from tests.factories.moments import NOON
from tests.factories.races import PATIENCE, elsewhere, meanwhile

pytestmark = [pytest.mark.race, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world():
    """A compartment that two desks read; the first desk's officer; a third desk."""
    desks = [offices.desk(kind) for kind in (Desk.Kind.CASEWORK, Desk.Kind.SHELTER)]
    circle = cases.compartment(cases.case(desks[0]), *desks, wish="to stay")
    officer = seats.officer("case_worker", desks[0])
    third = offices.desk(Desk.Kind.PROSECUTION)

    @transaction.atomic
    def share_with_third():
        return share(
            keyring=seats.keyring_of(officer),
            compartment_id=circle.compartment.pk,
            desk_id=third.pk,
            reason=Grant.Reason.CONSENT,
            actor=seats.actor_of_officer(officer),
            at=NOON,
        )

    @transaction.atomic
    def withdraw_from(desk):
        return withdraw(compartment_id=circle.compartment.pk, desk_id=desk.pk, at=NOON)

    return desks, third, share_with_third, withdraw_from


def test_who_is_being_withdrawn_cannot_share_in_the_same_moment(world):
    (first, _second), third, share_with_third, withdraw_from = world

    with ThreadPoolExecutor(1) as other:
        with meanwhile(lambda: withdraw_from(first)):
            sharing = other.submit(elsewhere(share_with_third))
            with pytest.raises(StillWaiting):
                sharing.result(0.3)
        with pytest.raises(NotGranted):
            sharing.result(PATIENCE)

    assert not Grant.objects.filter(desk=third).exists()


def test_sharing_after_a_withdrawal_in_the_same_moment_shares_the_new_epoch_too(world):
    (_first, second), third, share_with_third, withdraw_from = world

    with ThreadPoolExecutor(1) as other:
        with meanwhile(lambda: withdraw_from(second)):
            sharing = other.submit(elsewhere(share_with_third))
        sharing.result(PATIENCE)

    assert set(Grant.objects.filter(desk=third).values_list("epoch", flat=True)) == set(
        CompartmentEpoch.objects.values_list("pk", flat=True)
    )


def test_two_withdrawals_at_once_make_two_epochs_and_leave_neither_desk(world):
    (first, second), _third, _share, withdraw_from = world

    with ThreadPoolExecutor(1) as other:
        with meanwhile(lambda: withdraw_from(first)):
            second_one = other.submit(elsewhere(withdraw_from), second)
        second_one.result(PATIENCE)

    assert sorted(CompartmentEpoch.objects.values_list("number", flat=True)) == [1, 2, 3]
    assert not Grant.objects.exists()


def test_without_the_lock_the_leaver_would_share_once_more(world, monkeypatch):
    (first, _second), third, share_with_third, withdraw_from = world
    monkeypatch.setattr(
        "django.db.models.query.QuerySet.select_for_update", lambda rows, *_, **__: rows
    )

    with ThreadPoolExecutor(1) as other, meanwhile(lambda: withdraw_from(first)):
        other.submit(elsewhere(share_with_third)).result(PATIENCE)

    assert Grant.objects.filter(desk=third).exists()


@pytest.fixture
def hurry():
    """A desk, a colleague who admits, a newcomer who is being sent away meanwhile."""
    desk = offices.desk()
    colleague, newcomer = desk_of.seat(desk), desk_of.newcomer(desk)
    personnel = desk_of.personnel()

    @transaction.atomic
    def sends_away():
        desk_of.send_away(newcomer, personnel)

    @transaction.atomic
    def lets_in():
        return desk_of.let_in(newcomer, colleague)

    return newcomer, sends_away, lets_in


def test_who_is_being_sent_away_is_not_admitted_in_the_same_moment(hurry):
    newcomer, sends_away, lets_in = hurry

    with ThreadPoolExecutor(1) as other:
        with meanwhile(sends_away):
            admitting = other.submit(elsewhere(lets_in))
            with pytest.raises(StillWaiting):
                admitting.result(0.3)
        with pytest.raises(NotAtTheDesk):
            admitting.result(PATIENCE)

    assert not MemberWrap.objects.filter(officer=newcomer.officer).exists()


def test_who_was_admitted_in_the_same_moment_loses_it_again(hurry):
    newcomer, sends_away, lets_in = hurry

    with ThreadPoolExecutor(1) as other:
        with meanwhile(lets_in):
            sending = other.submit(elsewhere(sends_away))
            with pytest.raises(StillWaiting):
                sending.result(0.3)
        sending.result(PATIENCE)

    assert not MemberWrap.objects.filter(officer=newcomer.officer).exists()


def test_without_the_lock_they_would_keep_it(hurry, monkeypatch):
    newcomer, sends_away, lets_in = hurry
    monkeypatch.setattr("himaya.vault.leaving.hold_officer", lambda _officer: None)

    with ThreadPoolExecutor(1) as other, meanwhile(lets_in):
        other.submit(elsewhere(sends_away)).result(PATIENCE)

    assert MemberWrap.objects.filter(officer=newcomer.officer).exists()
