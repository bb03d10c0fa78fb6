"""An act of two: asked by one, allowed by another of another body, done once, in its time."""

from datetime import timedelta
from uuid import uuid4

import pytest

from himaya.accounts import two_person
from himaya.accounts.acts_of_two import ACTS_OF_TWO
from himaya.accounts.errors import (
    AskedAlready,
    AskerGone,
    NoSuchReason,
    NotApproved,
    NotWaiting,
    SameBody,
    SamePerson,
)
from himaya.accounts.models import Officer, TwoPersonAct
from himaya.accounts.rules import may_decide
from himaya.kernel.access import Actor
from himaya.kernel.errors import ClockWentBack, NotKnown, NotPermitted
from tests.factories.catalogue import ask
from tests.factories.ledger import acts
from tests.factories.moments import NOON
from tests.factories.two_person import approved, asked, bodies

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(hours=1)


@pytest.fixture
def two():
    return bodies()


def use(two, request, *, at=LATER):
    return two_person.use(actor=two.asker, act=request.act, subject_id=request.subject_id, at=at)


def test_the_database_knows_the_same_acts_of_two_as_the_code():
    known = {
        (act.code, act.ask.value, act.approve.value, act.other_body) for act in ACTS_OF_TWO.values()
    }

    assert set(ask("SELECT * FROM accounts_acts_of_two()")) == known


def test_an_allowed_act_is_done_once_and_leaves_its_trace(two):
    request = approved(two)

    used = use(two, request)

    assert (used.pk, used.used_at) == (request.pk, LATER)
    assert acts()[-3:] == ["two_person.asked", "two_person.approved", "two_person.used"]
    with pytest.raises(NotApproved):
        use(two, request)


def test_with_a_clock_that_was_put_back_nothing_is_decided(two):
    request = asked(two)

    with pytest.raises(ClockWentBack):
        two_person.approve(
            actor=two.other, request_id=request.pk, at=request.asked_at - timedelta(days=1)
        )

    assert TwoPersonAct.objects.get().decided_at is None


def test_what_nobody_allowed_is_not_done(two):
    with pytest.raises(NotApproved):
        use(two, asked(two))


def test_what_was_refused_is_not_done_and_may_be_asked_again(two):
    request = asked(two)

    two_person.refuse(actor=two.other, request_id=request.pk, at=LATER)

    with pytest.raises(NotApproved):
        use(two, request)
    assert asked(two, request.subject_id).pk != request.pk


def test_what_was_taken_back_is_not_decided(two):
    request = asked(two)

    two_person.withdraw(actor=two.asker, request_id=request.pk, at=LATER)

    with pytest.raises(NotWaiting):
        two_person.approve(actor=two.other, request_id=request.pk, at=LATER)


def test_an_approval_is_for_one_act_on_one_subject(two):
    request = approved(two)

    with pytest.raises(NotApproved):
        two_person.use(actor=two.asker, act=request.act, subject_id=uuid4(), at=LATER)
    with pytest.raises(NotApproved):
        two_person.use(
            actor=two.asker, act="officer.change", subject_id=request.subject_id, at=LATER
        )


def test_an_approval_ends_with_its_time(two):
    request, over = approved(two), NOON + two.kind.valid_for

    with pytest.raises(NotApproved):
        use(two, request, at=over)
    with pytest.raises(NotWaiting):
        two_person.approve(actor=two.other, request_id=asked(two).pk, at=over)


def test_the_same_is_not_asked_twice_while_it_waits(two):
    request = asked(two)

    with pytest.raises(AskedAlready):
        asked(two, request.subject_id)


def test_a_reason_is_one_of_the_acts_own(two):
    with pytest.raises(NoSuchReason):
        two_person.ask(
            actor=two.asker,
            act="officer.enrol",
            subject_id=uuid4(),
            reason=TwoPersonAct.Reason.DANGER,
            at=NOON,
        )


@pytest.mark.parametrize(
    ("who", "refusal"),
    [("asker", SamePerson), ("colleague", SameBody), ("other", None)],
)
def test_the_second_person_is_another_one_of_another_body(two, who, refusal):
    request = asked(two)
    actor = getattr(two, who)

    assert may_decide(actor, two.kind, request, LATER) is (refusal is None)
    if refusal:
        with pytest.raises(refusal):
            two_person.approve(actor=actor, request_id=request.pk, at=LATER)


def test_without_the_permission_nobody_asks_or_decides(two):
    stranger = Actor(kind="officer", name="case_worker", officer_id=two.other.officer_id)

    with pytest.raises(NotPermitted):
        two_person.ask(
            actor=stranger,
            act="officer.enrol",
            subject_id=uuid4(),
            reason=TwoPersonAct.Reason.NEW_COLLEAGUE,
            at=NOON,
        )
    with pytest.raises(NotPermitted):
        two_person.approve(actor=stranger, request_id=asked(two).pk, at=LATER)
    with pytest.raises(NotKnown):
        two_person.withdraw(actor=two.other, request_id=asked(two).pk, at=LATER)


def test_with_the_one_who_asked_their_request_goes(two):
    request = asked(two)
    allowed = approved(two)
    Officer.objects.filter(pk=two.asker.officer_id).update(is_active=False)

    with pytest.raises(AskerGone):
        two_person.approve(actor=two.other, request_id=request.pk, at=LATER)
    with pytest.raises(NotApproved):
        use(two, allowed)
    two_person.refuse(actor=two.other, request_id=request.pk, at=LATER)
