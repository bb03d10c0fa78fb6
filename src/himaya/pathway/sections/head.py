"""What an officer must know of a person before anything else: the head of the case's page (S2)."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from himaya.accounts.models import Officer
from himaya.agencies.models import Agency
from himaya.cases.models import Case
from himaya.cases.presenters import language_name
from himaya.kernel.access import Actor
from himaya.pathway.asking import Section


@dataclass(frozen=True, slots=True)
class Head:
    """In words; empty where nothing is known. kept_from: names of agencies."""

    danger: str
    danger_kind: str
    language: str
    interpreter: str
    reachable: str
    kept_from: list[str]
    worker: str


def section(actor: Actor, case: Case, at: datetime) -> Section[Head]:
    """Danger, how to speak with the person and when, who must not know, who leads the case."""
    agencies, officers = yield [
        Agency.objects.filter(code__in=case.kept_from).order_by("code"),
        Officer.objects.filter(pk__in=[case.worker_id] if case.worker_id else []).only(
            "id", "username"
        ),
    ]
    return Head(
        danger=case.get_danger_display() or _("Danger not rated"),
        danger_kind=case.danger or "plain",
        language=language_name(case.language),
        interpreter=case.get_interpreter_display(),
        reachable=case.get_reachable_display(),
        kept_from=[agency.label() for agency in agencies],
        worker=officers[0].username if officers else "",
    )
