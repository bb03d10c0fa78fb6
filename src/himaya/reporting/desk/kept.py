"""What two desks keep together, in words: who asks, who agrees, until when."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from himaya.kernel.access import Actor
from himaya.reporting import informant_rules as informants
from himaya.reporting.models import Informant
from himaya.reporting.queries import lent_until, request_of


@dataclass(frozen=True, slots=True)
class Card:
    """A name under two locks, as one of its desks sees it. number: of the report.

    asked_at: when the custodian asked, while it waits. lent_until: while the custodian may read.
    """

    id: UUID
    number: str
    written_at: datetime
    custodian: str
    second: str
    asked_at: datetime | None
    lent_until: datetime | None
    may_ask: bool
    may_decide: bool
    may_read: bool


def card(actor: Actor, informant: Informant, at: datetime) -> Card:
    """The card of a name, for an officer of one of its desks."""
    request = request_of(informant, at)
    lent = lent_until(informant, at)
    asks = informants.may_ask(actor, informant)
    decides = informants.may_decide(actor, informant)
    return Card(
        id=informant.pk,
        number=informant.report_id.hex[:8].upper(),
        written_at=informant.written_at,
        custodian=informant.custodian.label(),
        second=informant.second.label(),
        asked_at=request.asked_at if request else None,
        lent_until=lent,
        may_ask=asks and request is None and lent is None,
        may_decide=decides and request is not None,
        may_read=asks and lent is not None,
    )
