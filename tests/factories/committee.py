"""The committee and what it records."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import uuid4

from himaya.agencies.models import Agency
from himaya.kernel.access import Actor, Permission
from himaya.oversight import operations
from himaya.oversight.models import Action, Decision, Meeting
from tests.factories.moments import NOON

SECRETARY = Actor(
    kind="officer",
    name="committee_secretariat",
    officer_id=uuid4(),
    permissions=frozenset({Permission.FIGURES_READ, Permission.MEETING_RECORD}),
)
READER = replace(SECRETARY, permissions=frozenset({Permission.FIGURES_READ}))
STRANGER = replace(SECRETARY, permissions=frozenset({Permission.CASE_READ}))
HELD_ON = date(2026, 11, 15)
TODAY = date(2026, 11, 22)


def make_agency(code: str = "labour") -> Agency:
    """An agency that can be asked to do something."""
    return Agency.objects.create(
        code=code, kind="government", label_en=f"Agency {code}", label_ar=f"جهة {code}"
    )


def make_meeting(
    number: str = "4/2026", *, held_on: date = HELD_ON, agenda: Sequence[str] = ("Shelters",)
) -> Meeting:
    """A meeting with its agenda."""
    return operations.record_meeting(
        actor=SECRETARY,
        at=NOON,
        number=number,
        held_on=held_on,
        place="Ministry of Justice",
        agenda=agenda,
    )


def make_decision(meeting: Meeting | None = None, number: str = "1") -> Decision:
    """A decision of a meeting."""
    return operations.record_decision(
        actor=SECRETARY,
        at=NOON,
        today=TODAY,
        meeting_id=(meeting or make_meeting()).pk,
        number=number,
        text="Open a second shelter.",
    )


def make_action(decision: Decision | None = None, *, due_on: date = date(2026, 12, 1)) -> Action:
    """What an agency must do because of a decision."""
    agency = Agency.objects.first() or make_agency()
    return operations.record_action(
        actor=SECRETARY,
        at=NOON,
        decision_id=(decision or make_decision()).pk,
        agency_id=agency.pk,
        what="Name a building",
        due_on=due_on,
    )
