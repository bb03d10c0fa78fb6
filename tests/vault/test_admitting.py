"""A colleague who has unlocked lets a newcomer in; nobody else can, and nobody themselves."""

import pyrage
import pytest
from django.db import DatabaseError, transaction

from himaya.agencies.models import Desk
from himaya.audit.models import Pending
from himaya.kernel.errors import NotKnown, NotPermitted
from himaya.vault import members
from himaya.vault.errors import (
    KeyNotTrusted,
    NoKey,
    NoKeyYet,
    NotAtTheDesk,
    NothingToGive,
    NotYourself,
)
from himaya.vault.models import MemberKey, MemberWrap
from himaya.vault.seal import sealed_to
from tests.factories import cases, desk_of, offices
from tests.factories.roles import as_officer
from tests.factories.threats import threat

pytestmark = pytest.mark.django_db


@pytest.fixture
def stranger():
    return desk_of.seat(offices.desk(Desk.Kind.SHELTER), "shelter_worker")


def test_an_admitted_newcomer_reads_what_the_desk_reads_old_epochs_too(desk, colleague, newcomer):
    before = cases.compartment(cases.case(desk), desk, wish="to stay")
    desk_of.send_away(desk_of.seat(desk), desk_of.personnel())
    desk_of.sign()
    after = cases.compartment(cases.case(desk), desk, wish="to work")
    with pytest.raises(NoKey):
        desk_of.reads(newcomer, before)

    given = desk_of.let_in(newcomer, colleague)

    assert {wrap.epoch.number for wrap in given} == {1, 2}
    assert (desk_of.reads(newcomer, before), desk_of.reads(newcomer, after)) == (
        ["to stay"],
        ["to work"],
    )
    entry = Pending.objects.get(act="vault.admitted")
    assert (entry.actor_id, entry.subject_id, entry.desk_id) == (
        colleague.officer.pk,
        newcomer.officer.pk,
        desk.pk,
    )


def test_who_was_admitted_admits_the_next(desk, colleague, newcomer):
    desk_of.let_in(newcomer, colleague)
    third = desk_of.newcomer(desk)

    desk_of.let_in(third, newcomer)

    assert MemberWrap.objects.filter(officer=third.officer).count() == 1


def test_admitting_twice_gives_nothing_twice(colleague, newcomer):
    desk_of.let_in(newcomer, colleague)

    with pytest.raises(NothingToGive):
        desk_of.let_in(newcomer, colleague)


def test_a_stranger_to_the_desk_learns_nothing(stranger, newcomer, desk):
    outside = type(stranger)(stranger.officer, desk, stranger.actor, stranger.keyring)

    with pytest.raises(NotKnown):
        desk_of.let_in(newcomer, outside)


def test_who_was_not_admitted_admits_nobody(newcomer, desk):
    with pytest.raises(NoKey):
        desk_of.let_in(desk_of.newcomer(desk), newcomer)


def test_nobody_admits_themselves(colleague, newcomer):
    with pytest.raises(NotYourself):
        desk_of.let_in(newcomer, newcomer)


def test_nobody_is_admitted_to_a_desk_where_they_do_not_sit(colleague, stranger):
    with pytest.raises(NotAtTheDesk):
        desk_of.let_in(stranger, colleague)


def test_a_suspended_officer_is_not_admitted(colleague, newcomer):
    newcomer.officer.is_active = False
    newcomer.officer.save()

    with pytest.raises(NotAtTheDesk):
        desk_of.let_in(newcomer, colleague)


def test_a_newcomer_without_a_key_is_told_to_make_one(colleague, newcomer):
    MemberKey.objects.filter(officer=newcomer.officer).delete()

    with pytest.raises(NoKeyYet):
        desk_of.let_in(newcomer, colleague)


def test_it_takes_the_permission_to_vouch(colleague, newcomer, desk):
    without = type(colleague.actor)(
        kind="officer",
        name="case_worker",
        officer_id=colleague.officer.pk,
        desk_ids=frozenset({desk.pk}),
    )

    with pytest.raises(NotPermitted):
        desk_of.let_in(newcomer, type(colleague)(colleague.officer, desk, without, None))


class Unchecked:
    """Sealing to members without asking whether their key is theirs."""

    def __enter__(self):
        self.patch = pytest.MonkeyPatch()
        self.patch.setattr(members, "check_member_key", lambda _key: None)

    def __exit__(self, *_):
        self.patch.undo()


@threat("B6", off=Unchecked)
def test_a_swapped_public_key_of_a_newcomer_is_refused(colleague, newcomer):
    desk_of.swap_member_key(newcomer.officer)

    with pytest.raises(KeyNotTrusted):
        desk_of.let_in(newcomer, colleague)
    assert not MemberWrap.objects.filter(officer=newcomer.officer).exists()


def test_a_key_that_lies_in_the_place_of_the_desks_is_not_given_on(desk, colleague, newcomer):
    """A database administrator seals a key of their own to the colleague, as the desk's."""
    planted = str(pyrage.x25519.Identity.generate())
    public = str(colleague.keyring.identity.to_public())
    MemberWrap.objects.filter(officer=colleague.officer).update(
        sealed=sealed_to([public], planted.encode())
    )

    with pytest.raises(KeyNotTrusted):
        desk_of.let_in(newcomer, colleague)


def seal_by_hand(by, to, epoch_id):
    return MemberWrap.objects.create(epoch_id=epoch_id, officer=to.officer, sealed=b"anything")


@pytest.fixture
def seats(colleague, newcomer, stranger):
    return {"colleague": colleague, "newcomer": newcomer, "stranger": stranger}


def seals_by_hand(seats, who, to):
    """Somebody puts a wrap of the desk's key into the table, past the operation."""
    epoch_id = MemberWrap.objects.get(officer=seats["colleague"].officer).epoch_id
    if to == "colleague":
        MemberWrap.objects.filter(officer=seats["colleague"].officer).delete()
    with transaction.atomic(), as_officer(seats[who].actor):
        MemberWrap.objects.create(epoch_id=epoch_id, officer=seats[to].officer, sealed=b"anything")


def test_the_database_lets_a_colleague_seal_to_a_newcomer(seats):
    seals_by_hand(seats, "colleague", "newcomer")

    assert MemberWrap.objects.filter(officer=seats["newcomer"].officer).count() == 1


@pytest.mark.parametrize(
    ("who", "to"),
    [
        ("colleague", "stranger"),
        ("stranger", "newcomer"),
        ("newcomer", "newcomer"),
        ("newcomer", "colleague"),
    ],
)
def test_the_database_lets_nobody_else_and_to_nobody_else(seats, who, to):
    with pytest.raises(DatabaseError):
        seals_by_hand(seats, who, to)


def test_colleagues_see_who_holds_a_key_and_strangers_do_not(desk, colleague, newcomer, stranger):
    with as_officer(newcomer.actor):
        assert MemberWrap.objects.filter(officer=colleague.officer).count() == 1
        assert not MemberKey.objects.filter(officer=colleague.officer).exists()
    with as_officer(stranger.actor):
        assert not MemberWrap.objects.filter(officer=colleague.officer).exists()


def test_members_are_listed_with_who_waits(desk, colleague, newcomer):
    with as_officer(colleague.actor):
        found = {each.officer_id: each.admitted for each in members.members_of(desk.pk)}

    assert found == {colleague.officer.pk: True, newcomer.officer.pk: False}
