"""What a report's words are like: noted where they are seen, which is when it is sealed here, or
when the desk first opens what a browser sealed."""

from uuid import UUID

from himaya.reporting.inserting import insert
from himaya.reporting.models import Likeness
from himaya.vault.likeness import sketch_of


def note_likeness(report_id: UUID, text: str) -> None:
    """Keep what these words are like, in the caller's transaction."""
    insert([Likeness(report_id=report_id, sketch=sketch_of(text))])


def note_once(report_id: UUID, text: str) -> None:
    """Keep it unless it is kept already: then nothing changes."""
    likeness = Likeness(report_id=report_id, sketch=sketch_of(text))
    Likeness.objects.bulk_create([likeness], ignore_conflicts=True)
