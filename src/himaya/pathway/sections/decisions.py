"""What was decided about the person's status, whether they know, and what is being weighed."""

from dataclasses import dataclass
from datetime import datetime

from himaya.cases.models import Case, Move
from himaya.cases.tracks import pack_of
from himaya.decisions.models import Decision, Told
from himaya.decisions.presenters import DecidedLine, decided_line, question_line
from himaya.decisions.queries import own_and_absorbed
from himaya.kernel.access import Actor, Permission
from himaya.pathway.asking import Section

SHOWN = 20


@dataclass(frozen=True, slots=True)
class Decisions:
    """weighed: questions under way. made: the newest decision first. tells: the officer may tell
    the person."""

    weighed: list[str]
    made: list[DecidedLine]
    tells: bool


def section(actor: Actor, case: Case, at: datetime) -> Section[Decisions]:
    """Decisions by the pack's own rules, those of cases that this one took over among them; what an
    older pack decided has no rule to show."""
    mine = own_and_absorbed(case)
    weighing = Decision.objects.filter(case__in=mine, state=Decision.State.OPEN)
    moves, told, weighed = yield [
        Move.objects.filter(case__in=mine).exclude(decides="").order_by("-at")[:SHOWN],
        Told.objects.filter(case__in=mine).order_by("-told_at")[:SHOWN],
        weighing.order_by("opened_at")[:SHOWN],
    ]
    pack = pack_of(case)
    known = {step.id for step in pack.steps}
    rules = {each.id for each in pack.decisions}
    by_move = {each.move_id: each for each in told}
    return Decisions(
        weighed=[question_line(pack, each) for each in weighed if each.rule in rules],
        made=[
            decided_line(pack, move, by_move.get(move.pk)) for move in moves if move.step in known
        ],
        tells=actor.may(Permission.DECISION_TELL) and case.state == Case.State.OPEN,
    )
