"""To which desk a report goes, so that nobody it may be about can open it."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from himaya.packs.desks import Custody, DeskSpec, Route
from himaya.packs.schema import Pack
from himaya.packs.vocabulary import DeskKind

NOBODY = "nobody"
ANY_OFFICIAL = "any_official"
NOT_SURE = "not_sure"
UNNAMED = frozenset({NOBODY, ANY_OFFICIAL, NOT_SURE})


@dataclass(frozen=True, slots=True)
class Way:
    """The desk that receives a report, and the one that may open it when the first is silent."""

    intake: str
    escalation: str | None


def way_for(pack: Pack, named: Collection[str]) -> Way:
    """The way of a report whose writer says that these may be involved.

    named: ids of agencies, `any_official`, `not_sure`; empty when nobody is.
    No desk of a named agency is on the way, and when officials are in doubt none but an independent
    desk: rather than that, nobody may overtake the first desk. Somebody who names every body that
    has a desk still has to be heard, by the desk for `any_official`.
    """
    clean = {desk.id for desk in pack.desks if _may_hear(desk, named)}
    routes = tuple(_in_order(pack.routes, named))
    for route in routes:
        if {route.intake, route.escalation} <= clean:
            return Way(route.intake, route.escalation)
    for route in routes:
        if route.intake in clean:
            return Way(route.intake, None)
    return Way(_route(pack.routes, ANY_OFFICIAL).intake, None)


def custody_for(pack: Pack, named: Collection[str]) -> Custody | None:
    """The two desks that keep who wrote a report; None when every pair has somebody named.

    named: as for `way_for`. The first pair of the pack whose desks may both hear the report.
    """
    for pair in pack.custody:
        desks = (pack.desk(pair.custodian), pack.desk(pair.second))
        if all(_may_hear(desk, named) for desk in desks):
            return pair
    return None


def seconds_for(
    pack: Pack, *, asked: str, asking: str, kept_from: Collection[str]
) -> tuple[DeskSpec, ...]:
    """Desks that may be woken when one that was asked to help a person stays silent, in order.

    asked, asking: codes of the two desks' agencies. kept_from: codes of agencies that nothing about
    the person may reach.
    """
    away = {asked, asking, *kept_from}
    desks = (pack.desk(entry.desk) for entry in pack.silence)
    return tuple(desk for desk in desks if desk.agency not in away)


def _may_hear(desk: DeskSpec, named: Collection[str]) -> bool:
    """False for a desk that may be the one complained of."""
    officials_in_doubt = not {ANY_OFFICIAL, NOT_SURE}.isdisjoint(named)
    independent = desk.kind is DeskKind.INDEPENDENT
    return desk.agency not in named and (independent or not officials_in_doubt)


def _in_order(routes: Collection[Route], named: Collection[str]) -> Iterator[Route]:
    """The routes made for what was named, doubt about officials first; then all the others."""
    wanted = [name for name in (ANY_OFFICIAL, NOT_SURE) if name in named]
    wanted += sorted(set(named) - UNNAMED) or [NOBODY]
    for name in wanted:
        yield from (route for route in routes if route.named == name)
    yield from (route for route in routes if route.named not in wanted)


def _route(routes: Iterable[Route], name: str) -> Route:
    return next(route for route in routes if route.named == name)
