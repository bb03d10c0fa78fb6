"""Everything that changes the figures' own tables."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from himaya.audit.record import record
from himaya.kernel.access import Actor
from himaya.pathway.answers import ReferralFacts
from himaya.pathway.facts import CaseFacts
from himaya.statistics.handles import handle_of
from himaya.statistics.models import CaseFact, ImportedFile, ReferralFact
from himaya.statistics.reading.incoming import Incoming
from himaya.statistics.reading.lines import Rejection
from himaya.statistics.roots import root_over
from himaya.statistics.rows import store
from himaya.statistics.rules import check_coded


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of the lines of a file: read = stored + duplicate + rejected."""

    read: int
    stored: int
    duplicate: int
    rejected: int
    rejections: Sequence[Rejection]


@transaction.atomic
def replace_fact(*, actor: Actor, at: datetime, case_id: UUID, fact: CaseFacts) -> bool:
    """A case changed, so what it adds to the figures is replaced. True when that is different.

    The id of the case is turned into a handle here and kept nowhere; the ledger does not learn it.
    Raises FactNotCoded; then nothing has changed.
    """
    check_coded(fact)
    handle, columns = handle_of(case_id), asdict(fact)
    if CaseFact.objects.filter(handle=handle, **columns).exists():
        return False
    row, _made = CaseFact.objects.update_or_create(handle=handle, defaults=columns)
    record(act="statistics.fact_replaced", actor=actor, at=at, rows=[row])
    return True


@transaction.atomic
def forget_fact(*, actor: Actor, at: datetime, case_id: UUID) -> bool:
    """A case counts no more, because another took it over. True when it did count until now."""
    row = CaseFact.objects.filter(handle=handle_of(case_id)).first()
    if row is None:
        return False
    record(act="statistics.fact_forgotten", actor=actor, at=at, gone=[row])
    row.delete()
    return True


@transaction.atomic
def replace_referral_fact(
    *, actor: Actor, at: datetime, referral_id: UUID, fact: ReferralFacts
) -> bool:
    """A referral moved on, so what it adds to the figures is replaced. True when that is different.

    The database refuses what is not coded, or finer than a month.
    """
    handle, columns = handle_of(referral_id), asdict(fact)
    if ReferralFact.objects.filter(handle=handle, **columns).exists():
        return False
    row, _made = ReferralFact.objects.update_or_create(handle=handle, defaults=columns)
    record(act="statistics.referral_fact_replaced", actor=actor, at=at, rows=[row])
    return True


@transaction.atomic
def store_file(*, actor: Actor, at: datetime, name: str, incoming: Incoming) -> Tally:
    """Store what a published file holds, once: its SHA-256 and line numbers are its identity.

    All rows of the file or none. A file that was stored before adds nothing, and two people who
    import it at once wait for one another. One entry of the ledger stands for all rows by their
    Merkle root.
    """
    good, bad = len(incoming.rows), len(incoming.rejections)
    read = good + incoming.repeated + bad
    _wait_for_others(incoming.sha256)
    known = ImportedFile.objects.filter(kind=incoming.kind, sha256=incoming.sha256).exists()
    if known or not good:
        return Tally(read, 0, read - bad, bad, incoming.rejections)
    file = ImportedFile.objects.create(
        sha256=incoming.sha256,
        kind=incoming.kind,
        name=name[:200],
        source=incoming.source,
        period=incoming.period(),
        imported_at=at,
        read=read,
        stored=good,
        duplicate=incoming.repeated,
        rejected=bad,
        root=root_over(incoming.rows),
    )
    store(file, incoming)
    record(
        act="statistics.file_imported",
        actor=actor,
        at=at,
        subject_id=file.pk,
        facts={"sha256": file.sha256, "root": file.root.hex(), "rows": good, "rejected": bad},
        rows=[file],
    )
    return Tally(read, good, incoming.repeated, bad, incoming.rejections)


def _wait_for_others(sha256: str) -> None:
    """Hold a lock on this file's content until the transaction ends."""
    number = int.from_bytes(bytes.fromhex(sha256)[:8], signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])
