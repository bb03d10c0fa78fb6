"""Agencies, desks, the routes of reports, and what may be shared."""

from collections.abc import Iterator
from itertools import combinations

from himaya.packs.check.faults import fault, ids, unknown
from himaya.packs.desks import Agency, Custody, DeskSpec, Route, Share, SharePolicy
from himaya.packs.errors import Fault
from himaya.packs.routing import ANY_OFFICIAL, NOT_SURE, UNNAMED, custody_for, seconds_for, way_for
from himaya.packs.schema import Pack
from himaya.packs.vocabulary import COMPARTMENTS, FACTS, DeskKind

LONGEST_ID, LONGEST_NAME = 40, 200
RECEIVING = frozenset({DeskKind.INTAKE, DeskKind.INDEPENDENT})


def faults_of_desks(pack: Pack) -> Iterator[Fault]:
    """Desks of agencies that do not exist, and names that the database has no room for."""
    named: tuple[Agency | DeskSpec, ...] = (*pack.agencies, *pack.desks)
    for entry in named:
        if len(entry.id) > LONGEST_ID:
            yield fault(entry, f"an id has at most {LONGEST_ID} letters", "id")
        if max(len(entry.label.en), len(entry.label.ar)) > LONGEST_NAME:
            yield fault(entry, f"a name has at most {LONGEST_NAME} letters", "label")
    for desk in pack.desks:
        yield from unknown(desk, "agency", [desk.agency], ids(pack.agencies), "agency")


def faults_of_routes(pack: Pack) -> Iterator[Fault]:
    """Reports that would go nowhere, or to somebody whom they may be about."""
    faults = [found for route in pack.routes for found in _faults_of_route(route, pack)]
    faults += _missing_routes(pack)
    yield from faults
    if not faults:
        yield from _pairs_without_a_way(pack)


def faults_of_custody(pack: Pack) -> Iterator[Fault]:
    """Names of those who report that one agency could open alone, or that nobody could keep."""
    faults = [found for pair in pack.custody for found in _faults_of_pair(pair, pack)]
    yield from faults
    if faults or not pack.agencies:
        return
    if custody_for(pack, {ANY_OFFICIAL}) is None:
        reason = f'no two independent desks keep who reported when "{ANY_OFFICIAL}" is named'
        yield Fault(pack.agencies[0].place.file, 1, reason)
    for agency in pack.agencies:
        if agency.nameable and custody_for(pack, {agency.id}) is None:
            yield fault(agency, f'nobody keeps who reported when "{agency.id}" is named')


def faults_of_silence(pack: Pack) -> Iterator[Fault]:
    """Desks that could stay silent when somebody asks them to help, and nobody would know."""
    desks = ids(pack.desks)
    for entry in pack.silence:
        yield from unknown(entry, "desk", [entry.desk], desks, "desk")
        if entry.desk in desks and pack.desk(entry.desk).outside:
            yield fault(entry, f'nobody at desk "{entry.desk}" has an account', "desk")
    if {entry.desk for entry in pack.silence} <= desks:
        yield from _faults_of_silence(pack)


def _faults_of_silence(pack: Pack) -> Iterator[Fault]:
    """Pairs of desks of which nobody is woken when the second does not answer the first."""
    asked = [desk for desk in pack.desks if pack.share_policy(desk.kind)]
    asking = [desk for desk in pack.desks if desk.kind is DeskKind.CASEWORK]
    for desk in asked:
        agencies = {other.agency for other in asking} or {desk.agency}
        for agency in sorted(agencies):
            if not seconds_for(pack, asked=desk.agency, asking=agency, kept_from=()):
                reason = f'nobody is woken when it does not answer "{agency}"; see [[silence]]'
                yield fault(desk, reason)
                break


def faults_of_shares(pack: Pack) -> Iterator[Fault]:
    """Compartments and facts that do not exist, or are both allowed and forbidden."""
    yield from _faults_of_named(pack.compartments, COMPARTMENTS, "compartment")
    yield from _faults_of_named(pack.facts, FACTS, "fact")
    for policy in pack.shares:
        yield from _faults_of_policy(policy, pack)


