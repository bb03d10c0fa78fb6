"""Whether the person of a case may have been seen before."""

from dataclasses import dataclass
from datetime import datetime

from himaya.cases.models import Case
from himaya.kernel.access import Actor
from himaya.pathway.asking import Section
from himaya.recognition.models import Match, Side
from himaya.recognition.rules import OPEN

MOST = 20


@dataclass(frozen=True, slots=True)
class SeenBefore:
    """found: something was found at some time. waits: somebody has yet to say what it is."""

    found: bool
    waits: bool


def section(actor: Actor, case: Case, at: datetime) -> Section[SeenBefore]:
    """The matches of the case, as far as the actor's desks may know of them."""
    own = Side.objects.filter(case=case).values("match")
    (matches,) = yield [Match.objects.filter(pk__in=own).order_by("-found_at")[:MOST]]
    return SeenBefore(bool(matches), any(match.state in OPEN for match in matches))
