"""Cases: one person's way through the pathway. Codes only; every word is sealed elsewhere."""

from himaya.cases.models.again import FurtherCase
from himaya.cases.models.case import Case, CaseQuerySet
from himaya.cases.models.closure import Closure
from himaya.cases.models.document import Document
from himaya.cases.models.merge import Merge
from himaya.cases.models.person import Person, PersonLink
from himaya.cases.models.status import StatusDecision
from himaya.cases.models.tracks import Move, TrackState

__all__ = [
    "Case",
    "CaseQuerySet",
    "Closure",
    "Document",
    "FurtherCase",
    "Merge",
    "Move",
    "Person",
    "PersonLink",
    "StatusDecision",
    "TrackState",
]
