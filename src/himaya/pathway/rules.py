"""When a case may end, and who may end it."""

from dataclasses import dataclass

from himaya.cases.models import Case, Closure
from himaya.cases.rules import check_may_work
from himaya.kernel.access import Actor, Permission
from himaya.pathway.errors import (
    AlreadyAsked,
    NoReason,
    NoSolution,
    NothingToConfirm,
    SameOfficer,
    StillOpen,
)


@dataclass(frozen=True, slots=True)
class UnderWay:
    """How much of a case is not finished.

    referrals: live ones, but for what the prosecution has taken over: its proceedings go on
    without the case. shares: consents that still hold. places: 1 while the person awaits or holds
    a place in a shelter.
    """

    referrals: int
    shares: int
    places: int = 0

    def __bool__(self) -> bool:
        return bool(self.referrals or self.shares or self.places)

    def met(self) -> set[str]:
        """Guards of the pathway that this meets. The deadlines of a case are its referrals'."""
        open_still = {
            "no_open_clocks": self.referrals,
            "no_open_proceedings": self.referrals,
            "no_open_shares": self.shares,
            "no_occupied_place": self.places,
        }
        return {guard for guard, number in open_still.items() if not number}


def check_may_ask_closure(
    actor: Actor, case: Case, outcome: str, live: UnderWay, *, waiting: bool
) -> None:
    """Raise unless nothing about the person is under way any more, and nobody has asked yet.

    A person who is safe has chosen a solution; for the other outcomes none need be there.
    """
    actor.need(Permission.CASE_CLOSE)
    check_may_work(actor, case)
    if waiting:
        raise AlreadyAsked(case=case.pk)
    if live:
        raise StillOpen(case=case.pk, live=live)
    if outcome == Case.Outcome.PROTECTED and not case.solution:
        raise NoSolution(case=case.pk)


def check_may_decide_closure(
    actor: Actor, case: Case, closure: Closure | None, live: UnderWay, *, confirm: bool, why: str
) -> None:
    """Raise unless another officer asked, and nothing has begun since; a no gives its reason."""
    actor.need(Permission.CASE_CLOSE)
    check_may_work(actor, case)
    if closure is None:
        raise NothingToConfirm(case=case.pk)
    if actor.officer_id == closure.asked_by:
        raise SameOfficer(case=case.pk)
    if confirm and live:
        raise StillOpen(case=case.pk, live=live)
    if not confirm and why not in Closure.Why.values:
        raise NoReason(case=case.pk)
