"""Everybody a person's way needs: an officer of each role, at desks that have the pack's codes."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain

from django.db import transaction
from django.test import Client

from himaya.accounts.models import Officer
from himaya.agencies.models import Desk
from himaya.audit.record import record
from himaya.kernel.access import Actor
from himaya.packs.loader import current
from himaya.packs.vocabulary import DeskKind
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


# Every desk that may receive a report, since its writer decides which does; of others the first.
NEEDED = {
    DeskKind.INTAKE: 9,
    DeskKind.INDEPENDENT: 9,
    DeskKind.IDENTIFICATION: 1,
    DeskKind.CASEWORK: 2,
    DeskKind.SHELTER: 2,
    DeskKind.PROSECUTION: 1,
    DeskKind.OVERSIGHT: 1,
}


def everybody() -> People:
    """An officer of each role, each at a desk of their own but for the two case workers.

    Their desks are the first of each kind in the pack in force.
    """
    place = {kind: _desks_of(kind, number) for kind, number in NEEDED.items()}
    record(act="tests.desks", actor=TESTS, at=NOON, rows=[*chain.from_iterable(place.values())])
    worker, stranger = place[DeskKind.CASEWORK]
    shelter, other_shelter = place[DeskKind.SHELTER]
    return People(
        intake=seat("intake_officer", place[DeskKind.INTAKE][0]),
        identifier=seat("identification_officer", place[DeskKind.IDENTIFICATION][0]),
        worker=seat("case_worker", worker),
        colleague=seat("case_worker", worker),
        shelter=seat("shelter_worker", shelter),
        other_shelter=seat("shelter_worker", other_shelter),
        prosecutor=seat("prosecutor", place[DeskKind.PROSECUTION][0]),
        stranger=seat("case_worker", stranger),
        overseer=seat("data_protection_officer", place[DeskKind.OVERSIGHT][0]),
    )


def _desks_of(kind: DeskKind, number: int) -> list[Desk]:
    specs = [spec for spec in current().desks if spec.kind is kind][:number]
    return [desk(Desk.Kind(kind), of=agency(spec.agency), code=spec.id) for spec in specs]
