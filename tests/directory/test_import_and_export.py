"""Services in and out as HSDS: good ones kept, bad ones listed, none twice, the same out as in."""

import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from himaya.directory.errors import NotHsds
from himaya.directory.models import Address, Location, Organization, Phone, Service
from himaya.directory.operations.bringing_in import AT_ONCE
from tests.factories.catalogue import ask
from tests.factories.moments import NOON
from tests.factories.services import (
    brought_in,
    brought_in_bytes,
    confidential,
    handed_out,
    key,
    make_service,
    need,
    organization,
    place,
    service,
)

pytestmark = pytest.mark.slow
LATER = NOON + timedelta(days=1)
A_DAY_AGO, NOW = "2026-11-21T12:00:00Z", "2026-11-22T12:00:00Z"


def counts(tally):
    return tally.read, tally.stored, tally.changed, tally.duplicate, tally.rejected


def test_a_good_service_is_kept_with_all_that_hangs_on_it(db):
    phone = {"id": key("phone"), "number": "000", "languages": [{"id": key("l"), "code": "ur"}]}
    whole = service(
        needs=("shelter", "food_and_clothes"),
        phones=[phone],
        contacts=[{"id": key("c"), "name": "Reception", "phones": [phone]}],
        service_at_locations=[place()],
    )

    tally, rejected = brought_in(whole)

    assert counts(tally) == (1, 1, 0, 0, 0)
    assert rejected == []
    assert Service.objects.get().needs == ["food_and_clothes", "shelter"]
    assert Phone.objects.count() == 2
    assert Address.objects.get().city == "Nowhere"


def test_the_same_file_adds_nothing_the_second_time(db):
    file = [service(service_at_locations=[place()]), service("Clinic")]
    brought_in(*file)

    tally, _rejected = brought_in(*file, at=LATER)

    assert counts(tally) == (2, 0, 0, 2, 0)
    assert (Service.objects.count(), Organization.objects.count()) == (2, 1)


def test_a_service_that_stands_twice_in_a_file_is_kept_once(db):
    filler = [service(f"Service {number}") for number in range(AT_ONCE)]

    tally, rejected = brought_in(service(), *filler, service(), service(alert="another"))

    assert counts(tally) == (AT_ONCE + 3, AT_ONCE + 1, 0, 1, 1)
    assert rejected[0].reason == "stands in this file before, with other content"


@pytest.mark.parametrize(
    ("stands", "comes", "fate"),
    [
        (None, None, "changed"),
        (None, NOW, "changed"),
        (A_DAY_AGO, NOW, "changed"),
        (NOW, A_DAY_AGO, "is older than what stands here"),
        (NOW, None, "was changed here, and the file does not say when it was changed there"),
    ],
)
def test_newer_replaces_older_and_never_the_other_way(db, stands, comes, fate):
    brought_in(service(alert="old", last_modified=stands, phones=[{"id": key("p"), "number": "1"}]))

    tally, rejected = brought_in(service(alert="new", last_modified=comes), at=LATER)

    changed = fate == "changed"
    assert tally.changed == changed
    assert [one.reason for one in rejected] == ([] if changed else [fate])
    assert Service.objects.get().alert == ("new" if changed else "old")
    assert Phone.objects.exists() is not changed


def test_what_is_handed_out_to_nobody_stays_when_a_file_says_nothing_of_it(db):
    own = {"channel": "by post", "free_places": 3, "free_said_at": NOW}
    brought_in(service(himaya=own))

    brought_in(service(alert="new"), at=LATER)

    kept = Service.objects.get()
    assert (kept.alert, kept.channel, kept.free_places) == ("new", "by post", 3)
    assert "free_places" not in json.dumps(handed_out())
    assert "by post" not in json.dumps(handed_out())


