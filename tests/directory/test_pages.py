"""The pages of the directory: what each officer finds there and can do, as they do it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from himaya.directory.models import Address, Language, Location, Organization, Service
from tests.factories import signed
from tests.factories.browsers import Browser, words_of
from tests.factories.people import seat
from tests.factories.roles import as_role
from tests.factories.services import brought_in, confidential, make_service, place, service

pytestmark = pytest.mark.slow
MOST_QUERIES = 12


@pytest.fixture
def keeper(people):
    return seat("directory_keeper", people.worker.desk)


@pytest.fixture
def shelter_service(people):
    return make_service("Women's house", sexes=["female"], desk=people.shelter.desk)


def described(service, **changes):
    return {
        "name": service.name,
        "status": "active",
        "needs": ["shelter"],
        "families": "any",
        "version": service.version,
        **changes,
    }


def test_who_fits_is_offered_and_who_does_not_is_told_why(people, shelter_service):
    make_service("Men's house", sexes=["male"], maximum_age=60)

    page = Browser(people.worker).get("/directory/?need=shelter&sex=female")

    found = page.context["found"]
    assert [row.name for row in found.fitting] == ["Women's house"]
    assert [(row.name, row.why_not) for row in found.others] == [
        ("Men's house", ["It takes only: Men and boys."])
    ]


def test_the_list_asks_the_database_few_questions(people):
    for number in range(30):
        make_service(f"House {number}", sexes=["female" if number % 2 else "male"])
    browser = Browser(people.worker)

    browser.get("/directory/?need=shelter&sex=female&open=on")

    assert len(browser.queries) <= MOST_QUERIES, browser.queries


def test_pages_follow_one_another_without_a_gap(people):
    today = timezone.now().date()
    for number in range(45):
        day = today if number % 3 else today - timedelta(days=200)
        make_service(f"House {number % 5}", assured_date=day)
    browser, seen = Browser(people.worker), []
    page = browser.get("/directory/?need=shelter")
    while True:
        seen += [(row.stale, row.name, row.id) for row in page.context["found"].fitting]
        if not page.context["found"].more:
            break
        page = browser.get(f"/directory/{page.context['found'].more}")

    assert len(seen) == len(set(seen)) == 45
    assert seen == sorted(seen)


def test_the_desk_confirms_and_counts_and_another_desk_does_not(people, shelter_service):
    Service.objects.filter(pk=shelter_service.pk).update(assured_date=None)
    address = f"/directory/services/{shelter_service.pk}/"
    ours, theirs = Browser(people.shelter), Browser(people.worker)
    assert "Nobody has confirmed" in words_of(ours.get(address))

    assert (
        ours.post(f"{address}confirm", {"assurer_email": "office@house.example"}).status_code == 302
    )
    assert ours.post(f"{address}free", {"places": "4"}).status_code == 302
    assert theirs.post(f"{address}free", {"places": "9"}).status_code == 403
    wrong = ours.post(f"{address}free", {"places": "-1"})

    shown = words_of(theirs.get(address))
    assert wrong.status_code == 422
    assert "4 places are free" in shown
    assert people.shelter.desk.label() in shown
    assert "Confirmed on" in shown


def test_a_keeper_describes_a_service_and_a_stale_form_shows_both_versions(keeper, shelter_service):
    address = f"/directory/services/{shelter_service.pk}/edit"
    browser = Browser(keeper)
    before = described(shelter_service)
    assert browser.get(address).status_code == 200

    first = browser.post(address, before | {"alert": "Full in winter", "languages": ["ar", "ur"]})
    second = browser.post(address, before | {"alert": "Moved"})

    assert first.status_code == 302
    assert second.status_code == 422
    words = words_of(second)
    assert "The service as it stands now" in words
    assert "Moved" in second.content.decode()
    assert "Arabic" in words
    shelter_service.refresh_from_db()
    assert shelter_service.alert == "Full in winter"
    assert Language.objects.count() == 2


def test_a_desk_does_not_describe_a_service(people, shelter_service):
    address = f"/directory/services/{shelter_service.pk}/edit"

    assert Browser(people.shelter).get(address).status_code == 403


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"minimum_age": "40", "maximum_age": "20"}, "lowest age is above"),
        ({"needs": []}, "required"),
        ({"desk": "DESK", "channel": "by post"}, "not to both"),
    ],
)
def test_what_cannot_be_is_said_beside_the_form(keeper, people, shelter_service, changes, words):
    if "desk" in changes:
        changes = changes | {"desk": people.shelter.desk.code}
    page = Browser(keeper).post(
        f"/directory/services/{shelter_service.pk}/edit", described(shelter_service, **changes)
    )

    assert page.status_code == 422
    assert words in words_of(page)


def test_a_keeper_adds_an_organisation_its_agreement_and_a_service(keeper):
    browser = Browser(keeper)
    made = browser.post(
        "/directory/organizations/new", {"name": "New house", "description": "Invented"}
    )
    giver = Organization.objects.get()
    wrong = browser.post(
        made.url, {"signed_on": "2026-02-01", "ends_on": "2026-01-01", "version": "1"}
    )
    right = browser.post(
        made.url, {"signed_on": "2026-02-01", "ends_on": "2027-01-01", "version": "1"}
    )
    added = browser.post(
        f"{made.url}new",
        {"name": "Beds", "status": "active", "needs": ["shelter"], "families": "any"},
    )

    assert (wrong.status_code, right.status_code, added.status_code) == (422, 302, 302)
    assert Service.objects.get().organization == giver
    assert "New house" in words_of(browser.get("/directory/organizations/?words=new"))
    assert browser.get("/directory/organizations/?words=new&after=nonsense").status_code == 200


def test_a_keeper_makes_a_place_confidential_and_its_address_is_gone(keeper):
    brought_in(service("Beds", needs=("shelter",), service_at_locations=[place()]))
    beds, where = Service.objects.get(), Location.objects.get()
    browser = Browser(keeper)
    address = f"/directory/services/{beds.pk}/"
    assert "Invented Street" in words_of(browser.get(address))

    client = keeper.browser()
    signed.make_fresh(client)
    with as_role("staff"):
        answer = client.post(f"{address}places/{where.pk}/hide")

    assert answer.status_code == 302
    assert not Address.objects.exists()
    assert "Invented Street" not in words_of(browser.get(address))


def test_from_a_case_the_person_is_filled_in_and_a_referral_begins(people, case, shelter_service):
    type(case).objects.filter(pk=case.pk).update(sex="female", child="no", language="xx")
    browser = Browser(people.worker)

    page = browser.get(f"/cases/{case.pk}/services")
    chosen = browser.get(f"/cases/{case.pk}/services?need=shelter&sex=male")

    assert page.context["form"]["sex"].value() == "female"
    assert page.context["form"]["language"].value() in (None, "")
    assert f'action="/cases/{case.pk}/referrals/new"' in page.content.decode()
    assert people.shelter.desk.code in page.content.decode()
    assert chosen.context["found"].fitting == []


def test_a_case_of_others_has_no_such_page(people, case):
    assert Browser(people.stranger).get(f"/cases/{case.pk}/services").status_code == 404


def test_a_confidential_place_shows_its_district_only(people):
    brought_in(service("Beds", needs=("shelter",), service_at_locations=[confidential()]))

    page = Browser(people.worker).get(f"/directory/services/{Service.objects.get().pk}/")

    assert "Confidential, in Hawally" in words_of(page)


@pytest.mark.parametrize(
    "query", ["after=x", "after=others.x", "age=-5", "age=x", "need=zzz", "sex=;"]
)
def test_nonsense_in_the_address_is_no_failure(people, shelter_service, query):
    assert Browser(people.worker).get(f"/directory/?{query}").status_code in (200, 422)
