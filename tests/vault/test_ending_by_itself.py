"""What ends by itself: grants with an end, wakes with an end; and going on under a turned key."""

from datetime import timedelta

import pyrage
import pytest
from django.utils import timezone

from himaya.agencies.models import Desk
from himaya.audit.models import Pending
from himaya.vault.errors import NotGranted
from himaya.vault.expiring import end_expired
from himaya.vault.models import CompartmentEpoch, DeskEpoch, Escalation, Grant, MemberWrap
from himaya.vault.padding import unpad
from himaya.vault.queries import key_of_compartment, key_of_desk
from himaya.vault.resealing import STRAGGLERS, reseal
from himaya.vault.reveal import reveal, share
from himaya.vault.seal import Reader, open_circle, seal
from tests.factories import cases, desk_of, offices
from tests.factories.desk_of import KEYS
from tests.factories.roles import as_officer, as_role

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
HOUR = timedelta(hours=1)


@pytest.fixture
def now():
    """Policies ask the database's clock."""
    return timezone.now()


@pytest.fixture
def sender():
    return desk_of.seat(offices.desk(Desk.Kind.CASEWORK))


@pytest.fixture
def receiver():
    return desk_of.seat(offices.desk(Desk.Kind.SHELTER), "shelter_worker")


@pytest.fixture
def circle(sender):
    return cases.compartment(cases.case(sender.desk), sender.desk, wish="to stay")


def lend(circle, sender, receiver, until):
    return share(
        keyring=sender.keyring,
        compartment_id=circle.compartment.pk,
        desk_id=receiver.desk.pk,
        reason=Grant.Reason.CONSENT,
        actor=sender.actor,
        at=until - HOUR,
        until=until,
    )


def worker_ends(at):
    with as_role("worker"):
        return end_expired(actor=KEYS, at=at)


def worker_reseals(at):
    with as_role("worker"):
        return reseal(actor=KEYS, at=at)


def opened_grants(seat):
    """Every compartment's private key that the seat's desk can open now."""
    wrap = MemberWrap.objects.filter(officer=seat.officer).latest("epoch__number")
    desk = identity_in(wrap.sealed, seat.keyring.identity)
    held = Grant.objects.filter(desk=seat.desk, desk_epoch=wrap.epoch_id)
    return [identity_in(grant.sealed, desk) for grant in held]


def identity_in(sealed, identity):
    opened = unpad(pyrage.decrypt(bytes(sealed), [identity])).decode()
    return pyrage.x25519.Identity.from_str(opened)


def test_a_grant_whose_time_is_over_goes_and_the_others_go_on(sender, receiver, circle, now):
    lend(circle, sender, receiver, now - HOUR)
    kept = opened_grants(receiver)

    assert worker_ends(now) == 1

    assert set(Grant.objects.values_list("desk", flat=True)) == {sender.desk.pk}
    fresh = seal(
        epoch=key_of_compartment(circle.compartment), name="wish", content=b"to work", at=now
    )
    assert desk_of.reads(sender, circle, at=now) == ["to stay", "to work"]
    with pytest.raises(pyrage.DecryptError):
        pyrage.decrypt(bytes(fresh.content), kept)
    assert Pending.objects.filter(act="vault.grants_expired", actor_name="keys").count() == 1


def test_until_it_went_it_was_refused_all_the_same(sender, receiver, circle, now):
    lend(circle, sender, receiver, now - HOUR)

    with pytest.raises(NotGranted):
        desk_of.reads(receiver, circle, at=now)


def test_with_the_newest_epoch_used_again_who_kept_the_key_would_read_on(
    sender, receiver, circle, now
):
    lend(circle, sender, receiver, now - HOUR)
    kept = opened_grants(receiver)

    fresh = seal(epoch=circle.epoch, name="wish", content=b"to work", at=now)

    assert b"to work" in pyrage.decrypt(bytes(fresh.content), kept)


def test_a_grant_that_still_lasts_is_left_alone(sender, receiver, circle, now):
    lend(circle, sender, receiver, now + HOUR)

    assert worker_ends(now) == 0
    assert desk_of.reads(receiver, circle, at=now) == ["to stay"]


def test_ending_twice_ends_once(sender, receiver, circle, now):
    lend(circle, sender, receiver, now - HOUR)

    assert [worker_ends(now), worker_ends(now)] == [1, 0]


def test_a_sleeping_grant_beside_one_that_expired_sleeps_on(sender, receiver, now):
    readers = [
        Reader(key_of_desk(sender.desk.pk), Grant.Reason.RECEIVED),
        Reader(key_of_desk(receiver.desk.pk), Grant.Reason.ESCALATION, dormant=True),
    ]
    case = cases.case(sender.desk)
    circle = open_circle(kind="needs", subject_id=case.pk, readers=readers, at=now)
    lend(circle, sender, receiver, now - HOUR)

    worker_ends(now)

    newest = CompartmentEpoch.objects.latest("number")
    assert set(Grant.objects.filter(epoch=newest).values_list("desk", "dormant")) == {
        (sender.desk.pk, False),
        (receiver.desk.pk, True),
    }


