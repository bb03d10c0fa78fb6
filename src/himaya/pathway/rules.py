"""When a case may end, and who may end it."""

from dataclasses import dataclass

from himaya.cases.models import Case, Closure
from himaya.cases.rules import check_may_work
from himaya.kernel.access import Actor, Permission
from himaya.pathway.errors import NoSolution, SameOfficer, StillOpen


@dataclass(frozen=True, slots=True)
class UnderWay:
    """How much of a case is not finished: live referrals, and consents that still hold."""

    referrals: int
    shares: int


def check_may_ask_closure(actor: Actor, case: Case, outcome: str, live: UnderWay) -> None:
    """Raise unless nothing about the person is under way any more.

    A person who is safe has chosen a solution; for the other outcomes none need be there.
    """
    actor.need(Permission.CASE_CLOSE)
    check_may_work(actor, case)
    if live.referrals or live.shares:
        raise StillOpen(case=case.pk, referrals=live.referrals, shares=live.shares)
    if outcome == Case.Outcome.PROTECTED and not case.solution:
        raise NoSolution(case=case.pk)


def check_may_decide_closure(
    actor: Actor, case: Case, closure: Closure, live: UnderWay, *, confirm: bool
) -> None:
    """Raise unless this is another officer, and nothing has begun since closure was asked for."""
    actor.need(Permission.CASE_CLOSE)
    check_may_work(actor, case)
    if actor.officer_id == closure.asked_by:
        raise SameOfficer(case=case.pk)
    if confirm and (live.referrals or live.shares):
        raise StillOpen(case=case.pk, referrals=live.referrals, shares=live.shares)
