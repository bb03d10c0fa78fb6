"""An officer acts with what their roles allow, their desks, and trainings that are still valid."""

from datetime import timedelta

import pytest

from himaya.accounts.models import Certificate
from himaya.accounts.queries import actor_of
from himaya.accounts.roles import ROLES
from himaya.agencies.models import Desk
from himaya.kernel.access import Permission
from tests.factories import offices, seats
from tests.factories.moments import NOON

TODAY = NOON.date()


@pytest.mark.parametrize("permission", Permission)
def test_every_permission_is_held_by_a_role(permission):
    assert any(permission in role.permissions for role in ROLES.values())


def test_a_role_stands_under_its_own_code_and_has_a_title():
    assert all(code == role.code and str(role.title) for code, role in ROLES.items())


@pytest.mark.parametrize(
    "kept_apart",
    [
        {Permission.CASE_WORK, Permission.LEDGER_READ},
        {Permission.CASE_WORK, Permission.LAWSUIT_RECORD},
        {Permission.REPORT_READ, Permission.CASE_READ},
        {Permission.FIGURES_READ, Permission.CASE_READ},
        {Permission.MEETING_RECORD, Permission.CASE_READ},
    ],
)
def test_no_one_role_holds_what_must_stay_apart(kept_apart):
    """Who watches does no case work; who prosecutes leads no case; figures see no case."""
    assert [code for code, role in ROLES.items() if kept_apart <= role.permissions] == []


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_an_officer_may_exactly_what_the_role_says(role):
    officer = seats.officer(role, offices.desk(Desk.Kind.HOTLINE))  # where every role may sit

    actor = actor_of(officer, TODAY)

    assert actor.permissions == ROLES[role].permissions
    assert (actor.kind, actor.name, actor.roles) == ("officer", role, {role})


@pytest.mark.django_db
def test_an_officer_sits_at_their_own_desks_only():
    own, second, _other = (offices.desk(Desk.Kind.CASEWORK) for _ in range(3))
    officer = seats.officer("case_worker", own, second)

    actor = actor_of(officer, TODAY)

    assert actor.desk_ids == {own.pk, second.pk}
    assert (actor.officer_id, actor.agency_id) == (officer.pk, own.agency_id)


@pytest.fixture
def interviewer(db):
    """An officer whose role asks for a training, without one."""
    return seats.officer("identification_officer", offices.desk(), certified=False)


@pytest.mark.parametrize(
    ("topic", "days_left", "may"),
    [
        ("trauma_informed_interviewing", 1, True),
        ("trauma_informed_interviewing", 0, True),
        ("trauma_informed_interviewing", -1, False),
        ("first_aid", 1, False),
        (None, 0, False),
    ],
)
def test_a_role_that_asks_for_a_training_counts_while_it_is_valid(
    interviewer, topic, days_left, may
):
    if topic:
        until = TODAY + timedelta(days=days_left)
        Certificate.objects.create(officer=interviewer, topic=topic, valid_until=until)

    actor = actor_of(interviewer, TODAY)

    assert actor.may(Permission.PERSON_SCREEN) is may


def test_another_officers_training_does_not_count(interviewer):
    seats.officer("identification_officer", offices.desk())

    assert not actor_of(interviewer, TODAY).permissions


def test_two_roles_add_up(interviewer):
    interviewer.roles = ["case_worker", "identification_officer"]

    actor = actor_of(interviewer, TODAY)

    assert actor.permissions == ROLES["case_worker"].permissions
