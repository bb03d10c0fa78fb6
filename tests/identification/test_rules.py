"""What answers mean: the Delphi rule of ILO and the European Commission, as tables."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from himaya.identification.errors import (
    AlreadyScreened,
    InstrumentNotInForce,
    NotCertified,
    NotCertifiedForChildren,
    NotForThisAge,
)
from himaya.identification.models import Answer, Screening
from himaya.identification.rules import (
    Category,
    advise,
    check_fits,
    check_may_hear,
    check_may_screen,
    reaches,
    result_of,
)
from himaya.kernel.access import Actor, Permission
from himaya.kernel.errors import CertificateMissing, NotKnown, NotPermitted
from himaya.packs.loader import current
from himaya.packs.vocabulary import Weight
from tests.factories.journey import signs
from tests.factories.offices import TESTS

STRONG, MEDIUM, WEAK = Weight.STRONG, Weight.MEDIUM, Weight.WEAK
# In D4, and in each means dimension, the fewest signs that the rule takes as enough.
PURPOSE = {"D4": {MEDIUM: 3}}
DECEIVED = {"D1": {STRONG: 1, MEDIUM: 1}}
COERCED_AT_FIRST = {"D2": {STRONG: 1, MEDIUM: 1}}
ABUSED_AT_FIRST = {"D3": {MEDIUM: 2, WEAK: 1}}
COERCED = {"D5": {STRONG: 2}}
ABUSED = {"D6": {MEDIUM: 3}}


@pytest.mark.parametrize("code", ["adult_labour", "child_labour"])
@pytest.mark.parametrize(
    ("strong", "medium", "weak", "positive"),
    [
        (0, 0, 0, False),
        (1, 0, 0, False),
        (2, 0, 0, True),
        (1, 1, 0, True),
        (1, 0, 1, True),
        (0, 1, 0, False),
        (0, 2, 0, False),
        (0, 3, 0, True),
        (0, 2, 1, True),
        (0, 1, 1, False),
        (0, 1, 50, False),
        (0, 0, 1, False),
        (0, 0, 50, False),
        (5, 9, 3, True),
    ],
)
def test_the_delphi_thresholds(code, strong, medium, weak, positive):
    found = {STRONG: strong, MEDIUM: medium, WEAK: weak}
    thresholds = current().instrument(code).positive_if_any

    assert any(reaches(found, threshold) for threshold in thresholds) is positive


def test_signs_of_one_dimension_do_not_count_in_another():
    instrument = current().instrument("adult_labour")
    answers = signs(instrument, {"D1": {MEDIUM: 2}, "D2": {MEDIUM: 2}, "D3": {MEDIUM: 2}})

    assert advise(instrument, answers, act_present=True).positive == []


@pytest.mark.parametrize("value", [each for each in Answer.Value if each != Answer.Value.YES])
def test_only_a_yes_counts_as_a_sign(value):
    instrument = current().instrument("adult_labour")
    dimension = instrument.dimensions[4]
    answers = dict.fromkeys([sign.id for sign in dimension.indicators], str(value))

    assert not result_of(instrument, dimension, answers).positive
    answers |= dict.fromkeys([sign.id for sign in dimension.indicators], "yes")
    assert result_of(instrument, dimension, answers).positive


@pytest.mark.parametrize(
    ("found", "act_present", "category"),
    [
        ({}, True, Category.NO_SIGNS),
        (DECEIVED, True, Category.NO_SIGNS),
        (COERCED | DECEIVED, True, Category.NO_SIGNS),
        (PURPOSE, True, Category.EXPLOITATION),
        (PURPOSE | {"D5": {STRONG: 1}}, True, Category.EXPLOITATION),
        (PURPOSE | {"D5": {MEDIUM: 2}}, True, Category.EXPLOITATION),
        (PURPOSE | {"D6": {WEAK: 2}}, True, Category.EXPLOITATION),
        (PURPOSE | DECEIVED, True, Category.DECEPTION_AND_EXPLOITATION),
        (PURPOSE | DECEIVED | COERCED, True, Category.TRAFFICKING),
        (PURPOSE | COERCED, True, Category.TRAFFICKING),
        (PURPOSE | ABUSED, True, Category.TRAFFICKING),
        (PURPOSE | COERCED_AT_FIRST, True, Category.TRAFFICKING),
        (PURPOSE | ABUSED_AT_FIRST, True, Category.TRAFFICKING),
        ({"D4": {STRONG: 1, WEAK: 1}} | COERCED, True, Category.TRAFFICKING),
        ({"D4": {STRONG: 1}} | COERCED, True, Category.NO_SIGNS),
        (PURPOSE | COERCED, False, Category.EXPLOITATION),
    ],
)
def test_what_an_adults_answers_point_to(found, act_present, category):
    instrument = current().instrument("adult_labour")

    advice = advise(instrument, signs(instrument, found), act_present=act_present)

    assert advice.category is category


@pytest.mark.parametrize(
    ("found", "act_present", "category"),
    [
        ({}, True, Category.NO_SIGNS),
        (COERCED, True, Category.NO_SIGNS),
        (PURPOSE, True, Category.TRAFFICKING),
        (PURPOSE | DECEIVED, True, Category.TRAFFICKING),
        (PURPOSE, False, Category.EXPLOITATION),
    ],
)
def test_for_a_child_no_means_is_needed(found, act_present, category):
    instrument = current().instrument("child_labour")

    advice = advise(instrument, signs(instrument, found), act_present=act_present)

    assert advice.category is category


@pytest.mark.parametrize("code", [each.code for each in current().instruments if not each.scored])
def test_an_instrument_without_weights_gives_no_score_whatever_is_answered(code):
    instrument = current().instrument(code)
    answers = dict.fromkeys([sign.id for sign in instrument.indicators], "yes")

    assert advise(instrument, answers, act_present=True).category is Category.UNSCORED


ADULT = current().instrument("adult_labour")
ORDER = [Category.NO_SIGNS, Category.EXPLOITATION, Category.DECEPTION_AND_EXPLOITATION]
ORDER.append(Category.TRAFFICKING)


@given(
    yes=st.sets(st.sampled_from([sign.id for sign in ADULT.indicators])),
    more=st.sampled_from([sign.id for sign in ADULT.indicators]),
)
def test_one_more_sign_never_makes_the_advice_weaker(yes, more):
    before = advise(ADULT, dict.fromkeys(yes, "yes"), act_present=True)
    after = advise(ADULT, dict.fromkeys(yes | {more}, "yes"), act_present=True)

    assert ORDER.index(after.category) >= ORDER.index(before.category)
    assert set(before.positive) <= set(after.positive)


def officer(desk, *held, certificates=("trauma_informed_interviewing",)):
    return Actor(
        kind="officer",
        name="identification_officer",
        officer_id=TESTS.officer_id,
        desk_ids=frozenset({desk}),
        permissions=frozenset(held),
        certificates=frozenset(certificates),
    )


@pytest.mark.parametrize(
    ("who", "held", "certificates", "state", "refusal"),
    [
        ("asked", {Permission.PERSON_SCREEN}, {"trauma_informed_interviewing"}, "asked", None),
        ("asked", set(), {"trauma_informed_interviewing"}, "asked", NotPermitted),
        ("asked", {Permission.PERSON_SCREEN}, {"first_aid"}, "asked", NotCertified),
        ("asked", {Permission.PERSON_SCREEN}, set(), "asked", NotCertified),
        (
            "asked",
            *({Permission.PERSON_SCREEN}, {"trauma_informed_interviewing"}),
            "taken",
            AlreadyScreened,
        ),
        (
            "asked",
            *({Permission.PERSON_SCREEN}, {"trauma_informed_interviewing"}),
            "ended",
            AlreadyScreened,
        ),
        (
            "stranger",
            *({Permission.PERSON_SCREEN}, {"trauma_informed_interviewing"}),
            "asked",
            NotKnown,
        ),
        ("stranger", set(), set(), "taken", NotKnown),
    ],
)
def test_who_may_screen(who, held, certificates, state, refusal):
    desks = {"asked": "3a", "stranger": "5b"}
    screening = Screening(desk_id=desks["asked"], state=state)
    actor = officer(desks[who], *held, certificates=certificates)

    if refusal is None:
        check_may_screen(actor, screening)
    else:
        with pytest.raises(refusal):
            check_may_screen(actor, screening)


@pytest.mark.parametrize(
    ("child", "said_child", "basis", "certificates", "refused"),
    [
        (False, False, "estimate", set(), False),
        (True, False, "estimate", set(), True),
        (True, False, "estimate", {"child_interviewing"}, False),
        (True, False, "unknown", {"trauma_informed_interviewing"}, True),
        (False, True, "estimate", set(), True),
        (False, True, "", {"child_interviewing"}, False),
        (False, True, "assessed", set(), False),
        (True, True, "assessed", set(), True),
    ],
)
def test_nobody_interviews_a_child_without_the_certificate(
    child, said_child, basis, certificates, refused
):
    screening = Screening(said_child=said_child, age_basis=basis)
    actor = officer("3a", Permission.PERSON_SCREEN, certificates=certificates)

    if refused:
        with pytest.raises(NotCertifiedForChildren):
            check_may_hear(actor, screening, child=child)
    else:
        check_may_hear(actor, screening, child=child)


TODAY = date(2026, 11, 22)
RETIRED = replace(ADULT, retired=TODAY)


@pytest.mark.parametrize(
    ("instrument", "child", "begun", "refusal"),
    [
        (ADULT, False, False, None),
        (ADULT, True, False, NotForThisAge),
        (current().instrument("child_labour"), True, False, None),
        (current().instrument("child_labour"), False, False, NotForThisAge),
        (current().instrument("ilo_11"), True, False, None),
        (current().instrument("ilo_11"), False, False, None),
        (current().instrument("adult_sexual"), False, False, InstrumentNotInForce),
        (current().instrument("adult_sexual"), False, True, InstrumentNotInForce),
        (RETIRED, False, False, InstrumentNotInForce),
        (RETIRED, False, True, None),
        (replace(ADULT, retired=date(2026, 11, 23)), False, False, None),
    ],
)
def test_which_set_an_interview_may_use(instrument, child, begun, refusal):
    if refusal is None:
        check_fits(instrument, child=child, on=TODAY, begun=begun)
    else:
        with pytest.raises(refusal):
            check_fits(instrument, child=child, on=TODAY, begun=begun)


def test_an_officer_whose_certificate_ended_is_told_so_and_not_that_the_role_lacks_it():
    lapsed = replace(officer("3a"), lapsed=frozenset({Permission.PERSON_SCREEN}))

    with pytest.raises(CertificateMissing):
        lapsed.need(Permission.PERSON_SCREEN)
    with pytest.raises(NotPermitted) as plain:
        lapsed.need(Permission.CASE_WORK)
    assert type(plain.value) is NotPermitted
