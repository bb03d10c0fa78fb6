"""When an opening is explained, when there is an alarm, and what is shown: as tables."""

from datetime import timedelta
from itertools import product

import pytest

from himaya.accountability.rules import (
    MAY_SEE,
    Asker,
    Known,
    Limits,
    Office,
    Opened,
    Standing,
    browsing,
    is_released,
    is_shown,
    office_of,
    standing,
)
from himaya.packs.vocabulary import AgencyKind, DeskKind
from tests.factories.moments import NOON
from tests.factories.threats import ON, threat

FACTS = ("listed", "own_act", "under_way", "emergency", "no_file")
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@pytest.mark.parametrize("facts", list(product([False, True], repeat=len(FACTS))))
def test_work_explains_an_opening_and_a_desk_alone_does_not(facts):
    known = dict(zip(FACTS, facts, strict=True))
    explained = any(known[fact] for fact in FACTS if fact != "under_way")

    expected = Standing.EXPECTED if explained else Standing.NEAR
    if not any(facts):
        expected = Standing.STRANGE
    assert standing(Known(**known)) is expected


def opened(*minutes_ago, strange=True):
    """Openings so many minutes ago, the newest last."""
    return [Opened(NOON - minutes * MINUTE, strange) for minutes in sorted(minutes_ago)[::-1]]


@pytest.mark.parametrize(
    ("openings", "alarm"),
    [
        ([], False),
        (opened(0), False),
        (opened(0, 59), False),
        (opened(0, 10, 59), True),
        (opened(0, 10, 60), False),
        (opened(0, 60, 120, 180), False),
        (opened(0, 60, 120, 180, 240), True),
        (opened(0, 1440, 2880, 4320, 40_000), True),
        (opened(0, 1440, 2880, 4320, 43_200), False),
        (opened(*range(0, 56, 4), strange=False), False),
        (opened(*range(0, 60, 4), strange=False), True),
        (opened(*range(0, 300, 5), strange=False), False),
        (opened(*range(10, 50, 4), strange=False) + opened(0, 5), False),
    ],
)
def test_an_alarm_comes_from_so_many_openings_within_a_time(openings, alarm):
    assert (browsing(openings, Limits()) is not None) is alarm


def test_an_alarm_says_how_many_within_what_time():
    found = browsing(opened(0, 10, 59), Limits())

    assert (found.openings, found.within) == (3, 59 * MINUTE)


@pytest.mark.parametrize(
    ("desk_kind", "agency_kind", "prosecutes", "office"),
    [
        ("CASEWORK", "CentralGovernmentOrganisation", False, Office.CASE_DESK),
        ("SHELTER", "NGO", False, Office.SHELTER),
        ("INTAKE", "CentralGovernmentOrganisation", False, Office.INTAKE),
        ("INDEPENDENT", "NGO", False, Office.INTAKE),
        ("IDENTIFICATION", "CentralGovernmentOrganisation", False, Office.IDENTIFICATION),
        ("OVERSIGHT", "CentralGovernmentOrganisation", False, Office.OVERSIGHT),
        ("COMMITTEE", "CentralGovernmentOrganisation", False, Office.OTHER),
        ("", "", False, Office.OTHER),
        ("PROSECUTION", "LegalService", True, Office.POLICE),
        ("INTAKE", "LegalService", True, Office.POLICE),
        ("INTAKE", "LegalService", False, Office.INTAKE),
        ("INTAKE", "LawEnforcement", False, Office.POLICE),
        ("SHELTER", "LawEnforcement", False, Office.POLICE),
        ("CASEWORK", "ImmigrationService", False, Office.POLICE),
    ],
)
def test_whatever_belongs_to_police_or_prosecution_counts_as_theirs(
    desk_kind, agency_kind, prosecutes, office
):
    found = office_of(desk_kind=desk_kind, agency_kind=agency_kind, prosecutes=prosecutes)

    assert found is office


def test_every_kind_of_desk_and_agency_is_some_class_of_office():
    for desk, agency, prosecutes in product(DeskKind, AgencyKind, [False, True]):
        office_of(desk_kind=desk.value, agency_kind=agency.value, prosecutes=prosecutes)


# Who is shown an opening by which office: y yes, h held back until released, - never. In the order
# case desk, intake, identification, shelter, police, oversight, other. The same table as in
# docs/adr/0017: a guardian is not told of a shelter, and nobody is a guardian of an adult.
CELLS = {
    (Asker.PERSON, True): "yyyyhyy",
    (Asker.PERSON, False): "yyyyhyy",
    (Asker.GUARDIAN, True): "yyy-hyy",
    (Asker.GUARDIAN, False): "-------",
    (Asker.INFORMANT, True): "-------",
    (Asker.INFORMANT, False): "-------",
    (Asker.SUSPECT, True): "-------",
    (Asker.SUSPECT, False): "-------",
    (Asker.STRANGER, True): "-------",
    (Asker.STRANGER, False): "-------",
}
EVERY_CELL = [
    (asker, child, office, cell)
    for (asker, child), row in CELLS.items()
    for office, cell in zip(Office, row, strict=True)
]


@pytest.mark.parametrize("released", [False, True])
@pytest.mark.parametrize(("asker", "child", "office", "cell"), EVERY_CELL)
def test_each_cell_of_the_persons_view(asker, child, office, cell, released):
    expected = cell == "y" or (cell == "h" and released)

    assert is_shown(asker, office, released=released, child=child) is expected


def test_the_table_has_a_cell_for_everybody_and_every_office():
    assert {asker for asker, _child in CELLS} == set(Asker) == set(MAY_SEE)
    assert all(len(row) == len(Office) for row in CELLS.values())


@threat("B8")
def test_what_police_read_is_held_back_until_a_judge_or_time_releases_it(control):
    """With nothing held back the person would learn of an arrest that is being prepared."""
    held = timedelta(days=180) if control == ON else timedelta(0)
    now = NOON
    cases = [
        (NOON - 10 * DAY, None, False),
        (NOON - 10 * DAY, NOON - 11 * DAY, False),
        (NOON - 10 * DAY, NOON - 9 * DAY, True),
        (NOON - 180 * DAY, None, True),
        (NOON - 180 * DAY + MINUTE, None, False),
    ]

    for read_at, ordered_before, released in cases:
        found = is_released(read_at, now=now, held=held, ordered_before=ordered_before)
        assert found is released