def faults_of_channels(pack: Pack) -> Iterator[Fault]:
    """Channels of unknown agencies, and a first page without any number to call."""
    for channel in pack.channels:
        yield from unknown(channel, "operator", [channel.operator], ids(pack.agencies), "agency")
    if pack.channels and not any(line.first_page and line.address for line in pack.channels):
        yield fault(pack.channels[0], "no channel with an address is on the first page")


def _faults_of_route(route: Route, pack: Pack) -> Iterator[Fault]:
    agencies, desks = ids(pack.agencies), ids(pack.desks)
    yield from unknown(route, "named", [route.named], agencies | UNNAMED, "agency")
    yield from unknown(route, "intake", [route.intake], desks, "desk")
    yield from unknown(route, "escalation", [route.escalation], desks, "desk")
    if {route.intake, route.escalation} <= desks:
        yield from _faults_of_way(route, pack)


def _faults_of_way(route: Route, pack: Pack) -> Iterator[Fault]:
    first, second = pack.desk(route.intake), pack.desk(route.escalation)
    if first.agency == second.agency:
        yield fault(route, "a silent desk would be overtaken by its own agency", "escalation")
    for key, desk in (("intake", first), ("escalation", second)):
        if desk.agency == route.named:
            yield fault(route, f'desk "{desk.id}" belongs to the agency that was named', key)
        if desk.kind not in RECEIVING:
            yield fault(route, f'desk "{desk.id}" receives no reports: it is {desk.kind}', key)
    if route.named in (ANY_OFFICIAL, NOT_SURE) and first.kind is not DeskKind.INDEPENDENT:
        yield fault(route, f'"{route.named}" must go to an independent desk', "intake")


def _faults_of_pair(pair: Custody, pack: Pack) -> Iterator[Fault]:
    desks = ids(pack.desks)
    yield from unknown(pair, "custodian", [pair.custodian], desks, "desk")
    yield from unknown(pair, "second", [pair.second], desks, "desk")
    if not {pair.custodian, pair.second} <= desks:
        return
    first, second = pack.desk(pair.custodian), pack.desk(pair.second)
    if first.agency == second.agency:
        yield fault(pair, "one agency alone could open who reported", "second")
    for key, desk in (("custodian", first), ("second", second)):
        if desk.kind not in RECEIVING:
            yield fault(pair, f'desk "{desk.id}" receives no reports: it is {desk.kind}', key)


def _missing_routes(pack: Pack) -> Iterator[Fault]:
    routed = {route.named for route in pack.routes}
    for name in sorted(UNNAMED - routed):
        if pack.agencies:
            file = pack.agencies[0].place.file
            yield Fault(file, 1, f'no route for a report that names "{name}"')
    for agency in pack.agencies:
        if agency.nameable and agency.id not in routed:
            yield fault(agency, f'no route for a report that names "{agency.id}"')


def _pairs_without_a_way(pack: Pack) -> Iterator[Fault]:
    """Two agencies named at once: no report may reach either, now or after silence."""
    nameable = [agency for agency in pack.agencies if agency.nameable]
    for one, other in combinations(nameable, 2):
        if way_for(pack, {one.id, other.id}).escalation is None:
            yield fault(other, f'no route avoids both "{one.id}" and "{other.id}"')


def _faults_of_named(
    shares: tuple[Share, ...], known: frozenset[str], what: str
) -> Iterator[Fault]:
    for share in shares:
        yield from unknown(share, "id", [share.id], known, what)


def _faults_of_policy(policy: SharePolicy, pack: Pack) -> Iterator[Fault]:
    for key, names in (("compartments", policy.compartments), ("never", policy.never)):
        yield from unknown(policy, key, names, ids(pack.compartments), "compartment")
    for key, names in (("facts", policy.facts), ("without_consent", policy.without_consent)):
        yield from unknown(policy, key, names, ids(pack.facts), "fact")
    for name in sorted(set(policy.compartments) & set(policy.never)):
        yield fault(policy, f'"{name}" is both allowed and never allowed', "never")
    for name in sorted(set(policy.without_consent) - set(policy.facts)):
        yield fault(policy, f'"{name}" goes without consent but is no allowed fact', "facts")
    yield from unknown(policy, "duty", [policy.duty], ids(pack.law.provisions), "provision")
    if policy.without_consent and not policy.duty:
        yield fault(policy, "facts go without consent, but no duty in law says so")
