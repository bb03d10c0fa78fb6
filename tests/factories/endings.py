"""Cases and reports whose time is over, and everybody's keys tried on what is left of them."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import pyrage

from himaya.audit.record import record
from himaya.cases.models import Case, TrackState
from himaya.kernel.access import job
from himaya.reporting.models import Report
from himaya.retention.operations.shred import shred_due
from himaya.vault.models import Compartment, DeskEpoch, Grant, Sealed
from himaya.vault.padding import unpad
from tests.factories import journey
from tests.factories.moments import NOON
from tests.factories.offices import TESTS
from tests.factories.people import People
from tests.factories.roles import as_role
from tests.factories.seats import desk_private_key

RETENTION = job("retention")
SECRET = "Her sister lives in the fourth house."
in_stock: list[UUID] = []
YEARS_LATER = NOON + timedelta(days=365 * 11)


def filed(people: People) -> Case:
    """A case with several parts of a file, all of them sealed to the desk that leads it.

    One that the test file made beforehand, while there is one: making it costs many statements.
    """
    if in_stock:
        return Case.objects.get(pk=in_stock.pop())
    return _filed(people)


def stock(people: People, number: int) -> list[UUID]:
    """So many such cases, for the whole file."""
    return [_filed(people).pk for _ in range(number)]


def _filed(people: People) -> Case:
    case = journey.opened(people)
    for kind in (
        Compartment.Kind.IDENTITY,
        Compartment.Kind.CONTACT,
        Compartment.Kind.NEEDS,
        Compartment.Kind.HEALTH,
    ):
        journey.noted(people, case, kind, SECRET)
    return case


def closed(case: Case, at: datetime = NOON) -> Case:
    """The case has ended, as two officers end it."""
    case.state, case.outcome, case.closed_at = Case.State.CLOSED, Case.Outcome.PROTECTED, at
    case.save()
    record(act="tests.closed", actor=TESTS, at=at, subject_id=case.pk, rows=[case])
    return case


def before_court(case: Case, state: str = "lawsuit") -> None:
    """The justice track of the case stands there."""
    track = TrackState.objects.get(case=case, track="justice")
    track.state = state
    track.save()
    record(act="tests.justice", actor=TESTS, at=NOON, subject_id=case.pk, rows=[track])


def rated(report: Report) -> None:
    """Somebody has read and rated the report; no case came of it."""
    row = Report.objects.get(pk=report.pk)
    row.state, row.seriousness = Report.State.TRIAGED, Report.Seriousness.NORMAL
    row.save()
    record(act="tests.rated", actor=TESTS, at=NOON, subject_id=row.pk, rows=[row])


def round_of(at: datetime) -> int:
    """Everything that is due at a moment is destroyed, with the worker's rights."""
    done = 0
    with as_role("worker"):
        while number := shred_due(actor=RETENTION, at=at):
            done += number
    return done


def kinds_left(*subject_ids: UUID) -> set[str]:
    """Kinds of the parts that still stand."""
    left = Compartment.objects.filter(subject_id__in=subject_ids, shredded_at__isnull=True)
    return set(left.values_list("kind", flat=True))


def all_keys() -> list[pyrage.x25519.Identity]:
    """The private keys of all desks in all their epochs: what the recovery key opens too."""
    return [
        pyrage.x25519.Identity.from_str(desk_private_key(epoch).decode())
        for epoch in DeskEpoch.objects.all()
    ]


def opens(content: bytes, grants: list[bytes]) -> bytes | None:
    """What somebody who holds all keys of all desks and these grants reads of a sealed content."""
    keys = all_keys()
    for grant in grants:
        private = pyrage.x25519.Identity.from_str(unpad(pyrage.decrypt(grant, keys)).decode())
        try:
            return unpad(pyrage.decrypt(content, [private]))
        except pyrage.DecryptError:
            continue
    return None


def sealed_now() -> dict[UUID, bytes]:
    """All sealed content, as somebody who copied the table holds it."""
    return {each.pk: bytes(each.content) for each in Sealed.objects.all()}


def grants_now() -> list[bytes]:
    """All grants, as somebody who copied the table holds them."""
    return [bytes(sealed) for sealed in Grant.objects.values_list("sealed", flat=True)]


def lines_in(file: Path) -> Iterator[list[str]]:
    """The words of each line of the file of tombstones."""
    for line in file.read_text().splitlines():
        yield line.split()
