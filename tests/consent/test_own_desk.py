"""The desk that leads a case is never the one that a person lets know about it."""

import pytest
from django.db import IntegrityError, transaction

from himaya.consent.errors import OwnDesk
from himaya.consent.forms.question import QuestionForm
from himaya.consent.models import Consent
from himaya.consent.rules import check_may_be_asked_for
from tests.consent.test_overriding import asked as asked_by_law
from tests.factories import cases, handing, journey
from tests.factories.refusals import refusal_of

pytestmark = pytest.mark.slow


def test_it_is_not_offered(people, case):
    offered = set(QuestionForm(case=case).fields["recipient"].queryset)

    assert people.worker.desk not in offered
    assert {people.shelter.desk, people.stranger.desk} <= offered


def test_it_is_not_accepted_of_the_person_nor_by_law(people, case):
    with pytest.raises(OwnDesk):
        journey.consented(people, case, to=people.worker.desk)
    with pytest.raises(OwnDesk):
        asked_by_law(people, case, to=people.worker.desk)
    assert not Consent.objects.exists()


def test_the_database_refuses_it_too(people, case):
    with people.worker.works(), pytest.raises(IntegrityError), transaction.atomic():
        cases.consent(case, people.worker.desk)
    with people.worker.works():
        assert cases.consent(case, people.shelter.desk)


def test_after_a_transfer_it_is_the_other_desk(people, case):
    handing.taken(people.stranger, handing.offered(people, case))
    case.refresh_from_db()

    assert refusal_of(check_may_be_asked_for, case, people.stranger.desk) is OwnDesk
    assert refusal_of(check_may_be_asked_for, case, people.worker.desk) is None
