"""A desk asks for a case that another leads: without learning whether there is one."""

import pytest
from django.db import DatabaseError, transaction

from himaya.cases.models import Case
from himaya.kernel.errors import NotKnown
from himaya.referrals.errors import AskedAlready, CannotLead, OutcomeMissing, RequestAnswered
from himaya.referrals.models import CaseRequest, Referral
from himaya.referrals.operations import asking
from himaya.referrals.queries import requests_by, requests_to
from tests.factories import handing, journey
from tests.factories.moments import NOON
from tests.factories.roles import as_officer

pytestmark = pytest.mark.slow  # a long series


def grant(people, asked, consent):
    """The desk that leads the case prepares the transfer."""
    with people.worker.works():
        return asking.grant(
            actor=people.worker.actor,
            request_id=asked.pk,
            consent_id=consent.pk,
            priority=Referral.Priority.NORMAL,
            informed=True,
            sender_stays=False,
            words="Please take over.",
            at=NOON,
        )


def refuse(person, asked, reason="unsafe"):
    """This officer says no."""
    with person.works():
        return asking.refuse(actor=person.actor, request_id=asked.pk, reason=reason, at=NOON)


def test_asking_tells_nobody_whether_there_is_such_a_case(people, case):
    there = handing.asked(people.stranger, case.pseudonym)
    nowhere = handing.asked(people.stranger, "XX-0000")

    with people.stranger.works():
        mine = {each.pk for each in requests_by(people.stranger.actor)}
        assert mine == {there.pk, nowhere.pk}
        assert not Case.objects.exists()
    assert (there.state, nowhere.state) == ("asked", "asked")
    with people.worker.works():
        assert [each.pk for each in requests_to(people.worker.actor)] == [there.pk]
        assert set(CaseRequest.objects.values_list("pk", flat=True)) == {there.pk}
    with people.shelter.works():
        assert not CaseRequest.objects.exists()


def test_the_leading_desk_grants_it_and_the_case_moves_on_acceptance(people, case):
    asked = handing.asked(people.stranger, case.pseudonym)
    done = grant(people, asked, handing.agreed(people, case))

    transfer = Referral.objects.get(pk=done.referral_id)
    assert (done.state, transfer.kind, transfer.state) == ("granted", "transfer", "draft")
    assert transfer.receiver == people.stranger.desk
    handing.taken(people.stranger, journey.sent(people, transfer))
    assert Case.objects.get(pk=case.pk).desk == people.stranger.desk


def test_a_consent_for_another_desk_grants_nothing(people, case):
    asked = handing.asked(people.stranger, case.pseudonym)
    journey.noted(people, case, journey.Compartment.Kind.NEEDS, "words")
    other = journey.consented(people, case, kinds=["needs"])

    with pytest.raises(CannotLead):
        grant(people, asked, other)
    assert CaseRequest.objects.get(pk=asked.pk).state == "asked"


def test_a_no_has_its_reason_and_comes_once(people, case):
    asked = handing.asked(people.stranger, case.pseudonym)
    with pytest.raises(OutcomeMissing):
        refuse(people.worker, asked, "because")

    assert refuse(people.worker, asked).refusal == "unsafe"
    with pytest.raises(RequestAnswered):
        refuse(people.colleague, asked)
    handing.asked(people.stranger, case.pseudonym)


def test_nobody_else_answers_and_nobody_asks_twice(people, case):
    asked = handing.asked(people.stranger, case.pseudonym)

    with pytest.raises(NotKnown):
        refuse(people.stranger, asked)
    with pytest.raises(AskedAlready):
        handing.asked(people.stranger, case.pseudonym)


def test_by_sql_nobody_grants_their_own_request(people, case):
    asked = handing.asked(people.stranger, case.pseudonym)
    mine = CaseRequest.objects.filter(pk=asked.pk)

    for actor in (people.stranger.actor, people.shelter.actor):
        with transaction.atomic(), as_officer(actor):
            try:
                with transaction.atomic():
                    touched = mine.update(state="refused", refusal="unsafe")
            except DatabaseError:
                touched = 0
        assert touched == 0
