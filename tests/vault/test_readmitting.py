"""A lost passphrase: a colleague vouches, a second body allows, the old key is destroyed."""

from datetime import timedelta

import pyrage
import pytest
from argon2.low_level import hash_secret_raw
from django.db import DatabaseError, transaction

from himaya.accounts import two_person
from himaya.accounts.acts_of_two import ACTS_OF_TWO
from himaya.accounts.errors import AskedAlready, NotApproved, SameBody
from himaya.agencies.models import Desk
from himaya.kernel.errors import NotKnown
from himaya.vault.errors import KeyNotTrusted, NotYourself, TooEasy, WrongPassphrase
from himaya.vault.keyring import Keyring, open_member_key
from himaya.vault.models import MemberKey, MemberWrap, PasskeyWrap, Readmission, Unlock
from himaya.vault.operations import change_passphrase
from himaya.vault.readmitting import ask_readmission, readmit, vouch
from tests.factories import cases, desk_of, offices, seats
from tests.factories import two_person as pairs
from tests.factories.ledger import acts
from tests.factories.moments import NOON
from tests.factories.roles import as_officer

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
OLD, NEW = "amber basin cedar dune ember", "fern garnet hazel indigo iris"
LATER = NOON + timedelta(hours=1)


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """The passphrase's key in no time; how slow the real one is has a test of its own."""
    cheap = {"time_cost": 1, "memory_cost": 8, "parallelism": 1}
    monkeypatch.setattr(
        "himaya.vault.keys.hash_secret_raw",
        lambda *what, **how: hash_secret_raw(*what, **how | cheap),
    )


@pytest.fixture
def forgetful(desk):
    return desk_of.seat(desk, passphrase=OLD)


@pytest.fixture
def second():
    """Somebody of another body who may allow it."""
    return pairs.person(ACTS_OF_TWO["officer.enrol"], "another body")[1]


@pytest.fixture
def asked(forgetful):
    with as_officer(forgetful.actor):
        return ask_readmission(actor=forgetful.actor, passphrase=NEW, at=NOON)


def vouched(by, asked, at=NOON):
    with as_officer(by.actor):
        return vouch(actor=by.actor, readmission_id=asked.pk, at=at)


def allowed(second, request, at=NOON):
    with as_officer(second):
        return two_person.approve(actor=second, request_id=request.pk, at=at)


def admitted_again(by, asked, at=NOON):
    with transaction.atomic(), as_officer(by.actor):
        return readmit(actor=by.actor, keyring=by.keyring, readmission_id=asked.pk, at=at)


def keyring_with(seat, passphrase):
    opened = open_member_key(seat.officer.pk, passphrase)
    return Keyring(seat.officer.pk, pyrage.x25519.Identity.from_str(opened))


def test_with_both_the_new_passphrase_opens_what_the_desk_holds(
    desk, forgetful, colleague, second, asked
):
    circle = cases.compartment(cases.case(desk), desk, wish="to stay")
    allowed(second, vouched(colleague, asked))

    admitted_again(colleague, asked)

    assert desk_of.reads(forgetful, circle, keyring=keyring_with(forgetful, NEW)) == ["to stay"]
    with pytest.raises(WrongPassphrase):
        open_member_key(forgetful.officer.pk, OLD)
    story = [act for act in acts() if act.startswith(("vault.readm", "two_person"))]
    assert story == [
        "vault.readmission_asked",
        "two_person.asked",
        "two_person.approved",
        "two_person.used",
        "vault.readmitted",
    ]


def test_the_old_key_and_all_that_was_sealed_to_it_are_destroyed(
    forgetful, colleague, second, asked
):
    seats.unlock_cookie(forgetful.officer)
    key = MemberKey.objects.get(officer=forgetful.officer)
    wraps = list(MemberWrap.objects.filter(officer=forgetful.officer))
    PasskeyWrap.objects.create(
        officer=forgetful.officer, credential=b"c", salt=b"s", sealed=b"x", made_at=NOON
    )
    allowed(second, vouched(colleague, asked))

    admitted_again(colleague, asked)

    assert not MemberKey.objects.filter(pk=key.pk).exists()
    assert not MemberWrap.objects.filter(pk__in=[wrap.pk for wrap in wraps]).exists()
    assert not Unlock.objects.filter(officer=forgetful.officer).exists()
    assert not PasskeyWrap.objects.filter(officer=forgetful.officer).exists()


def test_asking_alone_changes_nothing(forgetful, colleague, asked):
    with pytest.raises(NotApproved):
        admitted_again(colleague, asked)

    open_member_key(forgetful.officer.pk, OLD)


def test_the_colleague_alone_changes_nothing(forgetful, colleague, asked):
    vouched(colleague, asked)

    with pytest.raises(NotApproved):
        admitted_again(colleague, asked)

    open_member_key(forgetful.officer.pk, OLD)


