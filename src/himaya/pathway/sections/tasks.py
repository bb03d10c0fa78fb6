"""What officers were asked to do about a case."""

from datetime import datetime

from himaya.accounts.models import Officer
from himaya.cases.models import Case
from himaya.kernel.access import Actor
from himaya.pathway.asking import Section
from himaya.tasks.models import Task
from himaya.tasks.presenters import Line, line
from himaya.tasks.queries import today

SHOWN = 30


def section(actor: Actor, case: Case, at: datetime) -> Section[list[Line]]:
    """What waits first, the soonest on top; then what was ended, the latest on top."""
    of_case = Task.objects.filter(case_id=case.pk, desk_id__in=actor.desk_ids)
    waiting, ended, officers = yield [
        of_case.open().order_by("until", "id")[:SHOWN],
        of_case.exclude(state=Task.State.OPEN).order_by("-ended_at")[:SHOWN],
        Officer.objects.filter(pk__in=of_case.values("officer_id"), is_active=True),
    ]
    names = {officer.pk: officer.username for officer in officers}
    return [line(task, names, today(at)) for task in (*waiting, *ended)]
