"""The pages of devices and of the desk, and what a device asks the site for."""

import json
import re
from html import unescape

import pytest
from django.urls import reverse

from himaya.cases.models import Case
from himaya.fieldwork.models import Card, Device
from himaya.fieldwork.operations.devices import Registered
from himaya.packs.loader import current
from tests.factories import cards
from tests.factories.browsers import Browser, words_of
from tests.factories.moments import NOON
from tests.factories.people import seat
from tests.factories.roles import as_role
from tests.factories.signed import make_fresh

pytestmark = pytest.mark.slow  # a long series
SAID = re.compile(r'data-said="([^"]*)"')


@pytest.fixture
def field(people):
    return cards.in_the_field(people)


def bundle_of(response):
    """The JSON that a page hands to its script."""
    return json.loads(unescape(SAID.search(response.content.decode())[1]))


@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("ar", "rtl")])
def test_the_card_names_nobody_and_holds_no_case(field, people, case, language, direction):
    page = Browser(field).get(reverse("fieldwork:card", args=[language]))

    html = page.content.decode()
    assert f'<html lang="{language}" dir="{direction}">' in html
    for name in (field.officer.username, case.pseudonym, people.identifier.desk.label_en):
        assert name not in html
    policy = page.headers["Content-Security-Policy"]
    assert "worker-src 'self'" in policy
    assert "unsafe" not in policy


def test_other_pages_may_run_no_worker(field):
    policy = Browser(field).get(reverse("fieldwork:devices")).headers["Content-Security-Policy"]

    assert "worker-src" not in policy


def test_the_card_speaks_every_language_of_the_country(field):
    said = bundle_of(Browser(field).get(reverse("fieldwork:card", args=["en"])))

    spoken = [each["code"] for each in said["tongues"]]
    assert len(spoken) == 12
    assert len(said["questions"]) == 16
    for question in said["questions"]:
        assert set(question["ask"]) == set(spoken), question["id"]
    for code in spoken:
        assert [line["lang"] for line in said["spoken"][code]["before"]] == [code, code]
        assert len(said["spoken"][code]["answers"]) == 4


def test_a_language_that_officers_do_not_have_is_not_found(field):
    assert Browser(field).get("/card/hi").status_code == 404
    assert Browser(field).get("/card/hi.webmanifest").status_code == 404
    assert Browser(field).get("/card/voice/nothing").status_code == 404


def test_the_worker_keeps_the_card_and_nothing_else(field):
    script = Browser(field).get(reverse("fieldwork:worker"))
    kept = json.loads(re.search(r"const KEPT = (\[.*?\]);", script.content.decode())[1])

    assert script.headers["Content-Type"].startswith("text/javascript")
    assert {path.split("/")[1] for path in kept} == {"card", "s"}
    assert all(Browser(field).get(path).status_code == 200 for path in kept if "/card/" in path)


def test_a_telephone_puts_it_among_its_programs_under_a_plain_name(field):
    said = json.loads(Browser(field).get("/card/en.webmanifest").content)

    assert (said["name"], said["start_url"], said["scope"]) == ("Notes", "/card/en", "/card/")


def test_registering_asks_for_a_fresh_second_factor(field):
    response = Browser(field).post(reverse("fieldwork:register"))

    assert not Device.objects.exists()
    assert response.status_code in {302, 401, 403}


def test_a_device_is_given_its_secret_once_and_sends(field):
    browser = Browser(field)
    make_fresh(browser._client)
    said = bundle_of(browser.post(reverse("fieldwork:register")))
    assert said["desk"] == json.loads(browser.get("/card/now").content)["desk"]
    device = Device.objects.get(pk=said["id"])

    from_device = cards.sent(Registered(device, said["token"]), cards.record())
    with as_role("staff"):
        answer = browser._client.post(
            reverse("fieldwork:sync"), from_device, content_type="application/octet-stream"
        )

    assert json.loads(answer.content)["here"] == [str(Card.objects.get().pk)]
    assert said["token"] not in words_of(browser.get(reverse("fieldwork:devices")))


def test_what_is_no_delivery_is_refused_as_json(field):
    browser = Browser(field)
    with as_role("staff"):
        answer = browser._client.post(
            reverse("fieldwork:sync"), b"words", content_type="application/octet-stream"
        )

    assert answer.status_code == 422
    assert json.loads(answer.content)["code"] == "fieldwork.not_records"


