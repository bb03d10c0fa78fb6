"""Acts of two, in words."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from himaya.accounts.acts_of_two import ACTS_OF_TWO
from himaya.accounts.models import TwoPersonAct
from himaya.accounts.rules import may_decide
from himaya.kernel.access import Actor


@dataclass(frozen=True, slots=True)
class Request:
    """One request as a page shows it. kind: of its tag. place: the page of what is asked for.

    asked_by, decided_by: user names; of which agency stands beside them.
    """

    id: UUID
    what: str
    number: str
    why: str
    asked_by: str
    asking_agency: str
    asked_at: datetime
    until: datetime
    state: str
    kind: str
    decided_by: str
    deciding_agency: str
    place: str
    own: bool
    may_decide: bool
    may_withdraw: bool


def request(found: TwoPersonAct, actor: Actor, at: datetime) -> Request:
    """A request, for this officer, now."""
    act = ACTS_OF_TWO[found.act]
    state, kind = _state(found, at)
    own = found.asked_by_id == actor.officer_id
    decided, agency = found.decided_by, found.decided_by_agency
    open_to_see = own or kind == "info" or not act.seen_while_waiting
    return Request(
        id=found.pk,
        what=str(act.title),
        number=str(found.subject_id)[:8].upper(),
        why=found.get_reason_display(),
        asked_by=found.asked_by.username,
        asking_agency=found.asked_by_agency.label(),
        asked_at=found.asked_at,
        until=found.expires_at,
        state=state,
        kind=kind,
        decided_by=decided.username if decided else "",
        deciding_agency=agency.label() if agency else "",
        place=act.place.format(id=found.subject_id) if open_to_see else "",
        own=own,
        may_decide=may_decide(actor, act, found, at),
        may_withdraw=own and kind == "info",
    )


def _state(found: TwoPersonAct, at: datetime) -> tuple[str, str]:
    """Where a request stands, in words, and the kind of its tag."""
    if found.used_at:
        return _("Done"), "good"
    if found.withdrawn_at:
        return _("Taken back"), "plain"
    if found.confirmed is False:
        return _("Refused"), "bad"
    if at >= found.expires_at:
        return _("Time is over"), "plain"
    if found.confirmed:
        return _("Allowed, not done yet"), "warn"
    return _("Waits for a second person"), "info"
