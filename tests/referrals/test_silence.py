"""A desk that was asked stays silent: another is woken, once, and sees no more than it needs."""

from datetime import timedelta

import pytest

from himaya.agencies.models import Desk
from himaya.kernel.access import job
from himaya.kernel.errors import NotKnown
from himaya.referrals.errors import MoveNotOpen, NotTheSecond
from himaya.referrals.models import Referral, SentFact
from himaya.referrals.operations import instead, showing
from himaya.referrals.operations.escalating import escalate_silent
from himaya.vault.models import Compartment, Escalation, Grant
from tests.factories import journey, seats
from tests.factories.moments import NOON
from tests.factories.people import Seat
from tests.factories.roles import as_role

pytestmark = pytest.mark.slow  # a long series
LIMITS = {
    "emergency": timedelta(hours=24),
    "urgent": timedelta(hours=72),
    "normal": timedelta(days=14),
}
CLOCKS = job("clocks")


@pytest.fixture
def second(people):
    """An officer of the desk that the pack wakes first: the human rights body's."""
    desk = Desk.objects.get(code="ndhr_independent")
    officer = seats.officer("intake_officer", desk)
    return Seat(officer, desk, seats.actor_of_officer(officer), seats.keyring_of(officer))


def asked(people, case, priority="urgent"):
    """A referral that the shelter was sent."""
    journey.noted(people, case, Compartment.Kind.NEEDS, "CANARY-NEEDS")
    consent = journey.consented(people, case, kinds=["needs"])
    draft = journey.drafted(
        people, case, consent, priority=Referral.Priority(priority), words="CANARY-ASKED"
    )
    return journey.sent(people, draft)


def round_at(at):
    """One round of the worker, with the rights that it has."""
    with as_role("worker"):
        return escalate_silent(actor=CLOCKS, at=at)


def release(seat, referral, alternative=None):
    """The woken desk gives it back to the one that asked."""
    with seat.works():
        return instead.release(
            actor=seat.actor,
            referral_id=referral.pk,
            words="Ask the other house.",
            alternative=alternative,
            at=NOON,
        )


def read_by(seat, referral):
    """What this officer opens of it."""
    with seat.works():
        return showing.read(
            actor=seat.actor,
            keyring=seat.keyring,
            referral_id=referral.pk,
            reason="own_work",
            at=NOON,
        )


@pytest.mark.parametrize("priority", LIMITS)
@pytest.mark.parametrize("seen", [True, False])
def test_each_priority_has_its_own_time(people, case, priority, seen):
    referral = asked(people, case, priority)
    if seen:
        journey.acknowledged(people.shelter, referral)
    limit = referral.due_at
    day_ends = timedelta(days=1) if priority == "normal" else timedelta(0)
    assert timedelta(0) <= limit - NOON - LIMITS[priority] <= day_ends

    assert round_at(limit - timedelta(seconds=1)) == 0
    assert round_at(limit) == 1
    assert round_at(limit + timedelta(days=40)) == 0, "once"

    referral.refresh_from_db()
    assert (referral.escalated_at, referral.news) == (limit, "escalated")


def test_before_it_is_woken_the_second_desk_knows_of_nothing(people, case, second):
    referral = asked(people, case)

    asleep = Grant.objects.filter(desk=second.desk, dormant=True)
    assert list(asleep.values_list("compartment__kind", flat=True)) == ["referral"]
    with second.works():
        assert not Referral.objects.exists()
        assert not Grant.objects.exists()
        assert not Compartment.objects.exists()
    with pytest.raises(NotKnown):
        read_by(second, referral)


def test_the_woken_desk_reads_what_was_asked_and_no_part_of_the_file(people, case, second):
    referral = asked(people, case)
    round_at(referral.due_at)

    shown = read_by(second, referral)

    assert (shown.message, shown.parts, shown.facts) == (["CANARY-ASKED"], [], {})
    with second.works():
        assert Referral.objects.get().pk == referral.pk
        assert not SentFact.objects.exists()
        assert set(Compartment.objects.values_list("kind", flat=True)) == {"referral"}


def test_the_woken_desk_gives_it_back_and_says_whom_to_ask(people, case, second):
    referral = asked(people, case)
    with pytest.raises(NotKnown):
        release(second, referral)
    round_at(referral.due_at)

    done = release(second, referral, people.other_shelter.desk)

    assert (done.state, done.decline_reason, done.news) == ("declined", "silent", "declined")
    assert done.alternative == people.other_shelter.desk
    with pytest.raises(MoveNotOpen):
        journey.acknowledged(people.shelter, referral)
    assert not Grant.objects.filter(desk__in=[second.desk, people.shelter.desk]).exists()
    back = read_by(people.worker, referral).message
    assert sorted(back) == ["Ask the other house.", "CANARY-ASKED"]


def test_the_first_desk_may_still_answer(people, case, second):
    referral = asked(people, case)
    round_at(referral.due_at)
    journey.acknowledged(people.shelter, referral)
    journey.accepted(people.shelter, referral)

    with pytest.raises(MoveNotOpen):
        release(second, referral)
    with pytest.raises(MoveNotOpen):
        read_by(second, referral)


def test_nobody_but_the_woken_desk_answers_for_another(people, case):
    referral = asked(people, case)
    round_at(referral.due_at)

    with pytest.raises(NotTheSecond):
        release(people.worker, referral)
    with pytest.raises(NotKnown):
        release(people.stranger, referral)


def test_what_was_answered_wakes_nobody(people, case):
    referral = asked(people, case)
    journey.acknowledged(people.shelter, referral)
    journey.accepted(people.shelter, referral)

    assert round_at(NOON + timedelta(days=60)) == 0
    assert not Escalation.objects.exists()


def test_no_desk_of_an_agency_that_the_report_names_is_woken(people, case):
    case.kept_from = ["ndhr", "mosa"]
    case.save(update_fields=["kept_from"])

    assert asked(people, case).second.code == "kshr_independent"