def test_a_supervisor_sees_the_devices_of_the_agency_and_revokes_one(people, field):
    device = cards.device_of(field).device
    supervisor = Browser(seat("desk_supervisor", people.identifier.desk))
    assert device.mark in words_of(supervisor.get(reverse("fieldwork:devices")))

    supervisor.post(reverse("fieldwork:revoke", args=[device.pk]))

    device.refresh_from_db()
    assert device.ended == Device.Ended.SUPERVISOR
    again = supervisor.post(reverse("fieldwork:revoke", args=[device.pk]))
    assert again.status_code == 403


def test_the_list_leads_to_the_record_and_the_record_to_the_decision(people, field):
    card = cards.arrived(people, {"said": "CANARY-WORDS"}, by=field)
    browser = Browser(people.identifier)
    assert card.pk.hex[:8].upper() in words_of(browser.get(reverse("fieldwork:index")))
    assert "CANARY" not in words_of(browser.get(reverse("fieldwork:show", args=[card.pk])))

    read = words_of(
        browser.post(reverse("fieldwork:words", args=[card.pk]), {"reason": "day_list"})
    )
    assert "CANARY-WORDS" in read
    assert "The answers point to trafficking in persons." in read

    response = browser.post(reverse("fieldwork:take", args=[card.pk]), taking(people))

    case = Case.objects.get(channel="field_card")
    assert response["Location"] == reverse("cases:status", args=[case.pk])
    assert browser.get(response["Location"]).status_code == 200


def taking(people, **changes):
    """The form that takes a record into a new case."""
    form = {
        "into": "new",
        "desk": str(people.worker.desk.pk),
        "act": ["recruitment"],
        "means": ["other_coercion"],
        "purpose": ["forced_labour"],
        "child_then": "not_known",
        "officer_view": "agree",
        "doubts": "CANARY-DOUBT",
        "version": "1",
    }
    return form | changes


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"desk": ""}, "Choose the desk that leads the new case."),
        ({"into": "elsewhere"}, "Select a valid choice"),
        ({"version": "0"}, "A colleague changed this record"),
        ({"officer_view": ""}, "This field is required."),
    ],
)
def test_a_form_with_a_fault_comes_back_whole(people, changes, sentence):
    card = cards.arrived(people)
    page = Browser(people.identifier).post(
        reverse("fieldwork:take", args=[card.pk]), taking(people, **changes)
    )

    assert sentence in words_of(page)
    assert "CANARY-DOUBT" in page.content.decode()
    assert Card.objects.get(pk=card.pk).state == "arrived"


def test_a_record_is_put_aside_with_a_reason(people):
    card = cards.arrived(people)
    browser = Browser(people.identifier)
    aside = reverse("fieldwork:aside", args=[card.pk])

    no_reason = browser.post(aside, {"version": "1"})
    assert no_reason.status_code == 422
    assert '<details class="card" open>' in no_reason.content.decode()
    browser.post(aside, {"version": "1", "reason": "practice"})

    shown = words_of(browser.get(reverse("fieldwork:show", args=[card.pk])))
    assert "Put aside: It was practice" in shown


@pytest.mark.parametrize("what", ["take", "aside"])
def test_who_comes_too_late_reads_why_and_has_what_they_typed(people, what):
    card = cards.arrived(people)
    browser = Browser(people.identifier)
    aside = {"version": "1", "reason": "practice"}
    browser.post(reverse("fieldwork:aside", args=[card.pk]), aside)

    late = browser.post(
        reverse(f"fieldwork:{what}", args=[card.pk]), taking(people) if what == "take" else aside
    )

    assert "A colleague has dealt with this record already." in words_of(late)
    assert ("CANARY-DOUBT" in late.content.decode()) is (what == "take")


def test_a_record_from_a_wrong_clock_says_so(people, field):
    then = NOON.replace(year=1999)
    cards.brought(field, cards.device_of(field), cards.record(when=then), now=then)

    page = words_of(Browser(people.identifier).get(reverse("fieldwork:index")))

    assert "behind ours" in page


def test_it_waits_on_my_day(people):
    cards.arrived(people)

    assert "Read a record from the field" in words_of(Browser(people.identifier).get("/"))


def test_the_card_asks_of_the_pack_in_force(field):
    said = bundle_of(Browser(field).get(reverse("fieldwork:card", args=["ar"])))

    assert [each["id"] for each in said["questions"]] == [
        each.id for each in current().card.questions
    ]
