"""Wording of meetings, decisions and actions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.timezone import localdate

from himaya.oversight.models import Action, Decision

TAGS = {Action.State.DUE: "plain", Action.State.OVERDUE: "bad", Action.State.DONE: "good"}


@dataclass(frozen=True, slots=True)
class ActionRow:
    """An action as a list shows it."""

    id: UUID
    what: str
    agency: str
    due_on: date
    done_on: date | None
    state: str
    kind: str
    is_open: bool
    decision: str
    meeting_id: UUID
    meeting: str


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A decision with what is due from it."""

    id: UUID
    number: str
    text: str
    actions: list[ActionRow]

    @property
    def key(self) -> str:
        """The id as text, for ids of the page."""
        return str(self.id)


def action_row(action: Action, today: date) -> ActionRow:
    """One action, on a day in the country."""
    state = action.state(today)
    return ActionRow(
        id=action.pk,
        what=action.what,
        agency=action.agency.label(),
        due_on=action.due_on,
        done_on=localdate(action.done_at) if action.done_at else None,
        state=str(state.label),
        kind=TAGS[state],
        is_open=action.done_at is None,
        decision=action.decision.number,
        meeting_id=action.decision.meeting_id,
        meeting=action.decision.meeting.number,
    )


def decisions(
    found: Iterable[Decision], actions: Iterable[Action], today: date
) -> list[DecisionRow]:
    """Decisions, each with its actions."""
    due: dict[UUID, list[ActionRow]] = {}
    for action in actions:
        due.setdefault(action.decision_id, []).append(action_row(action, today))
    return [DecisionRow(one.pk, one.number, one.text, due.get(one.pk, [])) for one in found]
