"""Who may do what with a case, and by which step of the pathway."""

from uuid import UUID

import pytest

from himaya.agencies.models import Agency, Desk
from himaya.cases.errors import (
    AgencyInvolved,
    AlreadyDecided,
    CaseIsClosed,
    ConditionMissing,
    GateShut,
    NoReasons,
    NotRated,
    NotScreened,
    NotYourStep,
    ReportHasCase,
    StepNotOpen,
)
from himaya.cases.models import Case
from himaya.cases.rules import (
    check_may_choose,
    check_may_decide_status,
    check_may_open,
    check_may_receive,
    check_may_work,
    check_step,
)
from himaya.identification.models import Screening
from himaya.kernel.access import Actor, Permission, job
from himaya.kernel.errors import NotPermitted
from himaya.packs.loader import current
from himaya.reporting.models import Report
from tests.factories.refusals import refusal_of

LEADING, ELSEWHERE = UUID(int=1), UUID(int=2)
ALL = frozenset(Permission)


def officer(role="case_worker", *, desk=LEADING, held=ALL):
    """An officer at a desk."""
    return Actor(
        kind="officer",
        name=role,
        roles=frozenset({role}),
        desk_ids=frozenset({desk}),
        permissions=frozenset(held),
    )


@pytest.mark.parametrize(
    ("stands_at", "role", "held", "refusal"),
    [
        ("requested", "shelter_worker", {"not_own_referral", "place_held"}, None),
        ("requested", "shelter_worker", {"not_own_referral", "place_held", "presumed"}, None),
        ("not_requested", "shelter_worker", {"not_own_referral", "place_held"}, StepNotOpen),
        ("admitted", "shelter_worker", {"not_own_referral", "place_held"}, StepNotOpen),
        ("requested", "case_worker", {"not_own_referral", "place_held"}, NotYourStep),
        ("requested", "prosecutor", {"not_own_referral", "place_held"}, NotYourStep),
        ("requested", "shelter_worker", {"not_own_referral"}, ConditionMissing),
        ("requested", "shelter_worker", set(), ConditionMissing),
        ("left", "case_worker", set(), StepNotOpen),
    ],
)
def test_a_step_needs_its_state_its_role_and_its_conditions(stands_at, role, held, refusal):
    step = current().step("offer_place")

    assert (
        refusal_of(check_step, step, stands_at=stands_at, actor=officer(role), held=held) is refusal
    )


def test_a_job_of_the_worker_needs_no_role_and_all_conditions():
    step = current().step("offer_place")
    clock = job("clocks")

    assert (
        refusal_of(check_step, step, stands_at="requested", actor=clock, held=step.guards) is None
    )
    assert (
        refusal_of(check_step, step, stands_at="requested", actor=clock, held=())
        is ConditionMissing
    )


def test_the_condition_that_is_missing_is_named():
    step = current().step("presume")
    with pytest.raises(ConditionMissing) as missing:
        check_step(
            step,
            stands_at="screening",
            actor=officer("identification_officer"),
            held={"certified", "reasons_given"},
        )

    assert missing.value.facts["missing"] == ["screened"]


@pytest.mark.parametrize(
    ("held", "opened", "state", "seriousness", "refusal"),
    [
        (ALL, False, "triaged", "urgent", None),
        (set(), False, "triaged", "urgent", NotPermitted),
        (ALL, True, "triaged", "urgent", ReportHasCase),
        (ALL, False, "linked", "urgent", ReportHasCase),
        (ALL, False, "received", None, NotRated),
    ],
)
def test_who_may_open_a_case_from_a_report(held, opened, state, seriousness, refusal):
    report = Report(state=state, seriousness=seriousness)

    assert refusal_of(check_may_open, officer(held=held), report, opened=opened) is refusal


@pytest.mark.parametrize(
    ("named", "refusal"),
    [([], None), (["pam"], None), (["mosa"], AgencyInvolved), (["pam", "mosa"], AgencyInvolved)],
)
def test_a_desk_of_an_agency_that_the_report_names_receives_nothing(named, refusal):
    desk = Desk(agency=Agency(code="mosa"))

    assert refusal_of(check_may_receive, desk, named) is refusal


@pytest.mark.parametrize(
    ("desk", "held", "state", "refusal"),
    [
        (LEADING, {Permission.CASE_WORK}, "open", None),
        (LEADING, {Permission.CASE_READ}, "open", NotPermitted),
        (ELSEWHERE, {Permission.CASE_WORK}, "open", NotYourStep),
        (ELSEWHERE, {Permission.CASE_WORK}, "closed", NotYourStep),
        (LEADING, {Permission.CASE_WORK}, "closed", CaseIsClosed),
    ],
)
def test_who_may_work_on_a_case(desk, held, state, refusal):
    case = Case(desk_id=LEADING, state=state)

    assert refusal_of(check_may_work, officer(desk=desk, held=held), case) is refusal


@pytest.mark.parametrize(
    ("unlike", "refusal"),
    [
        ({}, None),
        ({"held": {Permission.CASE_WORK}}, NotPermitted),
        ({"state": "closed"}, CaseIsClosed),
        ({"screened": "asked"}, NotScreened),
        ({"screened": "ended"}, NotScreened),
        ({"about": UUID(int=9)}, NotScreened),
        ({"decided": True}, AlreadyDecided),
        ({"reasons": []}, NoReasons),
    ],
)
def test_who_may_decide_the_status_and_on_what(unlike, refusal):
    case = Case(state=unlike.get("state", "open"))
    screening = Screening(
        state=unlike.get("screened", "taken"), subject_id=unlike.get("about", case.pk)
    )

    found = refusal_of(
        check_may_decide_status,
        officer("identification_officer", held=unlike.get("held", ALL)),
        case,
        screening,
        decided=unlike.get("decided", False),
        reasons=unlike.get("reasons", ["advice"]),
    )

    assert found is refusal


@pytest.mark.parametrize("solution", current().solutions, ids=lambda solution: solution.id)
def test_a_solution_behind_a_gate_stays_shut(solution):
    found = refusal_of(check_may_choose, officer(), Case(desk_id=LEADING), solution)

    assert found is (GateShut if solution.gate else None)


def test_the_pack_keeps_every_way_out_of_the_country_behind_the_gate():
    assert {each.id for each in current().solutions if each.gate} == {"return", "third_country"}


def test_a_stranger_learns_nothing_of_the_gate():
    solution = current().solutions[2]
    stranger = officer(desk=ELSEWHERE)

    assert solution.gate
    assert refusal_of(check_may_choose, stranger, Case(desk_id=LEADING), solution) is NotYourStep