def test_a_desk_whose_key_cannot_be_confirmed_stops_nobody_elses_end(sender, receiver, circle, now):
    lend(circle, sender, receiver, now - HOUR)
    stranger = str(pyrage.x25519.Identity.generate().to_public())
    DeskEpoch.objects.filter(desk=sender.desk).update(public_key=stranger)

    assert worker_ends(now) == 1
    assert not Grant.objects.filter(desk=receiver.desk).exists()
    assert CompartmentEpoch.objects.count() == 1


def test_the_worker_takes_no_grant_that_still_lasts(sender, receiver, circle, now):
    lend(circle, sender, receiver, now + HOUR)

    with as_role("worker"):
        assert Grant.objects.all().delete()[0] == 0


# Wakes that end.


@pytest.fixture
def asleep(sender, receiver, now):
    """A compartment whose second reader sleeps."""
    readers = [
        Reader(key_of_desk(sender.desk.pk), Grant.Reason.RECEIVED),
        Reader(key_of_desk(receiver.desk.pk), Grant.Reason.ESCALATION, dormant=True),
    ]
    case = cases.case(sender.desk)
    circle = open_circle(kind="needs", subject_id=case.pk, readers=readers, at=now)
    seal(epoch=circle.epoch, name="wish", content=b"to stay", at=now)
    return circle


def wake(circle, seat, at, until=None):
    return Escalation.objects.create(
        compartment=circle.compartment, desk=seat.desk, at=at, until=until
    )


@pytest.mark.parametrize(
    ("until", "awake"), [(None, True), (HOUR, True), (-HOUR, False)], ids=["good", "yet", "over"]
)
def test_a_wake_lasts_for_good_or_until_its_end(receiver, asleep, now, until, awake):
    wake(asleep, receiver, now - 2 * HOUR, until and now + until)

    with as_officer(receiver.actor):
        assert CompartmentEpoch.objects.exists() is awake
    if awake:
        assert desk_of.reads(receiver, asleep, at=now) == ["to stay"]
    else:
        with pytest.raises(NotGranted):
            desk_of.reads(receiver, asleep, at=now)


def test_the_code_refuses_an_ended_wake_also_where_the_database_would_not(receiver, asleep, now):
    wake(asleep, receiver, now - 2 * HOUR, now - HOUR)

    with pytest.raises(NotGranted):  # as the superuser, who sees every row
        reveal(
            keyring=receiver.keyring,
            compartment_ids=[asleep.compartment.pk],
            subject_id=asleep.compartment.subject_id,
            actor=receiver.actor,
            at=now,
            purpose="to_test",
            reason="own_work",
        )


def test_a_desk_is_woken_for_a_time_as_often_as_it_is_needed(receiver, asleep, now):
    wake(asleep, receiver, now - 3 * HOUR, now - 2 * HOUR)
    wake(asleep, receiver, now, now + HOUR)

    assert desk_of.reads(receiver, asleep, at=now) == ["to stay"]


# A turned key.


def turned(desk, at, *leavers):
    for leaver in leavers:
        desk_of.send_away(leaver, desk_of.personnel(), at)
    return desk_of.sign(at)


def test_compartments_go_on_under_the_new_key_of_a_desk(sender, circle, now):
    leaver = desk_of.seat(sender.desk)
    kept = opened_grants(leaver)
    (key,) = turned(sender.desk, now, leaver)

    assert worker_reseals(now) == 1

    newest = key_of_compartment(circle.compartment)
    assert set(Grant.objects.filter(epoch=newest).values_list("desk_epoch", flat=True)) == {key.pk}
    fresh = seal(epoch=newest, name="wish", content=b"to work", at=now)
    assert desk_of.reads(sender, circle, at=now) == ["to stay", "to work"]
    with pytest.raises(pyrage.DecryptError):
        pyrage.decrypt(bytes(fresh.content), kept)


def test_without_going_on_a_leaver_who_kept_the_keys_would_read_on(sender, circle, now):
    leaver = desk_of.seat(sender.desk)
    kept = opened_grants(leaver)
    turned(sender.desk, now, leaver)

    fresh = seal(
        epoch=key_of_compartment(circle.compartment), name="wish", content=b"to work", at=now
    )

    assert b"to work" in pyrage.decrypt(bytes(fresh.content), kept)


def test_each_compartment_goes_on_once_and_then_the_closed_key_is_marked(sender, circle, now):
    turned(sender.desk, now, desk_of.seat(sender.desk))

    assert [worker_reseals(now), worker_reseals(now)] == [1, 0]
    assert DeskEpoch.objects.get(number=1, desk=sender.desk).resealed_at is None
    worker_reseals(now + STRAGGLERS)

    assert DeskEpoch.objects.get(number=1, desk=sender.desk).resealed_at == now + STRAGGLERS
    assert Pending.objects.filter(act="vault.resealed").count() == 1
