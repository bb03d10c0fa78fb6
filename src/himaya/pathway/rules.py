"""When a case may end, and who may end it."""

from dataclasses import asdict, dataclass, replace
from enum import StrEnum

from himaya.cases.errors import CaseIsClosed
from himaya.cases.models import Case, Closure
from himaya.cases.rules import check_may_work
from himaya.kernel.access import Actor, Permission
from himaya.kernel.errors import NotKnown
from himaya.packs.schema import Pack
from himaya.packs.tracks import Step
from himaya.pathway.errors import (
    AlreadyAsked,
    NoReason,
    NoSolution,
    NotAccepted,
    NotEnded,
    NothingToConfirm,
    SameOfficer,
    StillOpen,
    TakenElsewhere,
)
from himaya.pathway.pages import page_of
from himaya.referrals.models import Referral


class Reopened(StrEnum):
    """Why an ended case goes on."""

    CAME_BACK = "came_back"
    NEW_FACTS = "new_facts"
    ENDED_WRONGLY = "ended_wrongly"


# Ends of a case after which its desk owes the person nothing that it could still do: they are gone,
# want it no more, or are in other hands. For the others every duty is met first.
NOTHING_OWED = frozenset(
    {Case.Outcome.LOST_CONTACT, Case.Outcome.WITHDREW, Case.Outcome.REFERRED_ELSEWHERE}
)


@dataclass(frozen=True, slots=True)
class UnderWay:
    """How much of a case is not finished.

    referrals: live ones, but for what the prosecution has taken over: its proceedings go on
    without the case. shares: consents that still hold. places: 1 while the person awaits or holds
    a place in a shelter. deadlines: duties of the desk that leads. tasks: open ones. court_dates:
    those of the tasks that are about a date in court.
    """

    referrals: int
    shares: int
    places: int = 0
    deadlines: int = 0
    tasks: int = 0
    court_dates: int = 0

    def __bool__(self) -> bool:
        return any((self.referrals, self.shares, self.places, self.deadlines, self.tasks))

    def ending(self, outcome: str) -> "UnderWay":
        """What still stands in the way of this end of the case."""
        return replace(self, deadlines=0) if outcome in NOTHING_OWED else self

    def met(self) -> set[str]:
        """Guards of the pathway that this meets.

        A referral has deadlines of its own, at the desk that was asked, and a task has its day: the
        clocks are silent when all three are. A date in court is a task of the desk that leads until
        it is past or handed over; what the prosecution has taken over it watches itself.
        """
        open_still = {
            "no_open_clocks": self.deadlines or self.referrals or self.tasks,
            "no_open_proceedings": self.court_dates or self.referrals,
            "no_open_shares": self.shares,
            "no_occupied_place": self.places,
        }
        return {guard for guard, number in open_still.items() if not number}


def check_may_reopen(actor: Actor, case: Case, why: str) -> None:
    """Raise unless the actor's desk led this case, it has ended, and a reason is given."""
    actor.need(Permission.CASE_CLOSE)
    if case.desk_id not in actor.desk_ids:
        raise NotKnown(case=case.pk)
    if case.state != Case.State.CLOSED or case.merged_into_id is not None:
        raise NotEnded(case=case.pk)
    if why not in set(Reopened):
        raise NoReason(case=case.pk)


def check_may_take(actor: Actor, case: Case, pack: Pack, step: Step, *, weighed: bool) -> None:
    """Raise unless the actor may take steps in this open case, and this one here.

    Whether the pathway leads there, and on which conditions, is asked by `cases.rules.check_step`.
    weighed: a decision ends with the step, on the page that is its own.
    """
    actor.need(Permission.STEP_TAKE)
    if case.state == Case.State.CLOSED:
        raise CaseIsClosed(case=case.pk)
    if page_of(pack, step) is not None and not weighed:
        raise TakenElsewhere(step=step.id)


def check_may_take_referred(
    actor: Actor, referral: Referral, pack: Pack, step: Step, *, weighed: bool
) -> None:
    """Raise unless the actor's desk took the person on by this referral, and the step is open here.

    Raises NotKnown first: whoever sent the referral takes steps on the page of the case. On the
    identification such a desk decides and does nothing else: it sees no case to screen again.
    """
    actor.need(Permission.STEP_TAKE)
    if referral.receiver_id not in actor.desk_ids:
        raise NotKnown(referral=referral.pk)
    if referral.answered_at is None or referral.ended_at is not None:
        raise NotAccepted(referral=referral.pk)
    if not weighed and (page_of(pack, step) is not None or identifies(pack, step)):
        raise TakenElsewhere(step=step.id)


def identifies(pack: Pack, step: Step) -> bool:
    """Whether a step moves the track on which it is decided whether somebody is a victim."""
    return step.track == pack.step("presume").track


def check_may_ask_closure(
    actor: Actor, case: Case, outcome: str, live: UnderWay, *, waiting: bool
) -> None:
    """Raise unless nothing stands in the way of this end of the case, and nobody has asked yet.

    A person who is safe has chosen a solution; for the other outcomes none need be there.
    """
    actor.need(Permission.CASE_CLOSE)
    check_may_work(actor, case)
    if waiting:
        raise AlreadyAsked(case=case.pk)
    if in_the_way := live.ending(outcome):
        raise StillOpen(case=case.pk, **asdict(in_the_way))
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
    in_the_way = live.ending(closure.outcome)
    if confirm and in_the_way:
        raise StillOpen(case=case.pk, **asdict(in_the_way))
    if not confirm and why not in Closure.Why.values:
        raise NoReason(case=case.pk)
