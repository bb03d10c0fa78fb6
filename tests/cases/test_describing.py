"""The coded facts of a person, changed by two officers at once."""

import pytest

from himaya.cases.errors import CaseIsClosed, NotYourStep
from himaya.cases.models import Case
from himaya.cases.operations import describing
from himaya.kernel.errors import NotKnown, NotPermitted, Stale
from tests.factories import journey

FACTS = {
    "child": "no",
    "sex": "male",
    "danger": "high",
    "citizenship": "IND",
    "language": "hi",
    "interpreter": "needed",
    "reachable": "evening",
    "place": "jahra",
    "exploitation": ["forced_labour", "forced_criminality"],
}


def describe(person, case, version=1):
    """This officer sets the facts."""
    with person.works():
        describing.describe(
            actor=person.actor, case_id=case.pk, version=version, at=journey.NOON, **FACTS
        )


def test_the_facts_are_kept_and_the_case_has_a_newer_version(people, case):
    describe(people.worker, case)

    case.refresh_from_db()
    assert {name: getattr(case, name) for name in FACTS} == FACTS
    assert case.version == 2


def test_of_two_changes_made_from_the_same_version_the_second_is_refused(people, case):
    describe(people.worker, case)
    Case.objects.filter(pk=case.pk).update(citizenship="PHL")

    with pytest.raises(Stale):
        describe(people.colleague, case)

    assert Case.objects.get(pk=case.pk).citizenship == "PHL"
    describe(people.colleague, case, version=2)
    assert Case.objects.get(pk=case.pk).citizenship == "IND"


@pytest.mark.parametrize(
    ("who", "refusal"),
    [
        ("worker", None),
        ("colleague", None),
        ("identifier", NotPermitted),
        ("stranger", NotKnown),
        ("shelter", NotKnown),
        ("intake", NotKnown),
        ("prosecutor", NotKnown),
    ],
)
def test_only_the_leading_desk_sets_the_facts(people, case, who, refusal):
    if refusal is None:
        describe(getattr(people, who), case)
    else:
        with pytest.raises(refusal):
            describe(getattr(people, who), case)
    assert Case.objects.get(pk=case.pk).sex == ("" if refusal else "male")


def test_a_closed_case_takes_no_more_facts(people, case):
    Case.objects.filter(pk=case.pk).update(
        state="closed", outcome="withdrew", closed_at=journey.NOON
    )

    with pytest.raises(CaseIsClosed):
        describe(people.worker, case)


def test_a_case_worker_who_identifies_does_not_lead(people, case):
    Case.objects.filter(pk=case.pk).update(identification_desk=people.stranger.desk)

    with pytest.raises(NotYourStep):
        describe(people.stranger, case)
