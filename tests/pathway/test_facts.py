"""One case as nameless facts, told by the worker, who sees codes only."""

from dataclasses import fields
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest

from himaya.audit.models import Entry
from himaya.audit.sequencer import number_pending
from himaya.cases.models import Case
from himaya.cases.operations.solution import choose_solution
from himaya.justice.operations import open_lawsuit
from himaya.pathway.facts import cases_touched, facts_of
from himaya.pathway.operations.closing import ask_closure, decide_closure
from himaya.referrals.operations import sending
from tests.factories import journey
from tests.factories.moments import NOON
from tests.factories.roles import as_role

IN_TEN_DAYS = NOON + timedelta(days=10)


def told(case):
    """The facts as the worker's own database role can find them."""
    with as_role("worker"):
        return facts_of(Case.objects.get(pk=case.pk))


def test_a_case_just_opened_says_little(people, case):
    facts = told(case)

    assert (facts.report_month, facts.channel, facts.status) == (date(2026, 11, 1), "web", "none")
    assert (facts.age_group, facts.sex, facts.citizenship) == ("unknown", "unknown", "")
    reached = [facts.screened, facts.referred, facts.protected, facts.lawsuit]
    assert reached == [False] * 4
    assert (facts.screening_days, facts.closing_days) == (None, None)


def test_what_is_described_and_decided_is_told_as_codes(people, case):
    journey.described(people, case)
    journey.screened(people, case)
    journey.presumed(people, case)

    facts = told(case)

    assert (facts.age_group, facts.sex, facts.citizenship) == ("adult", "female", "PHL")
    assert (facts.form, facts.status) == ("domestic_servitude", "presumed")
    assert (facts.screened, facts.screening_days, facts.status_days) == (True, 0, 0)


@pytest.mark.parametrize(("presumed", "status"), [(True, "presumed"), (False, "not_victim")])
def test_both_decisions_are_counted(people, case, presumed, status):
    journey.screened(people, case)
    journey.presumed(people, case, presumed=presumed)

    assert told(case).status == status


def test_a_referral_counts_when_it_was_sent_and_not_before(people, case):
    referral = journey.drafted(people, case)
    assert not told(case).referred
    with people.worker.works():
        sending.withdraw(actor=people.worker.actor, referral_id=referral.pk, at=NOON)
    assert not told(case).referred

    journey.sent(people, journey.drafted(people, case))
    assert told(case).referred


def test_protected_means_that_a_service_took_the_person_on(people, case, served):
    by_duty = journey.sent(people, journey.drafted(people, case))
    journey.acknowledged(people.prosecutor, by_duty)
    journey.accepted(people.prosecutor, by_duty, ())

    assert not told(case).protected
    assert (told(served.case).protected, told(served.case).protection_days) == (True, 0)
    journey.completed(people.shelter, served)
    assert told(served.case).protected


def test_a_lawsuit_is_counted_and_nothing_of_it_told(people, case):
    referral = journey.sent(people, journey.drafted(people, case))
    journey.acknowledged(people.prosecutor, referral)
    journey.accepted(people.prosecutor, referral, ())
    assert not told(case).lawsuit
    with people.prosecutor.works():
        open_lawsuit(
            actor=people.prosecutor.actor,
            referral_id=referral.pk,
            offences=["trafficking"],
            words="words",
            at=NOON,
        )

    assert told(case).lawsuit


def test_the_end_is_told_with_its_length(people, case):
    with people.worker.works():
        choose_solution(
            actor=people.worker.actor,
            case_id=case.pk,
            solution="stay",
            declared={"person_chose", "informed"},
            version=Case.objects.get(pk=case.pk).version,
            at=NOON,
        )
    journey.settled(people, case, at=IN_TEN_DAYS)
    with people.worker.works():
        ask_closure(
            actor=people.worker.actor,
            case_id=case.pk,
            outcome=Case.Outcome.PROTECTED,
            informed=True,
            at=IN_TEN_DAYS,
        )
    with people.colleague.works():
        decide_closure(actor=people.colleague.actor, case_id=case.pk, confirm=True, at=IN_TEN_DAYS)

    facts = told(case)
    assert (facts.solution, facts.outcome, facts.closing_days) == ("stay", "protected", 10)


def test_no_fact_is_an_id_a_moment_or_the_persons_made_up_name(people, served):
    facts = told(served.case)
    values = [getattr(facts, field.name) for field in fields(facts)]

    assert not any(isinstance(value, UUID | datetime) for value in values)
    assert {value.day for value in values if isinstance(value, date)} == {1}
    assert served.pseudonym not in map(str, values)


def test_only_cases_that_something_happened_to_are_told_anew(people, case, served):
    while number_pending():
        pass
    before = Entry.objects.count()
    journey.described(people, case)
    number_pending()

    with as_role("worker"):
        assert [case_id for case_id, _facts in cases_touched(after=before)] == [case.pk]
        assert {served.case_id, case.pk} <= {each for each, _facts in cases_touched(after=0)}
