"""Two answers at once, and a withdrawal that meets a sending."""

from contextlib import contextmanager
from unittest import mock

import pytest
from django.db import OperationalError, connection, transaction

from himaya.agencies.models import Desk
from himaya.audit.models import Pending
from himaya.cases.models import Case
from himaya.cases.operations.locked import locked
from himaya.consent.errors import NotValid
from himaya.consent.models import Consent
from himaya.kernel.access import job
from himaya.referrals.errors import MoveNotOpen
from himaya.referrals.models import Referral
from himaya.referrals.operations import answering, sending, trace
from himaya.referrals.operations.escalating import escalate_silent
from himaya.vault.models import Compartment, Escalation, Grant
from tests.factories import handing, journey
from tests.factories.handing import TRANSFER
from tests.factories.moments import NOON
from tests.factories.offices import agency, desk
from tests.factories.people import everybody, seat
from tests.factories.races import at_once, meanwhile
from tests.factories.threats import threat

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race, pytest.mark.slow]


def with_draft():
    """Everybody, and a draft for the shelter."""
    people = everybody()
    case = journey.opened(people)
    journey.noted(people, case, Compartment.Kind.NEEDS, "words")
    consent = journey.consented(people, case, kinds=["needs"])
    return people, journey.drafted(people, case, consent)


def test_of_two_answers_given_at_once_one_counts():
    people, referral = with_draft()
    journey.sent(people, referral)
    journey.acknowledged(people.shelter, referral)

    def say_no():
        with people.shelter.works():
            return answering.decline(
                actor=people.shelter.actor,
                referral_id=referral.pk,
                reason="no_place",
                words="",
                at=NOON,
            )

    ends = at_once(lambda: journey.accepted(people.shelter, referral), say_no)

    won = [end for end in ends if isinstance(end, Referral)]
    assert [type(end) for end in ends if end not in won] == [MoveNotOpen], ends
    referral.refresh_from_db()
    assert referral.state == won[0].state
    answers = Pending.objects.filter(act__in=["referral.accepted", "referral.declined"])
    assert answers.count() == 1


def test_two_presses_on_send_share_once():
    people, referral = with_draft()
    mark = journey.previewed(people, referral).mark

    def send():
        with people.worker.works():
            return sending.send(
                actor=people.worker.actor,
                keyring=people.worker.keyring,
                referral_id=referral.pk,
                mark=mark,
                at=NOON,
            )

    ends = at_once(send, send)

    assert sorted(type(end).__name__ for end in ends) == ["MoveNotOpen", "Referral"], ends
    assert Grant.objects.filter(desk=people.shelter.desk).count() == 2


def test_a_withdrawal_that_meets_a_sending_leaves_no_live_share():
    people, referral = with_draft()
    mark = journey.previewed(people, referral).mark

    def send():
        with people.worker.works():
            return sending.send(
                actor=people.worker.actor,
                keyring=people.worker.keyring,
                referral_id=referral.pk,
                mark=mark,
                at=NOON,
            )

    ends = at_once(send, lambda: journey.withdrawn(people, referral.consent))

    assert isinstance(ends[1], Consent), ends
    assert isinstance(ends[0], Referral | NotValid), ends
    on_the_file = Grant.objects.filter(desk=people.shelter.desk, basis_id=referral.consent_id)
    assert not on_the_file.exists()


@pytest.mark.parametrize("officers", [2, 5, 20])
def test_of_many_who_take_a_case_over_at_once_one_does(officers):
    """D8: two decisions, one case; here with every officer of the desk that was asked."""
    people = everybody()
    case = journey.opened(people)
    transfer = handing.offered(people, case)
    journey.acknowledged(people.stranger, transfer)
    seats = [
        people.stranger,
        *(seat("case_worker", people.stranger.desk) for _ in range(1, officers)),
    ]

    ends = at_once(*(lambda by=by: journey.accepted(by, transfer, ()) for by in seats))

    won = [end for end in ends if isinstance(end, Referral)]
    assert len(won) == 1, ends
    assert {type(end) for end in ends} <= {Referral, MoveNotOpen}
    assert Case.objects.get(pk=case.pk).desk == people.stranger.desk
    assert Pending.objects.filter(act="case.moved").count() == 1