def test_somebody_of_the_same_body_does_not_allow_it(colleague, asked):
    own_body = pairs.person(ACTS_OF_TWO["officer.enrol"], "police")[1]
    assert own_body.agency_id == colleague.actor.agency_id

    with pytest.raises(SameBody):
        allowed(own_body, vouched(colleague, asked))


def test_it_counts_once(colleague, second, asked):
    allowed(second, vouched(colleague, asked))
    admitted_again(colleague, asked)

    with pytest.raises(NotKnown):
        admitted_again(colleague, asked)


def test_what_was_allowed_too_long_ago_counts_no_more(colleague, second, asked):
    allowed(second, vouched(colleague, asked))

    with pytest.raises(NotApproved):
        admitted_again(colleague, asked, NOON + timedelta(days=8))


def test_a_stranger_to_the_desk_learns_nothing_and_does_nothing(asked):
    stranger = desk_of.seat(offices.desk(Desk.Kind.SHELTER), "shelter_worker")

    with pytest.raises(NotKnown):
        vouched(stranger, asked)
    with pytest.raises(NotKnown):
        admitted_again(stranger, asked)


def test_nobody_vouches_for_themselves(forgetful, asked):
    with pytest.raises(NotYourself):
        vouched(forgetful, asked)


def test_asking_anew_replaces_what_was_vouched_for(forgetful, colleague, second, asked):
    """Somebody who has got at the session cannot slip a key of theirs under an agreed request."""
    allowed(second, vouched(colleague, asked))
    with as_officer(forgetful.actor):
        anew = ask_readmission(actor=forgetful.actor, passphrase=OLD, at=LATER)

    with pytest.raises(NotKnown):
        admitted_again(colleague, asked)
    with pytest.raises(NotApproved):
        admitted_again(colleague, anew)


def test_two_colleagues_do_not_vouch_twice(desk, colleague, asked):
    vouched(colleague, asked)

    with pytest.raises(AskedAlready):
        vouched(desk_of.seat(desk), asked)


@pytest.mark.parametrize("passphrase", ["", "short", "a" * 40, "ab" * 20])
def test_a_passphrase_that_is_guessed_quickly_is_refused(forgetful, passphrase):
    with pytest.raises(TooEasy), as_officer(forgetful.actor):
        ask_readmission(actor=forgetful.actor, passphrase=passphrase, at=NOON)


def test_a_new_key_that_somebody_swapped_is_not_put_in_place(forgetful, colleague, second, asked):
    allowed(second, vouched(colleague, asked))
    stranger = str(pyrage.x25519.Identity.generate().to_public())
    Readmission.objects.filter(pk=asked.pk).update(public_key=stranger)

    with pytest.raises(KeyNotTrusted):
        admitted_again(colleague, asked)

    open_member_key(forgetful.officer.pk, OLD)


BY_HAND = {
    "takes the key away": lambda seat, new: MemberKey.objects.filter(officer=seat.officer).delete(),
    "takes the wraps away": lambda seat, new: MemberWrap.objects.filter(
        officer=seat.officer
    ).delete(),
    "says that it is done": lambda seat, new: Readmission.objects.update(done_at=NOON),
    "changes the passphrase": lambda seat, new: MemberKey.objects.filter(
        officer=seat.officer
    ).update(sealed=new.sealed),
}


@pytest.fixture(params=["asked", "vouched", "allowed"])
def so_far(request, colleague, second, asked):
    """A readmission that has come so far, and not to its end."""
    if request.param != "asked":
        wanted = vouched(colleague, asked)
    if request.param == "allowed":
        allowed(second, wanted)
    return asked


@pytest.mark.parametrize("what", BY_HAND)
def test_past_the_operation_the_database_refuses_it(forgetful, colleague, so_far, what):
    with transaction.atomic(), as_officer(colleague.actor):
        try:
            with transaction.atomic():
                changed = BY_HAND[what](forgetful, so_far)
        except DatabaseError:
            changed = 0

    assert changed in (0, (0, {}))
    open_member_key(forgetful.officer.pk, OLD)


def test_who_knows_the_old_passphrase_changes_it_and_stays_admitted(desk, forgetful):
    circle = cases.compartment(cases.case(desk), desk, wish="to stay")
    seats.unlock_cookie(forgetful.officer)

    with as_officer(forgetful.actor):
        change_passphrase(actor=forgetful.actor, passphrase=OLD, new=NEW, at=NOON)

    assert desk_of.reads(forgetful, circle, keyring=keyring_with(forgetful, NEW)) == ["to stay"]
    assert not Unlock.objects.exists()
    with pytest.raises(WrongPassphrase):
        open_member_key(forgetful.officer.pk, OLD)
