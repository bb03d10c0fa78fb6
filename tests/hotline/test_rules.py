"""What may be done with a call, as tables; and a form for notes that loses nothing."""

from contextlib import nullcontext
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from himaya.enrolment.errors import HotlineOnly
from himaya.enrolment.rules import check_takes_calls
from himaya.hotline.errors import CallOver, HandoverOver, NoCodeForReport, NotesThere, OwnHandover
from himaya.hotline.models import Call, Handover
from himaya.hotline.notes import Notes
from himaya.hotline.rules import CODES, check_has, check_may_end, check_may_take_over
from himaya.kernel.access import Actor, Permission
from himaya.kernel.errors import NotPermitted
from himaya.reporting.public.answers import Answers
from tests.factories.moments import NOON

ME, OTHER = uuid4(), uuid4()
OPERATOR = Actor(
    kind="officer",
    name="hotline_operator",
    officer_id=ME,
    permissions=frozenset({Permission.CALL_TAKE}),
)


def refuses(kind):
    return pytest.raises(kind) if kind else nullcontext()


@pytest.mark.parametrize(
    ("operator", "ended", "no"),
    [(ME, None, None), (ME, NOON, CallOver), (OTHER, None, CallOver), (OTHER, NOON, CallOver)],
)
def test_only_whoever_has_the_caller_on_the_line_goes_on(operator, ended, no):
    call = Call(operator_id=operator, began_at=NOON, ended_at=ended)
    with refuses(no):
        check_has(OPERATOR, call)
    with pytest.raises(NotPermitted):
        check_has(Actor(kind="officer", name="intake_officer", officer_id=operator), call)


@pytest.mark.parametrize("noted", [True, False])
@pytest.mark.parametrize("destroy", [True, False])
@pytest.mark.parametrize("outcome", [*Call.Outcome.values, "", "else"])
def test_a_call_ends_with_a_code_of_the_list_and_notes_go_only_when_said(outcome, noted, destroy):
    kept = NotesThere if noted and not destroy else None
    with refuses(kept if outcome in CODES else NoCodeForReport):
        check_may_end(outcome, noted=noted, destroy=destroy)


@pytest.mark.parametrize(
    ("given_by", "taken_at", "withdrawn_at", "no"),
    [
        (OTHER, None, None, None),
        (ME, None, None, OwnHandover),
        (OTHER, NOON, None, HandoverOver),
        (OTHER, None, NOON, HandoverOver),
    ],
)
def test_a_caller_is_taken_once_and_by_somebody_else(given_by, taken_at, withdrawn_at, no):
    handover = Handover(given_by_id=given_by, taken_at=taken_at, withdrawn_at=withdrawn_at)
    with refuses(no):
        check_may_take_over(OPERATOR, handover)
    with pytest.raises(HandoverOver):
        check_may_take_over(OPERATOR, None)


@pytest.mark.parametrize(
    ("roles", "desks", "no"),
    [
        (["hotline_operator"], ["line"], None),
        (["hotline_operator"], ["line", "reports"], HotlineOnly),
        (["intake_officer"], ["reports"], None),
        (["hotline_operator", "desk_supervisor"], ["reports"], HotlineOnly),
    ],
)
def test_an_operator_is_not_proposed_for_a_desk_that_receives(roles, desks, no):
    with refuses(no):
        check_takes_calls(roles, desks, ["line"])


WORDS = st.text(max_size=60)


@settings(max_examples=40)
@given(
    st.builds(
        Notes,
        safe=st.sampled_from(["", "yes", "no", "unknown"]),
        place=WORDS,
        answers=st.builds(Answers, story=WORDS, agencies=st.tuples(WORDS), contact_how=WORDS),
    )
)
def test_what_was_noted_comes_back_as_it_was(notes):
    assert Notes.from_bytes(notes.to_bytes()) == notes


@pytest.mark.parametrize(
    ("safe", "danger", "told"),
    [("no", "", "now"), ("no", "not_now", "not_now"), ("yes", "", ""), ("", "unknown", "unknown")],
)
def test_who_is_not_safe_is_in_danger_now_unless_they_say_otherwise(safe, danger, told):
    assert Notes(safe=safe, answers=Answers(danger=danger)).told("en").danger == told


@pytest.mark.parametrize(
    ("notes", "blank"),
    [
        (Notes(), True),
        (Notes(safe="yes", speaks="yes", heard="no", place="  "), True),
        (Notes(safe="no"), False),
        (Notes(place="the market"), False),
        (Notes(answers=Answers(contact_how="her sister")), False),
    ],
)
def test_a_call_is_blank_when_no_desk_could_use_what_was_noted(notes, blank):
    assert notes.is_blank() is blank