BAD = [
    (
        {"status": "open"},
        "/0/status",
        "must be one of active, inactive, defunct, temporarily closed",
    ),
    ({"status": None}, "/0", "lacks status"),
    ({"name": ""}, "/0/name", "must not be empty"),
    ({"name": "n" * 301}, "/0/name", "is longer than 300 characters"),
    ({"name": "a\x00b"}, "/0/name", "must be text without control characters"),
    ({"name": 3}, "/0/name", "must be text"),
    ({"id": "7"}, "/0/id", "must be a UUID with its hyphens"),
    ({"url": "javascript:alert(1)"}, "/0/url", "must begin with http:// or https://"),
    ({"email": "nobody"}, "/0/email", "must be an e-mail address"),
    ({"minimum_age": "12"}, "/0/minimum_age", "must be a number"),
    ({"minimum_age": 900}, "/0/minimum_age", "must be 150 or less"),
    ({"minimum_age": 30, "maximum_age": 20}, "/0/maximum_age", "is below minimum_age"),
    (
        {"assured_date": "2026-02-30"},
        "/0/assured_date",
        "is not on the calendar, or is out of bounds",
    ),
    ({"assured_date": "2026-12-30"}, "/0/assured_date", "lies ahead"),
    (
        {"last_modified": "yesterday"},
        "/0/last_modified",
        "must be a moment like 2026-11-22T12:00:00Z",
    ),
    ({"organization": None}, "/0", "lacks organization: nest it in the service"),
    ({"organization": {"id": key("o"), "name": "o"}}, "/0/organization", "lacks description"),
    ({"phones": [{"id": key("p")}]}, "/0/phones/0", "lacks number"),
    ({"phones": [{"id": key("p"), "number": "1"}] * 2}, "/0/phones/1", "stands there twice"),
    (
        {"schedules": [{"id": key("s"), "freq": "DAILY"}]},
        "/0/schedules/0/freq",
        "must be one of WEEKLY, MONTHLY",
    ),
    (
        {"schedules": [{"id": key("s"), "opens_at": "25:00"}]},
        "/0/schedules/0/opens_at",
        "must be a time like 09:30",
    ),
    (
        {"schedules": [{"id": key("s"), "bymonthday": "40"}]},
        "/0/schedules/0/bymonthday",
        "is not on the calendar, or is out of bounds",
    ),
    (
        {"service_at_locations": [{"id": key("a")}]},
        "/0/service_at_locations/0",
        "lacks location: nest it",
    ),
    (
        {"attributes": [need("x", "gold")]},
        "/0/attributes/0",
        "is no kind of help that the directory knows",
    ),
    ({"himaya": {"desk": "nowhere"}}, "/0/himaya/desk", "is not in the country pack"),
    (
        {"himaya": {"desk": "pam_casework", "channel": "post"}},
        "/0/himaya",
        "has a desk and a channel: one of them",
    ),
    ({"himaya": {"free_places": 3}}, "/0/himaya", "free_places and free_said_at go together"),
    (
        {"himaya": {"free_places": 3, "free_said_at": "2027-01-01T00:00:00Z"}},
        "/0/himaya/free_said_at",
        "lies ahead",
    ),
    (
        {"himaya": {"needs_cooperation": True}},
        "/0/himaya",
        "admission rests on sex, age and family alone, and our extension knows sexes, families,"
        " answers, desk, assured_by, channel, free_places, free_said_at, free_said_by",
    ),
    (
        {"service_areas": [{"id": key("a"), "himaya": {"district": "moon"}}]},
        "/0/service_areas/0/himaya/district",
        "is no district of the country pack",
    ),
]


@pytest.mark.parametrize(("changes", "pointer", "reason"), BAD)
def test_a_bad_service_is_listed_with_its_place_and_reason_and_the_good_one_kept(
    people, changes, pointer, reason
):
    tally, rejected = brought_in({**service(), **changes}, service("Good one"))

    assert counts(tally) == (2, 1, 0, 0, 1)
    assert [(one.pointer, one.reason) for one in rejected] == [(pointer, reason)]
    assert Service.objects.get().name == "Good one"


@pytest.mark.parametrize("value", [None, 3, "service", [], [[]]])
def test_what_is_no_service_at_all_is_listed(db, value):
    tally, rejected = brought_in(value, service())

    assert counts(tally) == (2, 1, 0, 0, 1)
    assert rejected[0].pointer == "/0"


def test_the_line_is_the_one_on_which_the_service_begins(db):
    written = json.dumps({"services": [service(), {"bad": 1}]}, indent=1)
    line = written[: written.index('"bad"')].count("\n")

    _tally, rejected = brought_in_bytes(written.encode())

    assert {(one.line, one.pointer) for one in rejected} == {(line, "/services/1")}


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "Line 1: this is no JSON list of services."),
        (b"name,status\nA,active\n", "Line 1: this is no JSON list of services."),
        (b'{"total": 3}', 'Line 1: there is no list "services".'),
        ("[]".encode("utf-16"), "Line 1: the file is not written in UTF-8."),
        (b'[\n{"name": "\xe9"}]', "Line 1: the file is not written in UTF-8."),
        (b"[\n\n{'a': 1}]", "Line 3: this is not JSON."),
        (b'[{"a": NaN}]', "Line 1: this is not JSON."),
        (b'[{"a": 1}', "Line 1: the file ends too early."),
        (b'[{"a": 1}] []', "Line 1: something follows after the end of the list."),
        (b"[" * 99, "Line 1: more than 40 brackets stand inside one another."),
        (
            b'["' + b"x" * (3 << 20) + b'"]',
            "Line 1: one service is longer than 2,097,152 characters.",
        ),
    ],
)
def test_a_file_that_cannot_be_read_is_one_sentence(db, content, why):
    with pytest.raises(NotHsds) as refused:
        brought_in_bytes(content)

    assert refused.value.sentence().endswith(why)


