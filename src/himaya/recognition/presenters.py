"""Matches in words: what agrees and whom to ask, never who it is."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from himaya.cases.models import Case
from himaya.kernel.access import Actor, allowed
from himaya.recognition.models import Match
from himaya.recognition.queries import Found
from himaya.recognition.rules import check_may_answer, check_may_ask, check_may_take_back
from himaya.vault.models import BlindToken

State = Match.State
AGREES = {
    BlindToken.Domain.NAME: gettext_lazy("the name, or its sound"),
    BlindToken.Domain.DOCUMENT: gettext_lazy("the number of a document, or nearly"),
    BlindToken.Domain.PHONE: gettext_lazy("a telephone number"),
    BlindToken.Domain.BIRTH: gettext_lazy("the day or year of birth"),
}
KIND = {
    State.FOUND: "warn",
    State.ASKED: "info",
    State.SAME: "good",
    State.ANOTHER: "plain",
    State.UNCLEAR: "plain",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A match on a page. other: the other case, when it is of the officer's own desks.

    undone: the two were joined once, and are not any more.
    """

    id: UUID
    agrees: list[str]
    desk: str
    agency: str
    other: Case | None
    state: str
    kind: str
    at: datetime
    asked_by_them: bool
    undone: bool
    may_ask: bool
    may_say_same: bool
    may_say_another: bool
    may_take_back: bool


def line(found: Found, actor: Actor) -> Line:
    """A match as a line."""
    seen, match = found.seen, found.seen.match
    state = State(match.state)
    return Line(
        id=match.pk,
        agrees=[str(AGREES[BlindToken.Domain(each)]) for each in match.agrees],
        desk=found.desk.label(),
        agency=found.desk.agency.label(),
        other=found.other,
        state=_("Joined once, and parted again") if _parted(found) else str(state.label),
        kind="plain" if _parted(found) else KIND[state],
        at=match.answered_at or match.asked_at or match.found_at,
        asked_by_them=not seen.asks and not seen.ours,
        undone=_parted(found),
        may_ask=allowed(check_may_ask, actor, seen),
        may_say_same=allowed(check_may_answer, actor, seen, State.SAME),
        may_say_another=allowed(check_may_answer, actor, seen, State.ANOTHER),
        may_take_back=allowed(check_may_take_back, actor, seen),
    )


def _parted(found: Found) -> bool:
    return found.seen.match.merge_id is not None and not found.seen.joined
