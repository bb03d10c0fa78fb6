"""Act, means and purpose: by the Protocol, and by the law of each country."""

import pytest

from himaya.identification import elements
from himaya.packs.vocabulary import Palermo
from tests.factories.countries import PACKS, pack_in

ACT, MEANS, PURPOSE = Palermo
PACK = {path.name: pack_in(path) for path in PACKS}
LAW = PACK["kw"].law


@pytest.mark.parametrize(
    ("found", "child", "missing"),
    [
        ((), False, (ACT, MEANS, PURPOSE)),
        (("recruitment",), False, (MEANS, PURPOSE)),
        (("recruitment", "deception"), False, (PURPOSE,)),
        (("deception", "forced_labour"), False, (ACT,)),
        (("recruitment", "forced_labour"), False, (MEANS,)),
        (("transfer", "abduction", "servitude"), False, ()),
        ((), True, (ACT, PURPOSE)),
        (("recruitment", "forced_labour"), True, ()),
        (("harbouring", "deception", "organ_removal"), True, ()),
        (("deception", "forced_labour"), True, (ACT,)),
        (("receipt", "fraud"), True, (PURPOSE,)),
    ],
)
def test_by_the_protocol_a_child_needs_no_means(found, child, missing):
    grounds = elements.grounds(LAW.elements, found, child=child)

    assert (grounds.missing, grounds.complete) == (missing, not missing)


@pytest.mark.parametrize(
    ("country", "found", "child", "missing", "more_for_child"),
    [
        # Law 91/2013 asks for a means also where the victim is a child.
        ("kw", ("recruitment", "forced_labour"), True, (MEANS,), True),
        ("kw", ("recruitment", "deception", "forced_labour"), True, (), True),
        ("kw", ("recruitment", "forced_labour"), False, (MEANS,), False),
        # It names neither transfer nor servitude.
        ("kw", ("transfer", "deception", "forced_labour"), False, (ACT,), False),
        ("kw", ("recruitment", "deception", "servitude"), False, (PURPOSE,), False),
        # The Modern Slavery Act asks for no means.
        ("uk", ("recruitment", "forced_labour"), False, (), False),
        ("uk", ("recruitment", "forced_labour"), True, (), False),
        ("osce", ("recruitment", "forced_labour"), False, (MEANS,), False),
        ("osce", ("recruitment", "forced_labour"), True, (), False),
    ],
)
def test_a_charge_is_another_question_than_who_is_a_victim(
    country, found, child, missing, more_for_child
):
    (charge,) = [
        each
        for each in elements.charges(PACK[country].law, found, child=child)
        if each.offence.id == "trafficking"
    ]

    assert (charge.missing, charge.more_for_child) == (missing, more_for_child)


def test_what_was_found_and_the_law_does_not_name_is_said():
    found = ("transfer", "recruitment", "deception", "servitude", "forced_labour")

    (charge,) = elements.charges(LAW, found, child=False)

    assert charge.missing == ()
    assert [element.id for element in charge.unnamed] == ["transfer", "servitude"]


def test_each_element_is_shown_by_the_signs_answered_yes():
    instrument = PACK["kw"].instrument("adult_labour")
    answers = {"D1.02": "yes", "D1.03": "no", "D5.02": "yes", "D5.04": "would_not_say"}

    shown = elements.shown(LAW.elements, instrument.indicators, answers, {"recruitment"})

    by_id = {each.element.id: [sign.id for sign in each.signs] for each in shown}
    assert by_id["deception"] == ["D1.02"]
    assert by_id["other_coercion"] == by_id["slavery_like"] == ["D5.02"]
    assert by_id["threat_or_use_of_force"] == []
    assert [each.element.id for each in shown if each.found] == ["recruitment"]


@pytest.mark.parametrize("country", PACK)
def test_every_sign_of_a_scored_set_shows_what_its_dimension_stands_for(country):
    kinds = {element.id: element.kind for element in PACK[country].law.elements}
    for code in ("adult_labour", "child_labour"):
        for dimension in PACK[country].instrument(code).dimensions:
            for sign in dimension.indicators:
                assert dimension.palermo in {kinds[each] for each in sign.shows}, sign.id
