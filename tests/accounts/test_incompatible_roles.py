"""Roles that one person never holds together, and desks at which they never sit."""

from contextlib import contextmanager
from itertools import combinations

import pytest
from django.db import DatabaseError, transaction

from himaya.accounts.errors import RolesClash
from himaya.accounts.incompatible import ADMINISTRATOR, INCOMPATIBLE, OPENS, check_roles
from himaya.accounts.models import Membership, Officer
from himaya.accounts.roles import ROLES
from tests.factories import offices, seats
from tests.factories.catalogue import ask
from tests.factories.threats import threat

pytestmark = pytest.mark.django_db
PAIRS = [frozenset(pair) for pair in combinations(ROLES, 2)]
FIREWALL = frozenset({"prosecutor", "case_worker"})


@contextmanager
def without_triggers():
    ask("ALTER TABLE accounts_officer DISABLE TRIGGER accounts_roles_fit")
    ask("ALTER TABLE accounts_membership DISABLE TRIGGER accounts_seat_fits")
    yield


def test_the_database_knows_the_same_pairs_as_the_code():
    assert {frozenset(pair) for pair in ask("SELECT * FROM accounts_incompatible()")} == set(
        INCOMPATIBLE
    )


def test_the_database_knows_which_roles_sit_nowhere():
    unseated = {code for code, role in ROLES.items() if not role.seated}

    assert set(ask("SELECT accounts_unseated()")[0][0]) == unseated


def test_every_role_of_the_table_exists_and_every_pair_says_why():
    assert set().union(*INCOMPATIBLE) <= set(ROLES)
    assert all(str(why).endswith(".") for why in INCOMPATIBLE.values())


def test_the_administrator_goes_with_nobody():
    assert all(
        frozenset({ADMINISTRATOR, other}) in INCOMPATIBLE for other in set(ROLES) - {ADMINISTRATOR}
    )


@pytest.mark.parametrize("watcher", ["personnel_officer", "data_protection_officer"])
@pytest.mark.parametrize("reader", OPENS)
def test_who_lets_in_or_watches_opens_nothing(watcher, reader):
    assert frozenset({watcher, reader}) in INCOMPATIBLE


def test_the_code_refuses_each_pair_and_no_other():
    assert FIREWALL in INCOMPATIBLE
    for pair in PAIRS:
        if pair in INCOMPATIBLE:
            with pytest.raises(RolesClash):
                check_roles(pair)
        else:
            check_roles(pair)


def stored(roles):
    """Whether the database takes an officer with these roles."""
    officer = Officer(username="x", agency=offices.agency(), roles=sorted(roles), password="!")
    try:
        with transaction.atomic():
            officer.save()
            transaction.set_rollback(True)
    except DatabaseError:
        return False
    return True


@threat("B2", off=without_triggers)
def test_the_database_refuses_each_pair_and_no_other():
    assert [pair for pair in PAIRS if stored(pair) is (pair in INCOMPATIBLE)] == []


@threat("B2", off=without_triggers)
def test_roles_do_not_come_together_one_by_one():
    worker = seats.officer("case_worker", offices.desk())

    with pytest.raises(DatabaseError), transaction.atomic():
        Officer.objects.filter(pk=worker.pk).update(roles=["case_worker", "prosecutor"])


@threat("B2", off=without_triggers)
def test_nobody_sits_at_desks_of_two_agencies():
    worker = seats.officer("case_worker", offices.desk())
    elsewhere = offices.desk(of=offices.agency("ministry"))

    with pytest.raises(DatabaseError), transaction.atomic():
        Membership.objects.create(officer=worker, desk=elsewhere)


@threat("B4", off=without_triggers)
@pytest.mark.parametrize("role", [code for code, role in ROLES.items() if not role.seated])
def test_whoever_lets_in_or_administers_sits_at_no_desk(role):
    desk = offices.desk()
    officer = seats.officer(role, desk)

    with pytest.raises(DatabaseError), transaction.atomic():
        Membership.objects.create(officer=officer, desk=desk)
