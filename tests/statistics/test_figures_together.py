"""The figures of one page: counted rightly, and protected as one, for they share their totals."""

from collections.abc import Hashable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from himaya.statistics.codes import AgeGroup, Form, Sex, Status, Step
from himaya.statistics.disclosure import Mark
from himaya.statistics.figures import Counts, Published, published
from himaya.statistics.queries import counts
from tests.factories.attack import Known, Sum, subtract
from tests.factories.facts import make_facts
from tests.factories.moments import NOON

MONTHS = [None, date(2026, 10, 1), date(2026, 11, 1)]
PERSON = st.tuples(
    st.sampled_from(Status.values),
    st.sampled_from(Form.values),
    st.sampled_from(Sex.values),
    st.sampled_from(AgeGroup.values),
    st.sampled_from(MONTHS),
    st.sets(st.sampled_from(Step.values)),
)


def page_of(persons: list[tuple[str, str, str, str, date | None, set[str]]]) -> Counts:
    """Counts of invented persons."""
    recognised = sum(person[0] in ("presumed", "identified") for person in persons)
    steps = {step: sum(step in person[5] for person in persons) for step in Step.values}
    return Counts(
        total=len(persons),
        status={code: sum(person[0] == code for person in persons) for code in Status.values},
        form={code: sum(person[1] == code for person in persons) for code in Form.values},
        sex_age={
            (sex, age): sum(person[2:4] == (sex, age) for person in persons)
            for sex in Sex.values
            for age in AgeGroup.values
        },
        months={month: sum(person[4] == month for person in persons) for month in MONTHS},
        steps=steps | {Step.RECOGNISED.value: recognised},
    )


def sums_of_the_page() -> list[Sum]:
    """Every sum that a reader of the page can make, written down without the program's help."""
    total: Hashable = ("total",)
    sums: list[Sum] = [
        (total, [("status", code) for code in Status]),
        (("step", "recognised"), [("status", "presumed"), ("status", "identified")]),
        (total, [("form", code) for code in Form]),
        (total, [("sex", code) for code in Sex]),
        (total, [("age", code) for code in AgeGroup]),
        (total, [("month", month) for month in MONTHS]),
    ]
    sums += [(("sex", sex), [("sex_age", sex, age) for age in AgeGroup]) for sex in Sex]
    sums += [(("age", age), [("sex_age", sex, age) for sex in Sex]) for age in AgeGroup]
    sums += [(total, [("step", step), ("not", step)]) for step in Step]
    return sums


def what_a_reader_knows(page: Published) -> Known:
    """The numbers on the page. Who did not reach a step is not on it, and counts as hidden."""
    known = {key: number.count for key, number in page.numbers.items() if key[0] != "not_step"}
    return known | {("not", step): None for step in Step}


@pytest.mark.slow
@given(st.lists(PERSON, max_size=60))
@settings(deadline=None, max_examples=150)
def test_nobody_works_out_a_small_number_from_the_whole_page(
    persons: list[tuple[str, str, str, str, date | None, set[str]]],
) -> None:
    page = published(page_of(persons))

    worked_out = subtract(sums_of_the_page(), what_a_reader_knows(page))

    assert [number for number in worked_out.values() if 1 <= number <= 4] == []


def test_tables_protected_one_by_one_would_give_a_number_away() -> None:
    """The step `recognised` is a sum of two statuses: shown beside them it undoes their cover."""
    persons = [("presumed", "other", "female", "adult", None, set())] * 3
    persons += [("identified", "other", "female", "adult", None, set())] * 9
    persons += [("none", "other", "female", "adult", None, set())] * 8
    apart: Known = {
        ("total",): 20,
        ("status", "presumed"): None,
        ("status", "identified"): 9,
        ("status", "none"): None,
        ("status", "not_victim"): 0,
        ("step", "recognised"): 12,
    }
    sums: list[Sum] = [
        (("total",), [("status", code) for code in Status]),
        (("step", "recognised"), [("status", "presumed"), ("status", "identified")]),
    ]
    assert subtract(sums, apart)[("status", "presumed")] == 3

    page = published(page_of(persons))

    together = {key: page.of(*key).count for key in apart}
    assert ("status", "presumed") not in subtract(sums, together)


def test_of_fewer_than_five_persons_nothing_is_shown_not_even_a_zero() -> None:
    page = published(page_of([("presumed", "other", "female", "adult", None, set())] * 4))
    assert {number.mark for number in page.numbers.values()} == {Mark.FEWER}


@pytest.mark.django_db
def test_facts_are_counted_by_status_form_sex_age_month_and_step() -> None:
    make_facts(6)
    make_facts(7, status="identified", form="organ_removal", sex="male", age_group="child")
    make_facts(1, report_month=date(2020, 1, 1), status="none", status_month=None, form="")
    make_facts(2, protected=True, referred=True, lawsuit=True, solution="stay")

    found = counts(NOON)

    assert found.total == 16
    assert found.status == {"presumed": 8, "identified": 7, "none": 1}
    assert found.form == {Form.FORCED_LABOUR: 8, Form.OTHER: 7, Form.UNKNOWN: 1}
    assert found.sex_age == {("female", "adult"): 9, ("male", "child"): 7}
    assert found.months[date(2026, 11, 1)] == 15
    assert found.months[None] == 1
    assert len(found.months) == 13
    assert found.steps == {
        "screened": 16,
        "recognised": 15,
        "referred": 2,
        "protected": 2,
        "lawsuit": 2,
        "solution": 2,
    }
