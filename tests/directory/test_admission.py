"""Would this service take this person: the rule as a table, and the database asked the same."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from himaya.directory.finding import Wanted, fitting, others
from himaya.directory.hits import hits_of, since, with_particulars
from himaya.directory.models import Language, Organization, Service, ServiceArea
from himaya.directory.rules.admission import Admission, Bar, Doubt, Person, ages_of, bars, doubts
from tests.factories.fixtures import undone
from tests.factories.moments import NOON
from tests.factories.services import key, make_service

TODAY = NOON.date()
WOMEN, CHILDREN = frozenset({"female"}), {"highest": 17.0}
URDU = frozenset({"ur"})


@pytest.mark.parametrize(
    ("service", "person", "why_not"),
    [
        ({}, Person(), set()),
        ({}, Person("male", (30, 30), "ne", "capital", True), set()),
        ({"sexes": WOMEN}, Person("female"), set()),
        ({"sexes": WOMEN}, Person("male"), {Bar.SEX}),
        ({"sexes": WOMEN}, Person("other"), {Bar.SEX}),
        ({"sexes": WOMEN}, Person(""), set()),
        ({"lowest": 18.0}, Person(ages=(17, 17)), {Bar.TOO_YOUNG}),
        ({"lowest": 18.0}, Person(ages=(18, 18)), set()),
        (CHILDREN, Person(ages=(18, 18)), {Bar.TOO_OLD}),
        (CHILDREN, Person(ages=(17, 17)), set()),
        ({"lowest": 18.0}, Person(ages=ages_of(None, "unknown")), {Bar.TOO_YOUNG}),
        ({"lowest": 12.0, **CHILDREN}, Person(ages=ages_of(None, "yes")), set()),
        ({"families": "none"}, Person(family=True), {Bar.FAMILY}),
        ({"families": "only"}, Person(family=False), {Bar.ALONE}),
        ({"families": "only"}, Person(family=None), set()),
        ({"languages": URDU}, Person(language="ne"), {Bar.LANGUAGE}),
        ({"languages": URDU, "interprets": True}, Person(language="ne"), set()),
        ({}, Person(language="ne"), set()),
        ({"districts": frozenset({"capital"})}, Person(district="jahra"), {Bar.DISTRICT}),
        ({"districts": frozenset({"capital"})}, Person(), set()),
        ({"status": "temporarily closed"}, Person(), {Bar.CLOSED}),
        ({"agreement_ends": TODAY}, Person(), set()),
        ({"agreement_ends": TODAY - timedelta(days=1)}, Person(), {Bar.AGREEMENT_ENDED}),
        (
            {"sexes": WOMEN, "lowest": 18.0, "languages": URDU},
            Person("male", (9, 9), "ne"),
            {Bar.SEX, Bar.TOO_YOUNG, Bar.LANGUAGE},
        ),
    ],
)
def test_what_stands_between_a_person_and_a_service(service, person, why_not):
    assert set(bars(Admission(**service), person, TODAY)) == why_not


@pytest.mark.parametrize(
    ("service", "person", "asked"),
    [
        ({"sexes": WOMEN}, Person(), {Doubt.SEX}),
        ({"sexes": WOMEN}, Person("female"), set()),
        ({"lowest": 12.0}, Person(ages=ages_of(None, "yes")), {Doubt.AGE}),
        ({"lowest": 12.0}, Person(ages=(15, 15)), set()),
        ({"interprets": True, "languages": URDU}, Person(language="ne"), {Doubt.INTERPRETER}),
        ({}, Person(language="ne"), {Doubt.LANGUAGE}),
        ({"languages": URDU}, Person(language="ur"), set()),
    ],
)
def test_what_has_to_be_asked_first(service, person, asked):
    assert set(doubts(Admission(**service), person)) == asked


def test_nothing_in_admission_asks_for_cooperation_or_a_status_of_the_person():
    assert set(Admission.__dataclass_fields__) == {
        "status",  # of the service
        "sexes",
        "lowest",
        "highest",
        "families",
        "languages",
        "interprets",
        "districts",
        "agreement_ends",
    }


ages = some.none() | some.integers(0, 80).map(float)
codes = some.sampled_from(["ur", "ne"])
places = some.sampled_from(["capital", "jahra"])
SERVICES = some.fixed_dictionaries(
    {
        "status": some.sampled_from(["active", "temporarily closed", "defunct"]),
        "sexes": some.lists(some.sampled_from(["female", "male"]), unique=True),
        "ages": some.tuples(ages, ages),
        "families": some.sampled_from(["any", "only", "none"]),
        "languages": some.sets(codes),
        "interprets": some.booleans(),
        "districts": some.sets(places),
        "ends": some.sampled_from([None, -1, 0, 1]),
    }
)
PERSONS = some.builds(
    Person,
    sex=some.sampled_from(["", "female", "male", "other"]),
    ages=some.sampled_from([(0.0, 200.0), (0.0, 17.0), (18.0, 200.0), (17.0, 17.0), (40.0, 40.0)]),
    language=some.sampled_from(["", "ur", "si"]),
    district=some.sampled_from(["", "capital", "hawally"]),
    family=some.sampled_from([None, True, False]),
)


def as_rows(said, number):
    low, high = said["ages"]
    if low is not None and high is not None and low > high:
        low, high = high, low
    ends = said["ends"]
    giver = Organization.objects.create(
        name=f"Giver {number}",
        description="invented",
        changed_at=NOON,
        protocol_signed_on=TODAY - timedelta(days=9),
        protocol_ends_on=None if ends is None else TODAY + timedelta(days=ends),
    )
    made = make_service(
        f"Service {number}",
        organization=giver,
        status=said["status"],
        sexes=said["sexes"],
        minimum_age=low,
        maximum_age=high,
        families=said["families"],
        interpretation_services="by telephone" if said["interprets"] else "",
    )
    for code in said["languages"]:
        Language.objects.create(service=made, hsds_id=key(code), code=code)
    for code in said["districts"]:
        ServiceArea.objects.create(service=made, hsds_id=key(code), district=code)


@pytest.mark.slow
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(some.lists(SERVICES, min_size=1, max_size=8), PERSONS)
def test_the_database_and_the_rule_give_the_same_answer(db, listed, person):
    with undone():
        for number, said in enumerate(listed):
            as_rows(said, number)
        wanted = Wanted(need="shelter", person=person)

        fit = set(fitting(wanted, NOON).values_list("name", flat=True))
        unfit = set(others(wanted, NOON).values_list("name", flat=True))

        known = list(with_particulars(Service.objects.exclude(status="defunct")))
        hits = hits_of(known, person, NOON)
        assert fit == {hit.service.name for hit in hits if not hit.bars}
        assert unfit == {hit.service.name for hit in hits if hit.bars}


@pytest.mark.parametrize(
    ("setting", "ago", "holds"),
    [
        ("service_confirmation", timedelta(days=90), True),
        ("service_confirmation", timedelta(days=91), False),
        ("free_places_hold", timedelta(hours=24), True),
        ("free_places_hold", timedelta(hours=24, seconds=1), False),
    ],
)
def test_what_was_said_counts_for_as_long_as_the_country_says(setting, ago, holds):
    assert (NOON - ago >= since(setting, NOON)) is holds
