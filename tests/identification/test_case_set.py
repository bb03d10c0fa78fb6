"""The published case set: what the Delphi sets advise, in each pack that is delivered."""

import tomllib
from pathlib import Path

import pytest

from himaya.identification.rules import Category, advise
from tests.factories.countries import PACKS, pack_in

CASES = tomllib.loads(Path(__file__).with_name("case_set.toml").read_text(encoding="utf-8"))["case"]
SCORED = {"adult_labour", "child_labour"}


@pytest.fixture(scope="module", params=PACKS, ids=lambda path: path.name)
def pack(request):
    return pack_in(request.param)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_rule_says_of_each_case_what_the_set_says(pack, case):
    instrument = pack.instrument(case["set"])
    answers = dict.fromkeys((sign.id for sign in instrument.indicators), "no")
    answers |= dict.fromkeys(case["yes"], "yes")
    assert set(case["yes"]) <= {sign.id for sign in instrument.indicators}

    advice = advise(
        instrument,
        answers,
        act_present=case.get("act", True),
        child=case.get("child", False),
    )

    found = [result.dimension.id for result in advice.results if result.positive]
    assert (advice.category.value, found) == (case["advice"], case["positive"])


def test_the_case_set_leaves_no_outcome_and_no_dimension_out(pack):
    outcomes = {case["advice"] for case in CASES}
    dimensions = {each.id for each in pack.instrument("adult_labour").dimensions}
    weights = {
        sign.weight
        for case in CASES
        for sign in pack.instrument(case["set"]).indicators
        if sign.id in case["yes"]
    }

    assert outcomes == {each.value for each in Category} - {Category.UNSCORED.value}
    assert {each for case in CASES for each in case["positive"]} == dimensions
    assert len(weights) == 3
    assert {case["set"] for case in CASES} == SCORED
