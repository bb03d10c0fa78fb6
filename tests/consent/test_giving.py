"""A consent is recorded for one desk, one purpose, some parts, a time."""

import pytest
from django.db import IntegrityError, transaction

from himaya.cases.errors import AgencyInvolved, CaseIsClosed
from himaya.cases.models import Case, TrackState
from himaya.consent.answers import Question
from himaya.consent.errors import NeverShared
from himaya.consent.models import Consent
from himaya.consent.operations.answering import give
from himaya.kernel.errors import NotKnown, NotPermitted
from tests.factories import cases, journey
from tests.factories.moments import NOON


def where_consent_stands(case):
    """The state of the pathway's consent track."""
    return TrackState.objects.get(case=case, track="consent").state


def test_a_consent_names_desk_purpose_parts_and_end(people, case):
    assert where_consent_stands(case) == "not_asked"

    consent = journey.consented(people, case, kinds=["identity", "health"])

    assert (consent.recipient, consent.kinds) == (people.shelter.desk, ["identity", "health"])
    assert where_consent_stands(case) == "granted"
    second = journey.consented(people, case, to=people.prosecutor.desk, kinds=["identity"])
    assert {consent.pk, second.pk} == set(Consent.objects.values_list("pk", flat=True))


@pytest.mark.parametrize(
    "kinds", [["narrative"], ["needs", "counselling"], ["informant"], ["file"]]
)
def test_what_the_pack_keeps_back_is_refused_whatever_the_person_agreed(people, case, kinds):
    with pytest.raises(NeverShared):
        journey.consented(people, case, kinds=kinds)

    assert not Consent.objects.exists()
    assert where_consent_stands(case) == "not_asked"


def test_no_consent_sends_anything_to_the_agency_that_the_report_names(people, case):
    Case.objects.filter(pk=case.pk).update(kept_from=["pam"])

    with pytest.raises(AgencyInvolved):
        journey.consented(people, case)
    assert journey.consented(people, case, to=people.prosecutor.desk, kinds=["identity"])


@pytest.mark.parametrize(
    ("who", "refusal"),
    [
        ("identifier", NotPermitted),
        ("stranger", NotKnown),
        ("shelter", NotPermitted),
        ("intake", NotPermitted),
    ],
)
def test_only_the_leading_desk_records_a_consent(people, case, who, refusal):
    other, answer = getattr(people, who), journey.yes(case)

    with other.works(), pytest.raises(refusal):
        give(
            actor=other.actor,
            case_id=case.pk,
            question=Question(
                people.shelter.desk, Consent.Purpose.SHELTER, ["needs"], "en", journey.LONG
            ),
            answer=answer,
            at=NOON,
        )


def test_a_closed_case_takes_no_consent(people, case):
    Case.objects.filter(pk=case.pk).update(state="closed", outcome="withdrew", closed_at=NOON)

    with pytest.raises(CaseIsClosed):
        journey.consented(people, case)


@pytest.mark.parametrize(
    "changes",
    [
        {"until": NOON},
        {"kinds": []},
        {"given_by": ""},
        {"method": ""},
        {"given_at": None},
        {"state": "withdrawn"},
        {"state": "asked"},
        {"withdrawn_at": NOON},
        {"interpreter": True},
        {"signed_copy": "00"},
    ],
)
def test_the_database_refuses_a_consent_that_cannot_be(people, case, changes):
    with pytest.raises(IntegrityError), transaction.atomic():
        cases.consent(case, people.shelter.desk, **changes)
