"""Everybody a person's way needs: an officer of each role, at desks that have the pack's codes."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import transaction
from django.test import Client

from himaya.accounts.models import Officer
from himaya.agencies.models import Desk
from himaya.audit.record import record
from himaya.kernel.access import Actor
from himaya.vault.keyring import Keyring
from tests.factories import seats
from tests.factories.moments import NOON
from tests.factories.offices import TESTS, agency, desk
from tests.factories.roles import as_officer


@dataclass(frozen=True)
class Seat:
    """An officer at a desk, as themselves, as an actor, and with their keys open."""

    officer: Officer
    desk: Desk
    actor: Actor
    keyring: Keyring

    def browser(self, *, unlocked: bool = True) -> Client:
        """A browser in which this officer has signed in."""
        return seats.browser(self.officer, unlocked=unlocked)

    @contextmanager
    def works(self) -> Iterator[None]:
        """Everything inside is one request of this officer, with the rights of their site only."""
        with transaction.atomic(), as_officer(self.actor):
            yield


@dataclass(frozen=True)
class People:
    """Who takes part. Two case workers, because one alone ends no case."""

    intake: Seat
    identifier: Seat
    worker: Seat
    colleague: Seat
    shelter: Seat
    other_shelter: Seat
    prosecutor: Seat
    stranger: Seat
    overseer: Seat


def seat(role: str, at: Desk, **options: object) -> Seat:
    """One more officer at a desk."""
    officer = seats.officer(role, at, **options)  # type: ignore[arg-type]  # as seats.officer has it
    return Seat(officer, at, seats.actor_of_officer(officer), seats.keyring_of(officer))


def everybody() -> People:
    """An officer of each role, each at a desk of their own but for the two case workers."""
    place = {
        code: desk(kind, of=agency(code.split("_")[0]), code=code)
        for code, kind in {
            "pnc_intake": Desk.Kind.INTAKE,
            "pp_intake": Desk.Kind.INTAKE,
            "ndhr_independent": Desk.Kind.INDEPENDENT,
            "kshr_independent": Desk.Kind.INDEPENDENT,
            "pam_identification": Desk.Kind.IDENTIFICATION,
            "pam_casework": Desk.Kind.CASEWORK,
            "mosa_casework": Desk.Kind.CASEWORK,
            "pam_shelter_women": Desk.Kind.SHELTER,
            "pam_shelter_men": Desk.Kind.SHELTER,
            "pp_trafficking": Desk.Kind.PROSECUTION,
            "ndhr_oversight": Desk.Kind.OVERSIGHT,
        }.items()
    }
    record(act="tests.desks", actor=TESTS, at=NOON, rows=list(place.values()))
    return People(
        intake=seat("intake_officer", place["pnc_intake"]),
        identifier=seat("identification_officer", place["pam_identification"]),
        worker=seat("case_worker", place["pam_casework"]),
        colleague=seat("case_worker", place["pam_casework"]),
        shelter=seat("shelter_worker", place["pam_shelter_women"]),
        other_shelter=seat("shelter_worker", place["pam_shelter_men"]),
        prosecutor=seat("prosecutor", place["pp_trafficking"]),
        stranger=seat("case_worker", place["mosa_casework"]),
        overseer=seat("data_protection_officer", place["ndhr_oversight"]),
    )
