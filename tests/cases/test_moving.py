"""A decision moves open cases to another edition of the pack: whole, recorded, through no gate."""

import json
from datetime import timedelta

import pytest

from himaya.audit.models import Pending
from himaya.cases.errors import NoPlaceInEdition, NotThere, StepUnknown
from himaya.cases.models import Case, TrackState
from himaya.cases.operations.moving import Decision, move
from himaya.cases.tracks import at_an_end, pack_of, take_step
from himaya.clocks.models import Deadline
from himaya.identification.models import Screening
from himaya.kernel.access import job
from himaya.packs.editions import code_of
from himaya.packs.loader import current
from tests.factories.moments import NOON
from tests.factories.packs import newer
from tests.factories.refusals import refusal_of
from tests.factories.roles import as_role

pytestmark = pytest.mark.slow  # each test reads a pack anew
MOVER = job("pack_mover")
LATER = NOON + timedelta(days=2)
RENAMED = {"pathway.toml": [('"conciliation"', '"mediation"')]}


@pytest.fixture
def next_pack(tmp_path):
    """The next version calls one state of the labour track otherwise."""
    with newer(tmp_path, RENAMED) as pack:
        yield pack


def moved(case, decision, at=LATER):
    """Move the case, with the rights of the worker."""
    with as_role("worker"):
        done = move(actor=MOVER, case_id=case.pk, decision=decision, at=at)
    case.refresh_from_db()
    return done


def stands(case, track):
    """Where a track of the case stands."""
    return TrackState.objects.get(case=case, track=track).state


def put(case, track, state):
    """Put a track somewhere, without the way there."""
    TrackState.objects.filter(case=case, track=track).update(state=state)


def test_an_open_case_goes_on_by_its_own_edition_until_it_is_moved(case, next_pack):
    put(case, "labour", "heard")
    case.refresh_from_db()

    assert pack_of(case) is current()
    assert pack_of(case.pk) is current()
    put(case, "labour", "conciliation")
    assert current().steps_from("labour", "conciliation")
    assert not next_pack.steps_from("labour", "conciliation")


def test_a_case_moves_whole_and_its_entry_says_from_where_to_where_and_by_what(case, next_pack):
    put(case, "labour", "conciliation")
    decision = Decision("NC-2026/14", next_pack, {("labour", "conciliation"): "mediation"})

    assert moved(case, decision) is True

    assert (case.pack, stands(case, "labour")) == (code_of(next_pack), "mediation")
    assert pack_of(case) is next_pack
    told = [json.loads(act.facts) for act in Pending.objects.filter(act="case.pack_moved")]
    assert told == [
        {"from": code_of(current()), "to": code_of(next_pack), "decision": "NC-2026/14"}
    ]
    assert Screening.objects.get(subject_id=case.pk).pack == case.pack
    assert moved(case, decision) is False  # so whoever was cut off goes on where they were


def test_a_place_that_the_mapping_misses_refuses_the_case_and_changes_nothing(case, next_pack):
    put(case, "labour", "conciliation")

    assert refusal_of(moved, case, Decision("1", next_pack)) is NoPlaceInEdition
    wrong = Decision("1", next_pack, {("labour", "conciliation"): "conciliation"})
    assert refusal_of(moved, case, wrong) is NotThere

    case.refresh_from_db()
    assert (case.pack, stands(case, "labour")) == (code_of(current()), "conciliation")
    assert not Pending.objects.filter(act="case.pack_moved").exists()


def test_nobody_is_led_through_a_gate(case, next_pack):
    behind = next(state.id for state in next_pack.track("solution").states if state.behind)
    start = next_pack.track("solution").start
    decision = Decision("1", next_pack, {("solution", start): behind})

    assert refusal_of(moved, case, decision) is NotThere
    assert stands(case, "solution") == start


def test_a_closed_case_stays_with_the_edition_by_which_it_ended(case, next_pack):
    Case.objects.filter(pk=case.pk).update(state="closed", closed_at=NOON, outcome="withdrew")

    assert moved(case, Decision("1", next_pack)) is False
    assert case.pack == code_of(current())


def test_a_choice_whose_name_changes_is_mapped_too(case, tmp_path):
    solution = next(each for each in current().solutions if not each.gate)
    changes = {"solutions.toml": [(f'id = "{solution.id}"', 'id = "renamed"')]}
    Case.objects.filter(pk=case.pk).update(solution=solution.id)
    with newer(tmp_path, changes) as pack:
        assert refusal_of(moved, case, Decision("1", pack)) is NoPlaceInEdition
        wrong = Decision("1", pack, {("solutions", solution.id): "nowhere"})
        assert refusal_of(moved, case, wrong) is NotThere
        assert moved(case, Decision("1", pack, {("solutions", solution.id): "renamed"}))
        assert case.solution == "renamed"


def test_deadlines_that_both_editions_count_alike_run_on_and_others_are_laid_anew(case, tmp_path):
    old = next(
        each
        for each in Deadline.objects.running().filter(case_id=case.pk)
        if each.rule == "setting:screening_start"
    )
    changes = {
        "pathway.toml": [
            (
                'clock = { setting = "screening_start",',
                'clock = { setting = "presumption_decision",',
            )
        ]
    }
    before = set(Deadline.objects.running().filter(case_id=case.pk).values_list("pk", flat=True))
    with newer(tmp_path, changes) as pack:
        moved(case, Decision("1", pack))

        running = {each.pk: each for each in Deadline.objects.running().filter(case_id=case.pk)}
        assert before - set(running) == {old.pk}
        (new,) = [each for each in running.values() if each.pk not in before]
        assert (new.rule, new.pack) == ("setting:presumption_decision", code_of(pack))
        assert new.started_at == old.started_at  # the track has stood there since then


def test_a_deadline_that_would_be_over_already_counts_from_the_decision(case, tmp_path):
    changes = {
        "pathway.toml": [
            ('clock = { setting = "screening_start",', 'clock = { amount = 1, unit = "hours",')
        ]
    }
    with newer(tmp_path, changes) as pack:
        moved(case, Decision("1", pack))
        new = Deadline.objects.running().get(case_id=case.pk, rule="amount:1 hours")
        assert new.started_at == LATER


def test_a_step_that_only_another_edition_has_is_unknown_to_the_case(people, case):
    refused = refusal_of(
        take_step, step_id="sail", case_id=case.pk, actor=people.worker.actor, at=NOON
    )

    assert refused is StepUnknown


def test_where_a_case_may_end_is_said_by_its_own_edition(case, next_pack):
    closed = TrackState.objects.filter(case=case, track="labour")

    assert closed.filter(at_an_end("labour")).exists()
    put(case, "labour", "mediation")
    assert not closed.filter(at_an_end("labour")).exists()
