"""Any step that a pack lays out is taken on one page; what stands in the way is said there."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse

from himaya.audit.models import Pending
from himaya.audit.sequencer import number_pending
from himaya.cases.errors import CaseIsClosed, ConditionMissing, NotYourStep, StepNotOpen
from himaya.cases.models import Case, Move, TrackState
from himaya.kernel.errors import NotKnown, NotPermitted
from himaya.packs.loader import current
from himaya.pathway.errors import NotAccepted, TakenElsewhere
from himaya.pathway.operations.steps import Stated, take, take_referred
from himaya.referrals.models import Referral
from himaya.vault.models import Sealed
from tests.factories import journey
from tests.factories.browsers import Browser, words_of
from tests.factories.cases import referral
from tests.factories.moments import NOON
from tests.factories.refusals import refusal_of

pytestmark = pytest.mark.slow  # a long series
CHOSE = Stated(conditions=["person_chose"])


def stands(case, track):
    """Where a track of the case stands."""
    return TrackState.objects.get(case=case, track=track).state


def place(case, track, state):
    """Put a track somewhere, without the way there."""
    TrackState.objects.filter(case=case, track=track).update(state=state)


def taken(person, case, step, stated=CHOSE, at=NOON):
    """The officer takes a step, with the rights of their site only."""
    with person.works():
        return take(actor=person.actor, case_id=case.pk, step_id=step, stated=stated, at=at)


def page_of(case, step):
    """The address of a step."""
    return reverse("pathway:step", args=[case.pk, step])


def labour_steps():
    """The steps of the labour track from its start to an end, the first way that leads there."""
    track, steps, state = current().track("labour"), [], current().track("labour").start
    seen = {state}
    while not (steps and track.state(state).end):
        step = next(s for s in current().steps_from("labour", state) if s.to not in seen)
        steps.append(step)
        state = step.to
        seen.add(state)
    return steps


def test_the_labour_track_is_walked_to_its_end_without_a_page_of_its_own(people, case):
    journey.screened(people, case)

    for step in labour_steps():
        stated = Stated(conditions=step.guards, documents=step.documents, words="Said so.")
        taken(people.worker, case, step.id, stated)

    last = labour_steps()[-1]
    assert stands(case, "labour") == last.to
    moves = Move.objects.filter(case=case, track="labour").order_by("at", "pk")
    assert {move.step for move in moves} == {step.id for step in labour_steps()}
    assert {move.officer for move in moves} == {people.worker.officer.pk}
    told = [json.loads(act.facts) for act in Pending.objects.filter(act="case.step_taken")]
    assert {each["step"] for each in told} == {step.id for step in labour_steps()}


def test_what_is_not_stated_or_recorded_refuses_the_step_and_changes_nothing(people, case):
    hear = "hear_complaint"
    step = next(s for s in current().steps_from("labour", "no_complaint"))
    hear = step.id

    for stated in (Stated(), CHOSE, Stated(conditions=["screened", "person_chose"])):
        assert refusal_of(taken, people.worker, case, hear, stated) is ConditionMissing
    journey.screened(people, case)
    assert refusal_of(taken, people.worker, case, hear, Stated()) is ConditionMissing

    assert stands(case, "labour") == "no_complaint"
    assert not Move.objects.filter(case=case, track="labour").exists()


@pytest.mark.parametrize(
    ("who", "step", "refusal"),
    [
        ("worker", "find_regular", None),
        ("identifier", "find_regular", NotYourStep),
        ("stranger", "find_regular", NotKnown),
        ("shelter", "find_regular", NotKnown),
        ("prosecutor", "find_regular", NotKnown),
        ("intake", "find_regular", NotKnown),
        ("worker", "lift_report", StepNotOpen),
        ("worker", "request_closure", TakenElsewhere),
        ("worker", "choose_stay", TakenElsewhere),
    ],
)
def test_who_may_take_which_step(people, case, who, step, refusal):
    assert refusal_of(taken, getattr(people, who), case, step) is refusal


def test_nobody_takes_a_step_in_a_closed_case_or_without_the_permission(people, case):
    bare = people.overseer

    assert refusal_of(taken, bare, case, "find_regular") is NotKnown
    Case.objects.filter(pk=case.pk).update(state="closed", closed_at=NOON, outcome="withdrew")
    assert refusal_of(taken, people.worker, case, "find_regular") is CaseIsClosed
    assert NotPermitted.status == 403


def test_reasons_are_sealed_and_stand_nowhere_in_clear(people, case):
    place(case, "recovery", "running")

    without = refusal_of(taken, people.worker, case, "extend_recovery", Stated())
    taken(people.worker, case, "extend_recovery", Stated(words="She cannot sleep yet."))

    assert without is ConditionMissing
    assert Sealed.objects.filter(
        compartment__subject_id=case.pk, name__startswith="reasons"
    ).exists()
    facts = "".join(Pending.objects.values_list("facts", flat=True))
    assert "sleep" not in facts


def test_a_review_begins_its_time_anew(people, case):
    place(case, "assistance", current().step("review_plan").to)
    later = NOON + timedelta(days=29)

    taken(people.worker, case, "review_plan", Stated(), at=later)

    assert TrackState.objects.get(case=case, track="assistance").since == later


def test_what_nobody_has_shown_yet_is_not_to_be_stated(people, case):
    """The gate: no officer can say that it was passed."""
    place(case, "solution", "gate")
    stated = Stated(conditions=["gate_passed", "different_agency"], words="Quick, quick.")

    assert refusal_of(taken, people.worker, case, "pass_gate", stated) in {
        NotYourStep,
        ConditionMissing,
    }
    assert stands(case, "solution") == "gate"


def test_the_case_page_offers_what_can_be_done_and_says_why_not_the_rest(people, case):
    browser = Browser(people.worker)

    page = browser.get(reverse("pathway:case", args=[case.pk]))

    words = words_of(page)
    assert "What can be done now" in words
    assert page_of(case, "find_regular") in page.content.decode()
    assert "A screening must be complete first." in words  # a labour complaint waits for it
    assert "This step is for: identification officer." in words
    assert page_of(case, "start_screening") not in page.content.decode()
    assert len(browser.queries) <= 12


def test_the_page_asks_what_the_pack_asks_and_takes_the_step(people, case):
    journey.screened(people, case)
    step = current().steps_from("labour", "no_complaint")[0]
    browser = Browser(people.worker)

    asked = words_of(browser.get(page_of(case, step.id)))
    kept = browser.post(page_of(case, step.id), {"words": "Typed at three in the morning"})
    done = browser.post(page_of(case, step.id), {"person_chose": "on", "documents": step.documents})

    assert "The person chose this freely" in asked
    assert all(label in asked for label in ["Labour complaint", "Stands now", "Leads to"])
    assert kept.status_code == 422
    assert "Typed at three in the morning" in words_of(kept)
    assert done.status_code == 302
    assert stands(case, "labour") == step.to
    while number_pending():
        pass
    timeline = words_of(browser.get(reverse("pathway:case", args=[case.pk])))
    assert step.label.en in timeline


def test_the_page_says_why_instead_of_showing_a_button(people, case):
    step = current().steps_from("labour", "no_complaint")[0]

    page = Browser(people.worker).get(page_of(case, step.id))
    in_arabic = words_of(Browser(people.worker, language="ar").get(page_of(case, step.id)))

    assert "A screening must be complete first." in words_of(page)
    assert 'type="submit" >Record' not in page.content.decode()
    assert "Record this step" not in words_of(page)
    assert "يجب إتمام الفحص أولًا." in in_arabic


@pytest.mark.parametrize(
    ("who", "step", "status"),
    [
        ("worker", "find_regular", 200),
        ("worker", "choose_stay", 404),
        ("worker", "no_such_step", 404),
        ("stranger", "find_regular", 404),
        ("overseer", "find_regular", 403),
    ],
)
def test_what_an_officer_may_not_know_of_is_not_found(people, case, who, step, status):
    assert Browser(getattr(people, who)).get(page_of(case, step)).status_code == status


# --- desks that were asked to help: they see their own track and no case ---


def helped(person, referral, step, stated=CHOSE):
    """An officer of the desk that took the person on takes a step of its own work."""
    with person.works():
        return take_referred(
            actor=person.actor, referral_id=referral.pk, step_id=step, stated=stated, at=NOON
        )


def test_a_shelter_moves_its_own_track_and_its_reasons_go_to_the_referral(people, served):
    case = Case.objects.get(pk=served.case_id)
    assert stands(case, "shelter") == "admitted"

    helped(people.shelter, served, "go_on_leave")
    helped(people.shelter, served, "come_back", Stated(words="Back before dark."))

    assert stands(case, "shelter") == "admitted"
    sealed = Sealed.objects.get(name="reasons come_back")
    assert sealed.compartment.subject_id == served.pk
    officers = {move.officer for move in Move.objects.filter(case=case, track="shelter")}
    assert people.shelter.officer.pk in officers


@pytest.mark.parametrize(
    ("who", "step", "refusal"),
    [
        ("shelter", "go_on_leave", None),
        ("shelter", "find_regular", NotKnown),  # a track that is not its work
        ("shelter", "stop_return", NotKnown),
        ("shelter", "admit", TakenElsewhere),
        ("worker", "go_on_leave", NotKnown),  # who sent it works on the page of the case
        ("stranger", "go_on_leave", NotKnown),
        ("other_shelter", "go_on_leave", NotKnown),
        ("prosecutor", "go_on_leave", NotKnown),
    ],
)
def test_who_takes_the_steps_of_a_desk_that_helps(people, served, who, step, refusal):
    assert refusal_of(helped, getattr(people, who), served, step) is refusal


def test_before_it_is_accepted_and_after_its_end_a_referral_opens_no_step(people, case):
    journey.screened(people, case)
    journey.presumed(people, case)
    fresh = referral(case, people.shelter.desk)
    place(case, "shelter", "admitted")

    assert refusal_of(helped, people.shelter, fresh, "go_on_leave") is NotAccepted
    Referral.objects.filter(pk=fresh.pk).update(state="withdrawn", ended_at=NOON)
    assert refusal_of(helped, people.shelter, fresh, "go_on_leave") in {NotAccepted, NotKnown}
    assert stands(case, "shelter") == "admitted"


def test_the_page_of_a_desk_that_helps_shows_its_own_track_only(people, served):
    browser = Browser(people.shelter)
    address = reverse("pathway:referred", args=[served.pk])

    page = browser.get(address)
    step = reverse("pathway:referred_step", args=[served.pk, "go_on_leave"])
    taken_there = browser.post(step, {"person_chose": "on"})

    words = words_of(page)
    assert "Go on leave" in words
    assert "Labour" not in words
    assert "Identification" not in words
    assert (taken_there.status_code, taken_there["location"]) == (302, address)
    assert Browser(people.stranger).get(address).status_code == 404
    assert Browser(people.worker).get(address).status_code == 404


def test_the_page_of_a_step_that_leads_on_from_elsewhere_says_so(people, served):
    browser = Browser(people.shelter)
    step = reverse("pathway:referred_step", args=[served.pk, "turn_down_place"])

    opened, sent = browser.get(step), browser.post(step, {"person_chose": "on"})

    assert (opened.status_code, sent.status_code) == (200, 422)
    assert "This step cannot be taken now." in words_of(opened)
    assert "This step cannot be taken now." in words_of(sent)
