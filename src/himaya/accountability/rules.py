"""When an opening is explained, when openings become an alarm, and what the person is shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Standing(StrEnum):
    """How an opening stands to the officer's work."""

    EXPECTED = "expected"
    NEAR = "near"
    STRANGE = "strange"


@dataclass(frozen=True, slots=True)
class Known:
    """What the records say of one opening, when the worker comes to it.

    listed: the file stood on the day list of one of the officer's desks. own_act: the officer did
    something with it, within the last three months or right after. under_way: it is in work at one
    of the officer's desks. emergency: the officer had opened it as an emergency. no_file: it is no
    file of a person but, for example, the written reason of an emergency opening.
    """

    listed: bool = False
    own_act: bool = False
    under_way: bool = False
    emergency: bool = False
    no_file: bool = False


def standing(known: Known) -> Standing:
    """Whether the officer's work explains the opening.

    What is in work at their desk is near: a colleague's case may be opened, but not dozens in an
    hour. Whatever the officer says as a reason explains nothing: a browser would say it too.
    """
    if known.listed or known.own_act or known.emergency or known.no_file:
        return Standing.EXPECTED
    return Standing.NEAR if known.under_way else Standing.STRANGE


@dataclass(frozen=True, slots=True)
class Limits:
    """From how many openings on there is an alarm; the country's pack may decide other figures.

    strange_in_all: within `window`. strange_an_hour, near_an_hour: within an hour.
    sitting: openings of one file that follow each other sooner are one.
    """

    strange_in_all: int = 5
    strange_an_hour: int = 3
    near_an_hour: int = 15
    window: timedelta = timedelta(days=30)
    sitting: timedelta = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Opened:
    """One opening of a file that the officer's list does not explain."""

    at: datetime
    strange: bool


@dataclass(frozen=True, slots=True)
class Unexplained:
    """Why there is an alarm: so many openings within this time."""

    openings: int
    within: timedelta


HOUR = timedelta(hours=1)


def browsing(openings: Sequence[Opened], limits: Limits) -> Unexplained | None:
    """Whether the newest opening makes these an alarm.

    openings: of one officer since their last alarm, without those that are expected; the newest
    last.
    """
    if not openings:
        return None
    newest = openings[-1].at
    for strange, within, most in (
        (True, HOUR, limits.strange_an_hour),
        (True, limits.window, limits.strange_in_all),
        (False, HOUR, limits.near_an_hour),
    ):
        counted = [
            each for each in openings if each.strange is strange and newest - each.at < within
        ]
        if len(counted) >= most:
            return Unexplained(len(counted), newest - counted[0].at)
    return None


class Office(StrEnum):
    """The class of an office that opened a file, as the person is told of it."""

    CASE_DESK = "case_desk"
    INTAKE = "intake"
    IDENTIFICATION = "identification"
    SHELTER = "shelter"
    POLICE = "police"
    OVERSIGHT = "oversight"
    OTHER = "other"


class Asker(StrEnum):
    """Who asks who opened a file."""

    PERSON = "person"
    GUARDIAN = "guardian"
    INFORMANT = "informant"
    SUSPECT = "suspect"
    STRANGER = "stranger"


DESKS = {
    "CASEWORK": Office.CASE_DESK,
    "INTAKE": Office.INTAKE,
    "INDEPENDENT": Office.INTAKE,
    "IDENTIFICATION": Office.IDENTIFICATION,
    "SHELTER": Office.SHELTER,
    "OVERSIGHT": Office.OVERSIGHT,
}
ENFORCE = frozenset({"LawEnforcement", "ImmigrationService"})


def office_of(*, desk_kind: str, agency_kind: str, prosecutes: bool) -> Office:
    """The class of an office. Whatever belongs to police or prosecution counts as theirs."""
    if prosecutes or desk_kind == "PROSECUTION" or agency_kind in ENFORCE:
        return Office.POLICE
    return DESKS.get(desk_kind, Office.OTHER)


_ALL_BUT_HELD = frozenset(Office) - {Office.POLICE}
# Who is shown what. A guardian is not told of a shelter: it may be they whom the child fled from.
# The informant has the receipt for what concerns their own report, and no right to the file.
MAY_SEE: dict[Asker, frozenset[Office]] = {
    Asker.PERSON: _ALL_BUT_HELD,
    Asker.GUARDIAN: _ALL_BUT_HELD - {Office.SHELTER},
    Asker.INFORMANT: frozenset(),
    Asker.SUSPECT: frozenset(),
    Asker.STRANGER: frozenset(),
}


def is_shown(asker: Asker, office: Office, *, released: bool, child: bool) -> bool:
    """Whether this asker is shown an opening by this class of office.

    released: by a judge's order, or by time; only police and prosecution are held back. child: the
    person counts as a child; nobody has a guardian's view of an adult.
    """
    if asker is Asker.GUARDIAN and not child:
        return False
    if office is Office.POLICE:
        return released and bool(MAY_SEE[asker])
    return office in MAY_SEE[asker]


def is_released(
    read_at: datetime, *, now: datetime, held: timedelta, ordered_before: datetime | None
) -> bool:
    """Whether an opening by police or prosecution is held back no longer."""
    ordered = ordered_before is not None and read_at < ordered_before
    return ordered or read_at <= now - held
