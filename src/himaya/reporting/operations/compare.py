"""New reports are compared with those before them, by what their words are like."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Q

from himaya.audit.record import record
from himaya.kernel.access import Actor
from himaya.reporting.joining_rules import is_in_danger
from himaya.reporting.models import WAITING, Likeness, Report
from himaya.vault.likeness import bands_of, likeness

AT_ONCE = 500  # new reports compared in one transaction
MOST_BEFORE = 20_000  # reports that they are compared with
BACK_TO = timedelta(days=30)
ALIKE = 0.3  # of the words and pairs in common: a text told anew in other words
MANY = 10  # so many alike that nobody has rated, and the next ones stand behind
Pool = tuple[UUID, bool]  # the desk, and whether it tells of danger: only these are compared


@dataclass(slots=True)
class _Known:
    """The first reports of each likeness at one desk, found by the pairs of bytes of a sketch."""

    sketches: dict[UUID, bytes] = field(default_factory=dict)
    banded: dict[tuple[int, bytes], list[UUID]] = field(default_factory=lambda: defaultdict(list))

    def add(self, report_id: UUID, sketch: bytes) -> None:
        self.sketches[report_id] = sketch
        for band in bands_of(sketch):
            self.banded[band].append(report_id)

    def nearest(self, sketch: bytes) -> UUID | None:
        """The first report that these words are most like, if any is like enough."""
        near = {found for band in bands_of(sketch) for found in self.banded.get(band, ())}
        how = {found: likeness(sketch, self.sketches[found]) for found in near}
        best = max(how, key=lambda found: (how[found], str(found)), default=None)
        return best if best is not None and how[best] >= ALIKE else None


@transaction.atomic
def compare_new(*, actor: Actor, at: datetime) -> int:
    """Say of new reports which earlier one of the same desk they are like; returns how many new.

    A report that tells of danger is compared with such reports only. Once many are alike and not
    rated, the next ones stand behind the others in the list: never the first, never a rated one.
    A row that an officer holds waits for the next time.
    """
    new = Likeness.objects.filter(compared_at__isnull=True).select_for_update(skip_locked=True)
    notes = list(new.order_by("report__received_at")[:AT_ONCE])
    if not notes:
        return 0
    found = Report.objects.filter(pk__in=[note.report_id for note in notes])
    reports = {each.pk: each for each in found.select_for_update(skip_locked=True)}
    notes = [note for note in notes if note.report_id in reports]
    changed = _place(notes, reports, at)
    for note in notes:
        note.compared_at = at
    Likeness.objects.bulk_update(notes, ["compared_at"])
    if changed:
        Report.objects.bulk_update(changed, ["alike", "set_back"])
        record(act="reporting.compared", actor=actor, at=at, rows=changed)
    return len(notes)


def _place(
    notes: Iterable[Likeness], reports: dict[UUID, Report], at: datetime
) -> Sequence[Report]:
    known = _known_before(reports, at)
    unrated = _unrated({each for pool in known.values() for each in pool.sketches})
    changed = []
    for note in notes:
        report, sketch = reports[note.report_id], bytes(note.sketch)
        pool = known[_pool(report)]
        first = pool.nearest(sketch)
        if first is None:
            pool.add(report.pk, sketch)
            continue
        unrated[first] += 1
        report.alike_id = first
        if report.state == Report.State.RECEIVED and unrated[first] > MANY:
            report.set_back = True
        changed.append(report)
    return changed


def _pool(report: Report) -> Pool:
    return report.desk_id, is_in_danger(report)


def _known_before(reports: dict[UUID, Report], at: datetime) -> dict[Pool, _Known]:
    """The first of each likeness among the reports that were compared before."""
    firsts = Likeness.objects.filter(
        compared_at__isnull=False,
        report__alike__isnull=True,
        report__received_at__gt=at - BACK_TO,
        report__desk__in={report.desk_id for report in reports.values()},
    ).select_related("report")
    known: dict[Pool, _Known] = defaultdict(_Known)
    for note in firsts.order_by("-report__received_at")[:MOST_BEFORE]:
        known[_pool(note.report)].add(note.report_id, bytes(note.sketch))
    return known


def _unrated(firsts: Iterable[UUID]) -> dict[UUID, int]:
    """How many that nobody has rated are like each of these."""
    counted = Report.objects.filter(
        Q(state=Report.State.RECEIVED) & WAITING, alike__in=list(firsts)
    )
    rows = counted.values_list("alike").annotate(number=Count("pk"))
    return defaultdict(int, dict(rows))
