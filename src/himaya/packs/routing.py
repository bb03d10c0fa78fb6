"""To which desk a report goes, so that nobody it may be about can open it."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from himaya.packs.desks import Route
from himaya.packs.schema import Pack

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
    No desk of a named agency is on the way: rather than that, nobody may overtake the first desk.
    Somebody who names every body that has a desk still has to be heard, by the desk for
    `any_official`.
    """
    routes = tuple(_in_order(pack.routes, named))
    clean = (route for route in routes if avoids(pack, (route.intake, route.escalation), named))
    for route in clean:
        return Way(route.intake, route.escalation)
    for route in routes:
        if avoids(pack, [route.intake], named):
            return Way(route.intake, None)
    return Way(_route(pack.routes, ANY_OFFICIAL).intake, None)


def avoids(pack: Pack, desks: Collection[str], named: Collection[str]) -> bool:
    """True when none of the desks belongs to a named agency."""
    return not any(pack.desk(desk).agency in named for desk in desks)


def _in_order(routes: Collection[Route], named: Collection[str]) -> Iterator[Route]:
    """The routes made for what was named, then that for any official, then the rest."""
    if not named:
        yield _route(routes, NOBODY)
        return
    officials = [name for name in (ANY_OFFICIAL, NOT_SURE) if name in named]
    for name in [*officials, *sorted(set(named) - UNNAMED)]:
        yield from _those(routes, name)
    yield _route(routes, ANY_OFFICIAL)
    # A wish to keep officials out is kept even when the desks made for it are named themselves.
    if not officials:
        yield from routes


def _those(routes: Iterable[Route], name: str) -> Iterator[Route]:
    return (route for route in routes if route.named == name)


def _route(routes: Iterable[Route], name: str) -> Route:
    return next(_those(routes, name))
