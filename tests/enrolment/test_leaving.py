"""Suspended, or gone: locked out within one request. Back again takes two bodies."""

from unittest import mock

import pytest
from django.db import transaction

from himaya.accounts.errors import NotApproved
from himaya.accounts.models import Membership, Officer, Session, TwoPersonAct
from himaya.accounts.pages import transaction_time
from himaya.enrolment.errors import NotWorking, NotYourself, WorksAlready
from himaya.enrolment.operations import carrying_out, certifying, proposing, suspending
from himaya.enrolment.operations.proposing import Post
from himaya.enrolment.operations.suspending import Why, suspend
from himaya.kernel.errors import NotKnown, NotPermitted
from himaya.vault.errors import NoKey
from himaya.vault.keyring import open_member_key
from himaya.vault.leaving import Away
from himaya.vault.models import MemberWrap, Unlock
from tests.factories import offices, people, personnel, seats
from tests.factories.moments import NOON
from tests.factories.threats import threat

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
REASON = TwoPersonAct.Reason.CLEARED


@pytest.fixture
def by():
    return personnel.bodies()


def suspended(by, who=None, *, why=Why.OTHER_HANDS):
    """The worker, locked out by the personnel officer of their agency."""
    with by.personnel.works():
        return suspend(
            actor=by.personnel.actor, officer_id=(who or by.worker).officer.pk, why=why, at=NOON
        )


def half_hearted():
    """A suspension that is written down and locks nobody out."""
    return mock.patch.multiple(
        suspending, end_all=lambda _officer: 0, owners=mock.Mock(), take_keys_away=no_keys
    )


def no_keys(**_what):
    return Away([], [])


@threat("B3", off=half_hearted)
def test_the_next_request_of_a_suspended_officer_signs_them_out(by):
    browser = by.worker.browser()
    assert browser.get("/cases/").status_code == 200

    suspended(by)

    answer = browser.get("/cases/")
    assert answer.headers.get("Location") == "/login?next=/cases/"
    assert browser.post("/unlock", {"passphrase": "x"}).status_code == 401


@threat("B3", off=half_hearted)
def test_sessions_open_keys_and_keys_of_desks_go_with_the_suspension(by):
    by.worker.browser()
    other_phone = by.worker.browser()

    suspended(by)

    officer = by.worker.officer
    assert not Session.objects.filter(officer=officer).exists()
    assert not Unlock.objects.filter(officer=officer).exists()
    assert not MemberWrap.objects.filter(officer=officer).exists()
    assert Membership.objects.filter(officer=officer).exists()
    assert other_phone.get("/").status_code == 302


def test_a_suspended_officer_signs_in_no_more(by):
    by.worker.officer.set_password(seats.PASSPHRASE)
    by.worker.officer.save()
    suspended(by)

    browser = seats.Client()
    name = by.worker.officer.username
    answer = browser.post("/login", {"login": name, "password": seats.PASSPHRASE})

    assert answer.status_code == 200
    assert "form" in answer.context


def test_who_leaves_for_good_sits_nowhere(by):
    suspended(by, why=Why.LEFT)

    assert not Membership.objects.filter(officer=by.worker.officer).exists()


def test_nobody_locks_out_officers_of_another_agency_or_themselves(by):
    with pytest.raises(NotKnown):
        suspended(by, by.other)
    with pytest.raises(NotYourself):
        suspended(by, by.personnel)
    with by.worker.works(), pytest.raises(NotPermitted):
        suspend(actor=by.worker.actor, officer_id=by.second.officer.pk, why=Why.AWAY, at=NOON)


def reinstating(by, who=None):
    with by.personnel.works():
        return proposing.reinstate(
            actor=by.personnel.actor,
            officer_id=(who or by.worker).officer.pk,
            post=Post(roles=["case_worker"], desks=[by.desk.code]),
            reason=REASON,
            at=NOON,
        )


