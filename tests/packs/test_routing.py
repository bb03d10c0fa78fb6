"""No report reaches a desk of somebody whom it may be about."""

from itertools import combinations

import pytest

from himaya.packs.routing import ANY_OFFICIAL, NOT_SURE, Way, way_for
from himaya.packs.schema import Pack
from himaya.packs.vocabulary import DeskKind

# Every agency whose desks receive reports first: who names all of them leaves no clean desk.
RECEIVERS = {"pnc", "ndhr", "kshr"}


def desks_of(way: Way) -> list[str]:
    return [desk for desk in (way.intake, way.escalation) if desk]


def agencies_of(pack: Pack, way: Way) -> set[str]:
    return {pack.desk(desk).agency for desk in desks_of(way)}


def nameable(pack: Pack) -> list[str]:
    return [agency.id for agency in pack.agencies if agency.nameable]


@pytest.mark.parametrize("how_many", [1, 2, 3, 4])
def test_no_desk_on_the_way_belongs_to_whoever_was_named(kuwait: Pack, how_many: int) -> None:
    for named in combinations(nameable(kuwait), how_many):
        way = way_for(kuwait, named)

        if not set(named) >= RECEIVERS:
            assert not agencies_of(kuwait, way) & set(named)


def test_without_routes_a_report_would_reach_the_named(kuwait: Pack) -> None:
    """The control of the test above: the usual way does lead to agencies that can be named."""
    usual = way_for(kuwait, ())

    assert agencies_of(kuwait, usual) & set(nameable(kuwait))


@pytest.mark.parametrize("how_many", [1, 2])
def test_one_or_two_named_agencies_leave_a_second_desk_for_silence(
    kuwait: Pack, how_many: int
) -> None:
    for named in combinations(nameable(kuwait), how_many):
        assert way_for(kuwait, named).escalation


@pytest.mark.parametrize("doubt", [ANY_OFFICIAL, NOT_SURE])
def test_doubt_about_officials_leads_to_an_independent_desk(kuwait: Pack, doubt: str) -> None:
    for others in [(), *combinations(nameable(kuwait), 1)]:
        way = way_for(kuwait, [doubt, *others])

        kinds = {kuwait.desk(desk).kind for desk in desks_of(way)}
        assert kinds == {DeskKind.INDEPENDENT}
        assert not agencies_of(kuwait, way) & set(others)


def test_who_names_everybody_is_heard_all_the_same(kuwait: Pack) -> None:
    way = way_for(kuwait, nameable(kuwait))

    assert kuwait.desk(way.intake).kind is DeskKind.INDEPENDENT
    assert way.escalation is None


def test_nobody_named_goes_the_usual_way(atlantis: Pack) -> None:
    way = way_for(atlantis, ())

    assert (way.intake, way.escalation) == ("quay", "lamp_room")


def test_two_named_go_the_way_that_avoids_both(atlantis: Pack) -> None:
    way = way_for(atlantis, ["harbour", "lighthouse"])

    assert (way.intake, way.escalation) == ("altar", "reading_room")
