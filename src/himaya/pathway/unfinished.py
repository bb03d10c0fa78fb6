"""What of a case is not finished, each thing by itself: a page names it and leads there."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q

from himaya.agencies.models import Desk
from himaya.cases.merged import absorbed_by
from himaya.cases.models import Case
from himaya.cases.tracks import pack_of, stands_at
from himaya.clocks.models import Deadline
from himaya.consent.models import Consent
from himaya.consent.queries import valid_consents_of
from himaya.packs.loader import edition
from himaya.pathway.rules import UnderWay
from himaya.referrals.models import Referral
from himaya.referrals.rules import LIVE, SERVING
from himaya.tasks.models import Task


@dataclass(frozen=True, slots=True)
class Unfinished:
    """Live referrals, consents that hold, a place that is awaited or held, duties, open tasks."""

    referrals: list[Referral]
    consents: list[Consent]
    place: bool
    deadlines: list[Deadline]
    tasks: list[Task]

    @property
    def numbers(self) -> UnderWay:
        """How much it is."""
        return UnderWay(
            referrals=len(self.referrals),
            shares=len(self.consents),
            places=int(self.place),
            deadlines=len(self.deadlines),
            tasks=len(self.tasks),
            court_dates=sum(task.kind == Task.Kind.COURT_DATE for task in self.tasks),
        )


def unfinished(case: Case, at: datetime) -> Unfinished:
    """All of it, also what is under way in cases that this one took over.

    What the prosecution has taken over is handed over: its proceedings go on without the case.
    """
    cases = [case, *absorbed_by([case.pk])]
    handed_over = Q(state__in=SERVING, receiver__kind=Desk.Kind.PROSECUTION)
    live = Referral.objects.filter(case__in=cases, state__in=LIVE).exclude(handed_over)
    return Unfinished(
        referrals=list(live.select_related("receiver").order_by("pk")),
        consents=[consent for each in cases for consent in valid_consents_of(each, at)],
        place=not pack_of(case).track("shelter").state(stands_at(case.id, "shelter")).end,
        deadlines=duties_of(cases),
        tasks=tasks_of(cases),
    )


def tasks_of(cases: Iterable[Case]) -> list[Task]:
    """What officers of the leading desk were asked to do and nobody ended, the soonest first."""
    return list(Task.objects.filter(case__in=cases).open().order_by("until", "id"))


def duties_of(cases: Iterable[Case]) -> list[Deadline]:
    """What the desk that leads must still do, the soonest first, whether its clock stands or runs.

    What another desk answers for is handed over to it: it hangs on a referral, or is a screening,
    which ends with the case. What may be done, or happens by itself, ends with the case as well.
    """
    running = Deadline.objects.running().filter(case_id__in=[each.pk for each in cases])
    duties = running.filter(kind=Deadline.Kind.DUTY, desk=F("lead")).order_by("due_at", "id")
    return [deadline for deadline in duties if not _ends_with_the_case(deadline)]


def _ends_with_the_case(deadline: Deadline) -> bool:
    """The closing meets it; or it only asks to look again, where the pack lets a case end."""
    pack = edition(deadline.pack)
    if deadline.track == pack.step("close_case").track:
        return True
    clock = pack.step(deadline.steps[0]).clock_from(deadline.state)
    owed_since = clock.after if clock else ()
    return pack.track(deadline.track).state(deadline.state).end and not owed_since
