"""When a case may be closed."""

from collections.abc import Collection

from himaya.cases.models import Case
from himaya.cases.rules import check_may_work
from himaya.kernel.access import Actor, Permission, allowed
from himaya.pathway.errors import NoSolution, StillOpen


def check_may_close(
    actor: Actor, case: Case, outcome: str, *, live_referrals: int, live_shares: int
) -> None:
    """Raise unless nothing about the person is under way any more.

    A person who is safe has chosen a solution; for the other outcomes none need be there.
    """
    actor.need(Permission.CASE_CLOSE)
    check_may_work(actor, case)
    if live_referrals or live_shares:
        raise StillOpen(case=case.pk, referrals=live_referrals, shares=live_shares)
    if outcome == Case.Outcome.PROTECTED and not case.solution:
        raise NoSolution(case=case.pk)


def may_close(
    actor: Actor, case: Case, outcome: str, *, live_referrals: int, live_shares: int
) -> bool:
    """The same rule as a question."""
    return allowed(
        check_may_close,
        actor,
        case,
        outcome,
        live_referrals=live_referrals,
        live_shares=live_shares,
    )


def shows_reads(permissions: Collection[Permission]) -> bool:
    """Who read what is for the data protection officer."""
    return Permission.LEDGER_READ in permissions
