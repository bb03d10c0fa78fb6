"""Decisions, read for an actor."""

from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from himaya.cases.models import Case, Move
from himaya.decisions.models import Decision, Evidence, Finding, Opinion
from himaya.kernel.access import Actor
from himaya.kernel.errors import NotKnown


@dataclass(frozen=True, slots=True)
class Weighed:
    """One officer's view with all that it rests on. facts: criterion → its evidence."""

    opinion: Opinion
    found: dict[str, str]
    facts: dict[str, list[Evidence]]

    @property
    def word_ids(self) -> list[UUID]:
        """The sealed words that belong to it."""
        lines = [each.words_id for facts in self.facts.values() for each in facts]
        return [self.opinion.reasons_id, *lines]


def open_decision(case_id: UUID, rule: str) -> Decision | None:
    """The decision of this kind that is being weighed, as far as the actor's desks may know."""
    return Decision.objects.filter(case=case_id, rule=rule, state=Decision.State.OPEN).first()


def latest_decision(actor: Actor, case_id: UUID, rule: str) -> Decision | None:
    """The newest decision of this kind that is the actor's desks' to make, or was."""
    found = Decision.objects.visible_to(actor).filter(case=case_id, rule=rule)
    return found.order_by("opened_at").last()


def views_of(decision: Decision) -> list[Weighed]:
    """The views that the actor may read, the first officer's first; of each their last one.

    Another's stays hidden by row-level security until the actor has written their own.
    """
    opinions = list(Opinion.objects.filter(decision=decision).order_by("place", "number"))
    counting = {each.place: each for each in opinions}
    return [_weighed(each) for each in counting.values()]


def own_views(actor: Actor, decision: Decision | None) -> list[Opinion]:
    """The views that the actor gave on a decision, the last one last."""
    if decision is None or actor.officer_id is None:
        return []
    found = Opinion.objects.filter(decision=decision, officer=actor.officer_id)
    return list(found.order_by("number"))


def opinions_of(decision: Decision) -> list[Opinion]:
    """Every view of a decision that the actor may read."""
    return list(Opinion.objects.filter(decision=decision).order_by("number"))


def has_decided(actor: Actor, case_id: UUID, *, beside: Decision | None = None) -> bool:
    """Whether the officer decided on this person before, also in a case that was merged into it.

    beside: a decision that does not count.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT decisions_decided_before(%s, %s, %s)",
            [case_id, actor.officer_id, beside.pk if beside else None],
        )
        return bool(cursor.fetchone()[0])


def own_and_absorbed(case: Case) -> QuerySet[Case]:
    """The case and those that it took over, for a query on what was done in any of them.

    Asked first, because else row-level security looks at every row.
    """
    return Case.objects.filter(Q(pk=case.pk) | Q(merged_into=case))


def move_for(case: Case, move_id: UUID) -> Move:
    """A step of the case that decided. Raises NotKnown for another."""
    moves = Move.objects.filter(case__in=own_and_absorbed(case), pk=move_id)
    found = moves.exclude(decides="").first()
    if found is None:
        raise NotKnown(move=move_id)
    return found


def _weighed(opinion: Opinion) -> Weighed:
    findings = list(Finding.objects.filter(opinion=opinion))
    facts: dict[str, list[Evidence]] = {}
    criteria = {each.pk: each.criterion for each in findings}
    for line in Evidence.objects.filter(finding__in=findings).order_by("words_id"):
        facts.setdefault(criteria[line.finding_id], []).append(line)
    return Weighed(opinion, {each.criterion: each.value for each in findings}, facts)
