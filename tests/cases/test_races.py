"""Two officers at once."""

import pytest

from himaya.cases.errors import ReportHasCase
from himaya.cases.models import Case, Merge
from himaya.cases.operations import merging
from himaya.kernel.errors import Stale
from himaya.reporting.errors import ReportIsDone
from himaya.vault.models import Compartment
from tests.factories import journey
from tests.factories.people import everybody
from tests.factories.races import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race, pytest.mark.slow]


def test_of_two_officers_who_open_the_same_report_one_opens_the_case():
    people = everybody()
    report = journey.reported(people)

    ends = at_once(*[lambda: journey.opened(people, report)] * 2)

    won = [end for end in ends if isinstance(end, Case)]
    lost = [end for end in ends if isinstance(end, ReportIsDone | ReportHasCase)]
    assert (len(won), len(lost)) == (1, 1), ends
    assert Case.objects.filter(report=report).count() == 1


def test_two_first_notes_of_one_kind_lie_in_one_part():
    people = everybody()
    case = journey.opened(people)

    ends = at_once(
        lambda: journey.noted(people, case, Compartment.Kind.NEEDS, "one"),
        lambda: journey.noted(people, case, Compartment.Kind.NEEDS, "two", by=people.colleague),
    )

    assert ends == [None, None]
    assert Compartment.objects.filter(subject_id=case.pk, kind="needs").count() == 1


def test_of_two_sets_of_facts_made_from_one_version_one_is_kept():
    people = everybody()
    case = journey.opened(people)

    ends = at_once(
        lambda: journey.described(people, case, version=1, sex="male"),
        lambda: journey.described(people, case, version=1, sex="female"),
    )

    (kept,) = [end for end in ends if isinstance(end, Case)]
    assert [type(end) for end in ends if end is not kept] == [Stale]
    assert Case.objects.get(pk=case.pk).sex == kept.sex


def test_of_two_officers_who_merge_the_same_two_cases_one_wins():
    people = everybody()
    one, other = journey.opened(people), journey.opened(people)

    def merge(who, kept, absorbed):
        with who.works():
            return merging.merge_cases(
                actor=who.actor,
                kept_id=kept.pk,
                absorbed_id=absorbed.pk,
                versions=(1, 1),
                reason=Merge.Reason.REPORTED_TWICE,
                at=journey.NOON,
            )

    ends = at_once(
        lambda: merge(people.worker, one, other),
        lambda: merge(people.colleague, other, one),
    )

    assert sorted(type(end).__name__ for end in ends) == ["Merge", "Stale"]
    assert Case.objects.filter(merged_into__isnull=False).count() == 1
