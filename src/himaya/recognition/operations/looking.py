"""Writing down who a person is, and learning at once whether they may be known."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.db import connection, transaction

from himaya.audit.record import record
from himaya.cases.models import Case
from himaya.cases.operations.identity import identify
from himaya.kernel.access import Actor
from himaya.recognition.models import Match
from himaya.vault.tokens import Said, questions_of

MOST_QUESTIONS = 400  # tokens of one asking; the most telling come first


@dataclass(frozen=True, slots=True)
class Written:
    """What became of it. too_often: nothing was looked up; the hour's limit is reached."""

    case: Case
    match: Match | None = None
    too_often: bool = False


@transaction.atomic
def write_down(*, actor: Actor, case_id: UUID, said: Sequence[Said], at: datetime) -> Written:
    """Seal who the person is, and ask by blind tokens whether somebody like them is known.

    Nothing is opened. One match at most is kept, the best; the same two cases never match twice.
    Raises NotKnown, NotYourStep, CaseIsMerged or CaseIsClosed; then nothing has changed.
    """
    case = identify(actor=actor, case_id=case_id, said=said, at=at)
    match_id = uuid4()
    too_often, agrees = _look(match_id, case, said)
    if agrees is None:
        outcome = "limit" if too_often else "nothing"
        _record("person.looked_for", case, actor, at, outcome)
        return Written(case, too_often=too_often)
    match = Match(id=match_id, agrees=agrees, found_at=at)
    match.save(force_insert=True)
    _record("person.looked_for", case, actor, at, "match", match)
    return Written(case, match)


def _look(match_id: UUID, case: Case, said: Sequence[Said]) -> tuple[bool, list[str] | None]:
    """Whether the limit is reached, and in which things somebody agrees; the database counts."""
    questions = questions_of(said)[:MOST_QUESTIONS]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT too_often, agrees FROM recognition_look(%s, %s, %s, %s, %s)",
            [
                match_id,
                case.pk,
                [question.domain.value for question in questions],
                [question.token for question in questions],
                [question.worth for question in questions],
            ],
        )
        row = cursor.fetchone()
    return row or (False, None)


def _record(act: str, case: Case, actor: Actor, at: datetime, outcome: str, *rows: Match) -> None:
    record(
        act=act,
        actor=actor,
        at=at,
        subject_id=case.pk,
        desk_id=case.desk_id,
        facts={"outcome": outcome},
        rows=rows,
    )
