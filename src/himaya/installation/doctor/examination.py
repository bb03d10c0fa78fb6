"""All checks, one after the other. A check that could not look is a danger of its own."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial

import psycopg

from himaya.installation.doctor import (
    custody,
    database,
    doors,
    files,
    languages,
    sites,
    software,
)
from himaya.installation.doctor.findings import Finding, Grade, danger
from himaya.installation.place import Place
from himaya.installation.roles import dsn_file
from himaya.packs.loader import current


@dataclass(slots=True)
class Examination:
    """How many checks looked, and what they found."""

    looked: int = 0
    findings: list[Finding] = field(default_factory=list)

    def is_safe(self) -> bool:
        """True when no danger was found."""
        return all(finding.grade != Grade.DANGER for finding in self.findings)


Look = Callable[[], Iterable[Finding]]


def examine(place: Place, connection: psycopg.Connection[tuple[object, ...]]) -> Examination:
    """Look at everything. connection: to the installation's database, as any of its roles."""
    examination = Examination()
    for name, look in checks(place, connection):
        try:
            examination.findings += look()
        except (OSError, psycopg.Error, ValueError) as error:
            examination.findings.append(_blind(name, error))
        else:
            examination.looked += 1
    return examination


def checks(
    place: Place, connection: psycopg.Connection[tuple[object, ...]]
) -> list[tuple[str, Look]]:
    """Every check, with what it looks at."""
    dsn = dsn_file(place, "staff")
    return [
        ("The files of keys", partial(files.secrets_are_shut, place)),
        ("Whether people are invented", partial(files.people_are_real, place)),
        ("Where the registrar's key is", partial(files.registrar_is_away, place)),
        ("The disk", partial(files.data_outlives_a_power_cut, place)),
        ("Swapped memory", partial(files.memory_stays_in_memory, place)),
        ("What is installed", software.installed_is_what_is_locked),
        ("The box for files", software.files_can_be_shown),
        ("Reports that wait on the disk", partial(files.spool_is_whole, place)),
        ("The sites' settings", sites.settings_are_safe),
        ("What the languages lack", lambda: languages.every_sentence_is_there(current())),
        ("Who signed the languages", lambda: languages.native_speakers_have_signed(current())),
        ("What the database keeps", partial(database.keeps_what_it_acknowledged, connection)),
        ("The database's disk", partial(database.checksums_are_on, connection)),
        ("The database's roles", partial(database.roles_stay_small, connection)),
        ("The database's rights", partial(database.rights_are_as_written, connection, place)),
        ("The line to the database", lambda: database.is_reached_safely(dsn.read_text("utf-8"))),
        ("The clock", partial(database.clocks_agree, connection)),
        ("The recovery key", partial(custody.recovery_covers_every_desk, connection)),
        ("The desks' members", partial(custody.desks_have_members, connection)),
        ("The desks' keys", partial(custody.receiving_desks_have_keys, connection)),
        ("The ledger's witnesses", partial(custody.outsiders_watch_the_ledger, place)),
        ("The other doors", partial(doors.doors_are_open, place)),
        ("The backups", partial(custody.a_backup_is_fresh, connection)),
    ]


def _blind(name: str, error: Exception) -> Finding:
    return danger("doctor.blind", what=name, error=type(error).__name__)
