"""Presumed or not: decided once on a screening, with reasons; presumed opens protection at once."""

import pytest
from django.db import IntegrityError, transaction

from himaya.cases.errors import AlreadyDecided, ConditionMissing, NoReasons, NotScreened
from himaya.cases.models import Case, StatusDecision
from himaya.cases.operations.status import decide_status
from himaya.identification.models import Screening
from himaya.kernel.errors import NotKnown, NotPermitted
from himaya.vault.models import Sealed
from tests.factories import journey
from tests.factories.cases import tracks_of


def stands(case):
    """Where the tracks that a decision moves stand."""
    tracks = tracks_of(case)
    return tracks["identification"].state, tracks["recovery"].state


@pytest.mark.parametrize(
    ("presumed", "status", "where"),
    [
        (True, "presumed", ("presumed", "running")),
        (False, "not_presumed", ("not_presumed", "not_begun")),
    ],
)
def test_the_decision_moves_the_case(people, case, presumed, status, where):
    assert stands(case) == ("not_screened", "not_begun")
    journey.screened(people, case)

    journey.presumed(people, case, presumed=presumed, words="CANARY-REASONS")

    case.refresh_from_db()
    assert (case.status, stands(case)) == (status, where)
    assert b"CANARY" not in bytes(Sealed.objects.get(name="reasons").content)


@pytest.mark.parametrize(
    ("before", "found", "after"),
    [
        ("no", "child", "yes"),
        ("unknown", "child", "yes"),
        ("no", "doubt", "unknown"),
        ("yes", "doubt", "yes"),
        ("yes", "adult", "yes"),
        ("unknown", "adult", "unknown"),
    ],
)
def test_whom_the_interview_finds_to_be_a_child_the_case_treats_so(
    people, case, before, found, after
):
    journey.screened(people, case)
    Screening.objects.filter(subject_id=case.pk).update(age_found=found, child=found != "adult")
    Case.objects.filter(pk=case.pk).update(child=before)

    journey.presumed(people, case)

    case.refresh_from_db()
    assert case.child == after


def test_an_officer_may_presume_against_the_advice(people, case):
    journey.screened(people, case, answers={"D1.01": "no"})

    assert Screening.objects.get(subject_id=case.pk).advice == "no_signs"
    assert journey.presumed(people, case, reasons=["statement"]).presumed


def test_nobody_decides_before_the_screening(people, case):
    with pytest.raises(NotScreened):
        journey.presumed(people, case)
    assert stands(case) == ("not_screened", "not_begun")


def test_nobody_decides_twice_on_one_screening(people, case):
    journey.screened(people, case)
    journey.presumed(people, case)

    with pytest.raises(AlreadyDecided):
        journey.presumed(people, case, presumed=False)
    case.refresh_from_db()
    assert case.status == "presumed"


def test_the_database_too_keeps_one_decision_a_screening(people, case):
    journey.screened(people, case)
    decision = journey.presumed(people, case)

    with pytest.raises(IntegrityError), transaction.atomic():
        StatusDecision.objects.create(
            case=case,
            screening_id=decision.screening_id,
            presumed=False,
            reasons=["advice"],
            decided_at=journey.NOON,
        )


def test_a_decision_without_reasons_is_refused_by_the_rule_and_by_the_database(people, case):
    journey.screened(people, case)

    with pytest.raises(NoReasons):
        journey.presumed(people, case, reasons=[])
    with pytest.raises(IntegrityError), transaction.atomic():
        StatusDecision.objects.create(
            case=case,
            screening=Screening.objects.get(subject_id=case.pk),
            presumed=True,
            reasons=[],
            decided_at=journey.NOON,
        )


def test_a_person_who_was_not_told_what_the_interview_is_for_must_be_told_first(people, case):
    journey.screened(people, case)
    Screening.objects.filter(subject_id=case.pk).update(informed=False)  # as older ones may say

    with pytest.raises(ConditionMissing):
        journey.presumed(people, case)
    assert Case.objects.get(pk=case.pk).status == "none"


@pytest.mark.parametrize(
    ("who", "refusal"), [("worker", NotPermitted), ("stranger", NotKnown), ("shelter", NotKnown)]
)
def test_only_the_identification_desk_decides(people, case, who, refusal):
    journey.screened(people, case)
    screening = Screening.objects.get(subject_id=case.pk)
    other = getattr(people, who)

    with other.works(), pytest.raises(refusal):
        decide_status(
            actor=other.actor,
            case_id=case.pk,
            screening_id=screening.pk,
            presumed=False,
            reasons=["advice"],
            words="no",
            at=journey.NOON,
        )
