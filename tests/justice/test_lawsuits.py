"""A lawsuit rests on an accepted referral; only that it is open crosses to the case."""

import pytest

from himaya.audit.models import Pending
from himaya.cases.models import TrackState
from himaya.justice.errors import AlreadyOpened, NoOffence, NotAccepted
from himaya.justice.models import Lawsuit
from himaya.justice.operations import open_lawsuit
from himaya.justice.rules import check_may_open
from himaya.kernel.access import Permission
from himaya.kernel.errors import NotKnown, NotPermitted
from himaya.referrals.errors import AlreadyAsked, NotTheReceiver
from himaya.referrals.models import Referral
from himaya.vault.models import Compartment, Grant, Sealed
from tests.factories import journey
from tests.factories.moments import NOON
from tests.factories.refusals import refusal_of


@pytest.fixture
def referred(people, case) -> Referral:
    """A referral by the legal duty that the prosecution has seen."""
    referral = journey.sent(people, journey.drafted(people, case))
    return journey.acknowledged(people.prosecutor, referral)


@pytest.fixture
def taken_up(people, referred) -> Referral:
    """The prosecution has taken it up."""
    return journey.accepted(people.prosecutor, referred, ())


def sue(person, referral, offences=("trafficking",)):
    """This officer records a lawsuit."""
    with person.works():
        return open_lawsuit(
            actor=person.actor,
            referral_id=referral.pk,
            offences=offences,
            words="CANARY-FILE",
            at=NOON,
        )


def justice_stands(referral):
    """The state of the pathway's justice track."""
    return TrackState.objects.get(case_id=referral.case_id, track="justice").state


def test_the_case_worker_sees_that_a_lawsuit_is_open_and_nothing_of_the_file(people, taken_up):
    assert justice_stands(taken_up) == "investigation"
    lawsuit = sue(people.prosecutor, taken_up)

    with people.worker.works():
        assert justice_stands(taken_up) == "lawsuit"
        assert not Lawsuit.objects.exists()
        assert not Compartment.objects.filter(kind=Compartment.Kind.FILE).exists()
    assert not Lawsuit.objects.visible_to(people.worker.actor).exists()
    file = Compartment.objects.get(subject_id=lawsuit.pk)
    assert [grant.desk for grant in Grant.objects.filter(compartment=file)] == [
        people.prosecutor.desk
    ]
    assert b"CANARY" not in bytes(Sealed.objects.get(compartment=file).content)


def test_the_trace_on_the_case_says_nothing_of_the_offences(people, taken_up):
    sue(people.prosecutor, taken_up, ["trafficking", "concealing"])

    on_the_case = Pending.objects.get(act="case.lawsuit_opened")
    assert (on_the_case.subject_id, on_the_case.facts) == (taken_up.case_id, "{}")
    assert Pending.objects.get(act="lawsuit.opened").subject_id == Lawsuit.objects.get().pk


def test_one_lawsuit_a_referral(people, taken_up):
    sue(people.prosecutor, taken_up)

    with pytest.raises(AlreadyOpened):
        sue(people.prosecutor, taken_up)
    assert Lawsuit.objects.count() == 1


def test_a_lawsuit_names_an_article(people, taken_up):
    with pytest.raises(NoOffence):
        sue(people.prosecutor, taken_up, [])
    assert justice_stands(taken_up) == "investigation"


def test_before_it_accepts_the_prosecution_opens_no_lawsuit(people, referred):
    with pytest.raises(NotAccepted):
        sue(people.prosecutor, referred)
    assert not Lawsuit.objects.exists()


@pytest.mark.parametrize(
    ("who", "refusal"),
    [("worker", NotPermitted), ("shelter", NotKnown), ("stranger", NotKnown)],
)
def test_nobody_else_opens_a_lawsuit(people, taken_up, who, refusal):
    with pytest.raises(refusal):
        sue(getattr(people, who), taken_up)


def test_the_rule_asks_for_the_receiving_desk(people, taken_up):
    def asked(actor):
        return refusal_of(check_may_open, actor, taken_up, opened=False, offences=["trafficking"])

    assert asked(people.prosecutor.actor) is None
    assert asked(people.stranger.actor) is NotPermitted
    elsewhere = type(people.prosecutor.actor)(
        kind="officer",
        name="prosecutor",
        desk_ids=frozenset({people.stranger.desk.pk}),
        permissions=frozenset({Permission.LAWSUIT_RECORD}),
    )
    assert asked(elsewhere) is NotTheReceiver


def test_a_case_that_the_prosecution_has_is_reported_once(people, taken_up):
    second = journey.drafted(people, taken_up.case)

    with pytest.raises(AlreadyAsked):
        journey.sent(people, second)
