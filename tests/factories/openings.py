"""Files that officers open, and the worker that reads of it in the ledger."""

from datetime import datetime, timedelta

from himaya.accountability.operations.scan import scan
from himaya.audit.sequencer import number_pending
from himaya.cases.models import Case
from himaya.cases.operations import file
from himaya.kernel.access import job
from himaya.vault.models import Compartment
from tests.factories import cases
from tests.factories.moments import NOON
from tests.factories.people import Seat
from tests.factories.roles import as_role

WATCH = job("watch")


def ended_case(leader: Seat, **changes: object) -> Case:
    """A case of the officer's desk that ended long ago, with something in its file."""
    ended = {
        "state": Case.State.CLOSED,
        "outcome": Case.Outcome.LOST_CONTACT,
        "opened_at": NOON - timedelta(days=330),
        "closed_at": NOON - timedelta(days=300),
    }
    made = cases.case(leader.desk, **ended | changes)
    cases.compartment(made, leader.desk, note="Nothing to note.")
    return made


def open_file(reader: Seat, case: Case, *, at: datetime = NOON, reason: str = "check") -> None:
    """The officer opens one part of a case's file."""
    part = Compartment.objects.filter(subject_id=case.pk).earliest("made_at")
    with reader.works():
        file.read(
            actor=reader.actor,
            keyring=reader.keyring,
            case_id=case.pk,
            compartment_id=part.pk,
            purpose="casework",
            at=at,
            reason=reason,
        )


def watched(at: datetime = NOON) -> None:
    """The worker numbers what happened and reads it, with its own rights only."""
    while number_pending():
        pass
    with as_role("worker"):
        while scan(actor=WATCH, at=at):
            pass
