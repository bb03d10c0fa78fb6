"""The pages of the desk's keys."""

import pytest
from django.urls import reverse

from himaya.accounts import two_person
from himaya.accounts.acts_of_two import ACTS_OF_TWO
from himaya.accounts.models import TwoPersonAct
from himaya.agencies.models import Desk
from himaya.vault.models import MemberKey, MemberWrap, Readmission
from tests.factories import desk_of, offices
from tests.factories import two_person as pairs
from tests.factories.signed import make_fresh

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
NEW = "fern garnet hazel indigo iris"


def text(response):
    return response.content.decode()


def test_a_colleague_sees_who_waits_and_admits_them(desk, colleague, newcomer):
    browser = make_fresh(colleague.browser())
    assert "Waits to be admitted" in text(browser.get("/keys/"))

    answer = browser.post(reverse("vault:admit", args=[desk.pk, newcomer.officer.pk]), follow=True)

    assert "Waits to be admitted" not in text(answer)
    assert MemberWrap.objects.filter(officer=newcomer.officer).count() == 1


def test_without_unlocking_nobody_is_admitted(desk, colleague, newcomer):
    browser = make_fresh(colleague.browser(unlocked=False))
    assert "Unlock before you admit somebody" in text(browser.get("/keys/"))

    answer = browser.post(reverse("vault:admit", args=[desk.pk, newcomer.officer.pk]))

    assert answer.status_code == 403
    assert not MemberWrap.objects.filter(officer=newcomer.officer).exists()


def test_admitting_asks_for_a_second_factor_again(desk, colleague, newcomer):
    browser = colleague.browser()

    browser.post(reverse("vault:admit", args=[desk.pk, newcomer.officer.pk]))

    assert not MemberWrap.objects.filter(officer=newcomer.officer).exists()


def test_who_is_not_admitted_reads_what_to_do(newcomer):
    page = text(newcomer.browser(unlocked=False).get("/keys/"))

    assert "Ask a colleague who is to unlock and admit you here." in page


def test_who_has_no_key_reads_what_to_do(newcomer):
    MemberKey.objects.filter(officer=newcomer.officer).delete()

    page = text(newcomer.browser(unlocked=False).get("/keys/"))

    assert "You have no key of your own yet" in page


def test_a_lost_passphrase_goes_through_three_people(desk, colleague, newcomer):
    desk_of.let_in(newcomer, colleague)
    forgetful, vouching = (make_fresh(seat.browser()) for seat in (newcomer, colleague))
    former = MemberKey.objects.get(officer=newcomer.officer).public_key
    forgetful.post(reverse("vault:lost"), {"passphrase": NEW, "again": NEW})
    asked = Readmission.objects.get()

    assert "has lost the passphrase" in text(vouching.get("/keys/"))
    vouching.post(reverse("vault:vouch", args=[asked.pk]))
    _, second = pairs.person(ACTS_OF_TWO["officer.enrol"], "another body")
    request = TwoPersonAct.objects.get()
    two_person.approve(actor=second, request_id=request.pk, at=request.asked_at)
    there = reverse("vault:again", args=[asked.pk])
    assert "Admit again" in text(vouching.get(there))
    vouching.post(reverse("vault:admit_again", args=[asked.pk]))

    key = MemberKey.objects.get(officer=newcomer.officer)
    assert key.public_key == asked.public_key != former
    assert vouching.get(there).status_code == 404


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        (NEW, NEW + "x", "The two are not the same"),
        ("short", "short", "Choose a longer passphrase"),
        ("", "", "This field is required"),
    ],
)
def test_a_passphrase_that_will_not_do_is_refused_with_a_reason(newcomer, one, other, said):
    browser = make_fresh(newcomer.browser(unlocked=False))

    answer = browser.post(reverse("vault:lost"), {"passphrase": one, "again": other})

    assert (answer.status_code, said in text(answer)) == (422, True)
    assert not Readmission.objects.exists()


def test_a_stranger_does_not_see_who_lost_a_passphrase(newcomer):
    make_fresh(newcomer.browser()).post(reverse("vault:lost"), {"passphrase": NEW, "again": NEW})
    stranger = desk_of.seat(offices.desk(Desk.Kind.SHELTER), "shelter_worker").browser()

    there = reverse("vault:again", args=[Readmission.objects.get().pk])
    assert stranger.get(there).status_code == 404
    assert newcomer.officer.username not in text(stranger.get("/keys/"))
