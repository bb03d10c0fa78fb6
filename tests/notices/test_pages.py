"""The page on which a desk says where it is reached, and sees what could not be sent."""

import pytest

from himaya.notices import outbox
from himaya.notices.letters import opened_by_worker
from himaya.notices.models import DutyAddress, Outgoing
from tests.factories.browsers import Browser, words_of
from tests.factories.moments import NOON

pytestmark = pytest.mark.slow
ADDRESS = "on.duty@canary.example"


def typed(seat, **changes):
    return {"desk": str(seat.desk.pk), "address": ADDRESS, "language": "ar"} | changes


def test_a_desk_sets_its_duty_address_and_nobody_reads_it_back(people):
    browser = Browser(people.worker)

    assert browser.post("/duty/", typed(people.worker)).status_code == 302

    page = browser.get("/duty/")
    assert "A duty address was set on" in words_of(page)
    assert ADDRESS not in page.content.decode()
    assert opened_by_worker(DutyAddress.objects.get().sealed) == ADDRESS.encode()


@pytest.mark.parametrize("changes", [{"address": "nobody"}, {"address": ""}, {"language": "xx"}])
def test_what_is_no_address_is_refused_beside_its_field(people, changes):
    page = Browser(people.worker).post("/duty/", typed(people.worker, **changes))

    assert page.status_code == 422
    assert not DutyAddress.objects.exists()


def test_an_address_of_another_desk_is_not_set(people):
    page = Browser(people.stranger).post("/duty/", typed(people.worker))

    assert page.status_code == 422
    assert not DutyAddress.objects.exists()


def test_what_could_not_be_sent_is_on_the_day_list_until_it_is_put_away(people):
    with people.worker.works():
        message = outbox.put(
            actor=people.worker.actor,
            to=ADDRESS,
            subject_code="call_when_free",
            desk_id=people.worker.desk.pk,
            language="en",
            at=NOON,
        )
    Outgoing.objects.filter(pk=message.pk).update(state="given_up", attempts=9)
    browser = Browser(people.worker)
    assert "Reach somebody another way" in words_of(browser.get("/"))
    assert "Could not be sent" in words_of(browser.get("/duty/"))

    assert Browser(people.stranger).post(f"/duty/{message.pk}/away").status_code == 302
    assert Outgoing.objects.exists()
    assert browser.post(f"/duty/{message.pk}/away").status_code == 302
    assert not Outgoing.objects.exists()