@contextmanager
def several_offers_a_case():
    """The database lets a case be offered to several desks at once, and the rule does not ask."""
    index = next(
        each
        for each in Referral._meta.constraints
        if each.name == "referrals_one_live_transfer_a_case"
    )
    with connection.schema_editor() as editor:
        editor.remove_constraint(Referral, index)
    with mock.patch.object(sending, "check_nobody_else_asked"):
        try:
            yield
        finally:
            Referral.objects.filter(kind="transfer").update(kind="service")
            with connection.schema_editor() as editor:
                editor.add_constraint(Referral, index)


@threat("D8", off=several_offers_a_case)
def test_a_case_offered_to_two_desks_at_once_is_offered_to_one():
    people = everybody()
    case = journey.opened(people)
    desks = [people.stranger.desk, desk(Desk.Kind.CASEWORK, of=agency("moh"))]
    journey.noted(people, case, Compartment.Kind.NEEDS, "words")
    drafts = [
        journey.drafted(
            people, case, journey.consented(people, case, to=each, kinds=["needs"]), **TRANSFER
        )
        for each in desks
    ]

    at_once(*(lambda one=one: journey.sent(people, one) for one in drafts))

    live = Referral.objects.filter(case=case, kind="transfer", state="sent")
    assert live.count() == 1


def test_an_acceptance_that_meets_a_withdrawal_moves_the_case_or_does_not():
    people = everybody()
    case = journey.opened(people)
    transfer = handing.offered(people, case)
    journey.acknowledged(people.stranger, transfer)

    def take_back():
        with people.worker.works():
            return sending.withdraw(actor=people.worker.actor, referral_id=transfer.pk, at=NOON)

    ends = at_once(lambda: journey.accepted(people.stranger, transfer, ()), take_back)

    assert sorted(type(end).__name__ for end in ends) in (
        ["MoveNotOpen", "Referral"],
        ["NotKnown", "Referral"],
    )
    transfer.refresh_from_db()
    moved = Case.objects.get(pk=case.pk).desk == people.stranger.desk
    assert moved is (transfer.state == "completed")
    awake = Grant.objects.filter(desk=people.stranger.desk, dormant=False)
    assert awake.exists() is moved


def test_two_workers_wake_a_silent_referral_once():
    people, referral = with_draft()
    sent = journey.sent(people, referral)

    def round_of_a_worker():
        with transaction.atomic():
            return escalate_silent(actor=job("clocks"), at=sent.due_at)

    assert sum(at_once(round_of_a_worker, round_of_a_worker)) == 1
    assert Escalation.objects.count() == 1
    assert Pending.objects.filter(act="referral.escalated").count() == 1


def answers_at_once(people, referral):
    """Whether the receiving desk can answer without waiting for anybody."""
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL lock_timeout = '300ms'")
            journey.acknowledged(people.shelter, referral)
            transaction.set_rollback(True)
    except OperationalError:
        return False
    return True


def test_who_answers_a_referral_waits_for_whoever_acts_on_the_case():
    """Else each holds a row that the other waits for, and the database breaks one of them off."""
    people, referral = with_draft()
    journey.sent(people, referral)

    with meanwhile(lambda: locked(people.worker.actor, referral.case_id)):
        waits = not answers_at_once(people, referral)
        with mock.patch.object(trace, "take_turns"):
            without_turns = answers_at_once(people, referral)

    assert waits
    assert without_turns
    assert answers_at_once(people, referral)


def test_a_worker_leaves_a_case_on_which_somebody_acts_for_its_next_round():
    people, referral = with_draft()
    sent = journey.sent(people, referral)

    with meanwhile(lambda: locked(people.worker.actor, referral.case_id)):
        assert escalate_silent(actor=job("clocks"), at=sent.due_at) == 0

    assert escalate_silent(actor=job("clocks"), at=sent.due_at) == 1
