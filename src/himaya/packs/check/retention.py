"""Retention: a rule for whatever is kept, and one only."""

from collections.abc import Iterator

from himaya.packs.check.faults import fault, ids, unknown
from himaya.packs.errors import Fault
from himaya.packs.retention import Rule
from himaya.packs.schema import Pack
from himaya.packs.vocabulary import RETAINED, RETAINED_AFTER, STARTS


def faults_of_retention(pack: Pack) -> Iterator[Fault]:
    """Content without a rule, or with two; rules for what does not exist, or without a time."""
    ruled: set[tuple[str, str]] = set()
    for rule in pack.retention:
        yield from _faults_of_rule(rule, pack)
        for kind in rule.kinds:
            if (rule.of, kind) in ruled:
                yield fault(rule, f'"{kind}" of "{rule.of}" has a rule already', "kinds")
            ruled.add((rule.of, kind))
    for of, kinds in RETAINED.items():
        for kind in sorted(kinds):
            if pack.retention and (of, kind) not in ruled:
                reason = f'no rule says how long "{kind}" of "{of}" is kept'
                yield Fault(pack.retention[0].place.file, 1, reason)


def _faults_of_rule(rule: Rule, pack: Pack) -> Iterator[Fault]:
    yield from unknown(rule, "of", [rule.of], RETAINED, "record")
    yield from unknown(rule, "after", [rule.after], RETAINED_AFTER, "event")
    if rule.of in RETAINED:
        kinds = RETAINED[rule.of]
        yield from unknown(rule, "kinds", rule.kinds, kinds, f'kind of "{rule.of}":')
        if rule.after in RETAINED_AFTER and rule.after not in STARTS[rule.of]:
            yield fault(rule, f'"{rule.after}" never happens to "{rule.of}"', "after")
    yield from _faults_of_time(rule, pack)


def _faults_of_time(rule: Rule, pack: Pack) -> Iterator[Fault]:
    keep = rule.keep
    yield from unknown(keep, "setting", [keep.setting], ids(pack.settings), "setting")
    yield from unknown(keep, "limit", [keep.limit], ids(pack.law.limits), "time limit")
    given = [key for key in ("setting", "limit", "amount") if key in keep.place.keys]
    if len(given) != 1:
        yield fault(rule, 'how long names either a "setting", or a "limit", or an "amount"', "keep")
    if given == ["amount"] and keep.amount < 1:
        yield fault(rule, f"what is kept for {keep.amount} is not kept at all", "keep")