def test_back_again_takes_two_bodies_and_everything_is_new(by):
    suspended(by)
    request = reinstating(by)
    with pytest.raises(NotApproved):
        personnel.done(by, request)
    personnel.allow(by, request)

    paper = personnel.done(by, request)
    assert not Officer.objects.get(pk=by.worker.officer.pk).is_active
    personnel.comes_in(paper.token)

    officer = Officer.objects.get(pk=by.worker.officer.pk)
    assert officer.is_active
    assert open_member_key(officer.pk, personnel.PASSPHRASE)
    assert not MemberWrap.objects.filter(officer=officer).exists()  # a colleague admits them


def test_before_they_come_in_again_the_old_key_is_gone(by):
    suspended(by)
    request = reinstating(by)
    personnel.allow(by, request)
    personnel.done(by, request)

    with pytest.raises(NoKey):
        open_member_key(by.worker.officer.pk, seats.PASSPHRASE)


def test_who_works_is_not_reinstated_and_who_does_not_is_not_changed(by):
    with pytest.raises(WorksAlready):
        reinstating(by)
    suspended(by)
    with pytest.raises(NotWorking):
        moving(by, [by.desk.code])


def moving(by, desks, roles=("case_worker",)):
    with by.personnel.works():
        return proposing.change(
            actor=by.personnel.actor,
            officer_id=by.worker.officer.pk,
            post=Post(roles=roles, desks=desks),
            reason=TwoPersonAct.Reason.NEW_DUTIES,
            at=NOON,
        )


def test_moving_to_another_desk_takes_two_and_the_old_desks_keys_go(by):
    next_desk = offices.desk()
    request = moving(by, [next_desk.code])
    assert personnel.actor_of(by.worker.officer).desk_ids == {by.desk.pk}
    personnel.allow(by, request)

    changed = personnel.done(by, request)

    assert changed.token == ""
    assert personnel.actor_of(by.worker.officer).desk_ids == {next_desk.pk}
    assert not MemberWrap.objects.filter(officer=by.worker.officer).exists()


def test_another_role_counts_from_the_next_request_on(by):
    browser = by.worker.browser()
    request = moving(by, [by.desk.code], ["intake_officer"])
    personnel.allow(by, request)
    assert browser.get("/cases/").status_code == 200

    personnel.done(by, request)

    browser = by.worker.browser()
    assert browser.get("/cases/").status_code == 403
    assert browser.get("/reports/").status_code == 200


def test_a_training_counts_from_the_next_request_on_and_ends_on_its_day(by):
    identifier = people.seat("identification_officer", by.desk, certified=False)
    browser = identifier.browser()
    assert browser.get("/screenings/").status_code == 403

    today = browser_date()
    certify(by, identifier, today)
    assert browser.get("/screenings/").status_code == 200

    seats.Certificate.objects.filter(officer=identifier.officer).update(
        valid_until=today.replace(year=today.year - 1)
    )
    assert browser.get("/screenings/").status_code == 403


def browser_date():
    """The day on which pages look at certificates."""
    with transaction.atomic():
        return transaction_time().date()


def certify(by, seat, until):
    with by.personnel.works():
        return certifying.certify(
            actor=by.personnel.actor,
            officer_id=seat.officer.pk,
            topic="trauma_informed_interviewing",
            valid_until=until,
            at=NOON,
        )


def test_trainings_are_recorded_for_officers_of_the_own_agency_only(by):
    with pytest.raises(NotKnown):
        certify(by, by.other, NOON.date())
    with by.worker.works(), pytest.raises(NotPermitted):
        certifying.certify(
            actor=by.worker.actor,
            officer_id=by.worker.officer.pk,
            topic="x",
            valid_until=NOON.date(),
            at=NOON,
        )


def test_with_its_agency_every_page_of_an_officer_closes(by):
    browser = by.worker.browser()
    by.desk.agency.ended_on = browser_date()
    by.desk.agency.save()

    for page in ("/", "/cases/", "/unlock"):
        answer = browser.get(page)
        assert answer.status_code == 403
        assert "no longer takes part" in answer.content.decode()


def test_another_personnel_officer_carries_out_what_a_colleague_asked(by):
    request = personnel.proposed(by)
    personnel.allow(by, request)
    with by.second.works():
        assert carrying_out.carry_out(
            actor=by.second.actor, proposal_id=request.subject_id, at=NOON
        ).token