def test_of_a_file_that_breaks_off_nothing_is_kept(db):
    good = json.dumps([service(f"Service {number}") for number in range(AT_ONCE + 5)])

    with pytest.raises(NotHsds), transaction.atomic():
        brought_in_bytes(good.removesuffix("]").encode())

    assert not Service.objects.exists()


def test_a_confidential_location_goes_out_with_its_district_only(db):
    brought_in(service(service_at_locations=[confidential()]))

    ((out,),) = [one["service_at_locations"] for one in handed_out()]

    assert out["location"] == {
        "id": key("secret place"),
        "location_type": "physical",
        "himaya": {"confidential": True, "district": "hawally"},
    }


@pytest.mark.parametrize(
    "telling",
    [
        {"name": "Harbour House"},
        {"description": "behind the mosque"},
        {"transportation": "bus 7"},
        {"addresses": place()["location"]["addresses"]},
        {"phones": [{"id": key("p"), "number": "1"}]},
        {"contacts": [{"id": key("c")}]},
        {"schedules": [{"id": key("s"), "description": "ring the second bell"}]},
        {"accessibility": [{"id": key("a"), "description": "a ramp in the yard"}]},
    ],
)
def test_whatever_tells_where_a_confidential_location_is_is_refused(db, telling):
    secret = confidential()
    secret["location"].update(telling)

    tally, rejected = brought_in(service(service_at_locations=[secret]))

    assert tally.rejected == 1
    (name,) = telling
    assert rejected[0].pointer == "/0/service_at_locations/0/location"
    assert rejected[0].reason.endswith(f"take out {name}")
    assert not Location.objects.exists()


def test_a_file_does_not_open_a_confidential_location_nor_hide_an_open_one(db):
    brought_in(service(service_at_locations=[confidential("there")]))
    _tally, opening = brought_in(service(service_at_locations=[place("there")]), at=LATER)
    brought_in(service("B", service_at_locations=[place("here")]))
    _tally, hiding = brought_in(service("B", service_at_locations=[confidential("here")]), at=LATER)

    assert "by a directory keeper, and not by a file" in opening[0].reason
    assert "by a directory keeper, and not by a file" in hiding[0].reason
    assert Location.objects.get(pk=key("there")).confidential


ADDRESS = (
    "INSERT INTO directory_address (id, hsds_id, location_id, confidential, attention, address_1,"
    " address_2, city, region, state_province, postal_code, country, address_type)"
    " SELECT id, id, id, %s, '', '1 Street', '', '', '', '', '', '', 'physical'"
    " FROM directory_location WHERE confidential"
)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE directory_location SET name = 'x' WHERE confidential",
        ADDRESS % "false",
        ADDRESS % "true",
        "UPDATE directory_serviceatlocation SET description = 'second floor' WHERE confidential",
        "UPDATE directory_serviceatlocation SET confidential = false WHERE confidential",
        "UPDATE directory_location SET confidential = true WHERE NOT confidential",
    ],
)
def test_the_database_itself_keeps_no_address_of_a_confidential_location(db, statement):
    brought_in(service(service_at_locations=[confidential(), place()]))

    ask("SET CONSTRAINTS ALL IMMEDIATE")

    with pytest.raises(IntegrityError), transaction.atomic():
        ask(statement)


def test_a_service_made_here_goes_out_and_comes_back(db):
    make_service("Ours", sexes=["female"], minimum_age=18, alert="x")
    before = handed_out()
    Service.objects.all().delete()
    Organization.objects.all().delete()

    brought_in(*before)

    assert handed_out() == before


def test_two_files_about_one_organisation_that_differ_are_not_both_right(db):
    tally, rejected = brought_in(
        service(), service("B", organization=organization(description="something else"))
    )

    assert counts(tally) == (2, 1, 0, 0, 1)
    assert rejected[0].pointer == "/1/organization"
