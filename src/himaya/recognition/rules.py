"""Who may say whether two cases are of one person."""

from dataclasses import dataclass

from himaya.cases.models import Case
from himaya.cases.rules import check_may_work
from himaya.kernel.access import Actor
from himaya.recognition.errors import (
    AlreadyAnswered,
    AnswerIsTheirs,
    NobodyToAsk,
    StillJoined,
)
from himaya.recognition.models import Match

State = Match.State
OPEN = frozenset({State.FOUND, State.ASKED})


@dataclass(frozen=True, slots=True)
class Seen:
    """A match as one desk sees it. asks: its case was being written when it was found.

    ours: the desk leads the other case as well. joined: the two persons are joined by it.
    """

    match: Match
    case: Case
    asks: bool
    ours: bool
    joined: bool = False


def check_may_ask(actor: Actor, seen: Seen) -> None:
    """Raise unless the actor may ask the other desk whether the two are one person."""
    check_may_work(actor, seen.case)
    if seen.ours:
        raise NobodyToAsk(match=seen.match.pk)
    if seen.match.state != State.FOUND or not seen.asks:
        raise AlreadyAnswered(match=seen.match.pk)


def check_may_answer(actor: Actor, seen: Seen, answer: str) -> None:
    """Raise unless the actor may give this answer now.

    That it is somebody else, either desk may say. That it is the same person, only a desk that
    leads the case that is already known, because it can compare.
    """
    check_may_work(actor, seen.case)
    if seen.match.state not in OPEN:
        raise AlreadyAnswered(match=seen.match.pk)
    if answer != State.ANOTHER and seen.asks and not seen.ours:
        raise AnswerIsTheirs(match=seen.match.pk)


def check_may_take_back(actor: Actor, seen: Seen) -> None:
    """Raise unless the actor may take the answer back, so that the question is open again."""
    check_may_work(actor, seen.case)
    if seen.match.state in OPEN:
        raise AlreadyAnswered(match=seen.match.pk)
    if seen.joined:
        raise StillJoined(match=seen.match.pk)
