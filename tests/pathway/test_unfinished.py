"""A case ends when nothing of it is left to do: each thing that is keeps it open, and is named."""

from datetime import timedelta
from unittest import mock

import pytest
from django.urls import reverse
from django.utils import translation

from himaya.cases.models import Case
from himaya.clocks.models import Deadline
from himaya.identification.models import Screening
from himaya.pathway.errors import StillOpen
from himaya.pathway.operations.closing import ask_closure, decide_closure
from himaya.pathway.queries import under_way
from himaya.pathway.unfinished import duties_of
from himaya.tasks.models import Task
from himaya.tasks.operations import ending, giving
from himaya.tasks.operations.ending import drop
from tests.factories import handing, journey
from tests.factories.browsers import Browser, words_of
from tests.factories.journey import LATER
from tests.factories.moments import NOON
from tests.factories.refusals import refusal_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
NOT_TRAFFICKING, LOST = Case.Outcome.NOT_TRAFFICKING, Case.Outcome.LOST_CONTACT
WHOLE = "himaya.pathway.unfinished"


def at(case, name):
    """The address of a page of this case."""
    return reverse(name, args=[case.pk])


def ask(person, case, outcome=LOST):
    """This officer asks for the end of the case; returns what refuses it."""
    with person.works():
        return refusal_of(
            ask_closure,
            actor=person.actor,
            case_id=case.pk,
            outcome=outcome,
            informed=True,
            at=LATER,
        )


def given(person, case, kind=Task.Kind.PAPERS):
    """A task that waits."""
    with person.works():
        return giving.give(
            actor=person.actor,
            case_id=case.pk,
            kind=kind,
            officer_id=None,
            until=NOON.date() + timedelta(days=4),
            words="",
            at=NOON,
        )


def left(person, case):
    """How much is left, as this officer's desk sees it."""
    with person.works():
        return under_way(Case.objects.get(pk=case.pk), LATER)


def test_a_duty_of_the_desk_keeps_the_case_open_until_it_is_done(people, case):
    assert ask(people.worker, case, NOT_TRAFFICKING) is StillOpen

    assert journey.settled(people, case)
    assert ask(people.worker, case, NOT_TRAFFICKING) is None


def test_without_that_check_it_would_end_with_the_duty_undone(people, case):
    with mock.patch(f"{WHOLE}.duties_of", return_value=[]):
        assert ask(people.worker, case, NOT_TRAFFICKING) is None

    assert duties_of([case])


def test_a_clock_that_stands_still_keeps_the_case_open_too(people, case):
    Deadline.objects.filter(case_id=case.pk).update(paused_since=NOON)

    assert left(people.worker, case).deadlines > 0
    assert ask(people.worker, case, NOT_TRAFFICKING) is StillOpen


@pytest.mark.parametrize("outcome", ["lost_contact", "withdrew", "referred_elsewhere"])
def test_nothing_is_owed_to_who_is_gone_or_wants_no_more(people, case, outcome):
    assert left(people.worker, case).deadlines > 0

    assert ask(people.worker, case, Case.Outcome(outcome)) is None
    with people.colleague.works():
        decide_closure(actor=people.colleague.actor, case_id=case.pk, confirm=True, at=LATER)
    assert not Deadline.objects.running().filter(case_id=case.pk).exists()


def test_what_begins_to_be_due_after_the_asking_stops_the_confirmation(people, case):
    journey.settled(people, case)
    assert ask(people.worker, case, NOT_TRAFFICKING) is None
    journey.screened(people, case)
    journey.presumed(people, case)

    with people.colleague.works(), pytest.raises(StillOpen) as refused:
        decide_closure(actor=people.colleague.actor, case_id=case.pk, confirm=True, at=LATER)
    assert refused.value.facts["deadlines"]


def test_what_another_desk_answers_for_and_the_closing_itself_keep_nothing_open(people, case):
    journey.settled(people, case)
    assert Deadline.objects.running().filter(case_id=case.pk, desk=people.identifier.desk).exists()
    assert ask(people.worker, case, NOT_TRAFFICKING) is None
    assert Deadline.objects.running().filter(case_id=case.pk, track="closure").exists()

    with people.colleague.works():
        decide_closure(actor=people.colleague.actor, case_id=case.pk, confirm=True, at=LATER)
    assert Screening.objects.get(subject_id=case.pk).state == "ended"


def test_what_the_prosecution_has_taken_over_is_handed_over(people, case):
    journey.screened(people, case)
    journey.presumed(people, case)
    referral = journey.sent(people, journey.drafted(people, case))
    assert ask(people.worker, case) is StillOpen
    journey.acknowledged(people.prosecutor, referral)
    journey.accepted(people.prosecutor, referral, ())

    steps = set(journey.settled(people, case))
    assert steps
    assert not {"open_lawsuit", "drop_case", "take_up"} & steps
    assert left(people.worker, case).deadlines == 0
    assert ask(people.worker, case) is None


def test_an_open_task_keeps_the_case_open_until_it_is_done_or_dropped(people, case):
    done, dropped = given(people.worker, case), given(people.worker, case)
    assert ask(people.worker, case) is StillOpen
    with people.worker.works():
        ending.finish(actor=people.worker.actor, task_id=done.pk, version=1, at=LATER)
    assert ask(people.worker, case) is StillOpen

    with people.worker.works():
        drop(actor=people.worker.actor, task_id=dropped.pk, version=1, why="not_needed", at=LATER)
    assert ask(people.worker, case) is None


def test_without_that_check_it_would_end_with_a_task_undone(people, case):
    given(people.worker, case)

    with mock.patch(f"{WHOLE}.tasks_of", return_value=[]):
        assert ask(people.worker, case) is None


def test_a_date_in_court_keeps_the_case_open_until_it_is_past(people, case):
    hearing = given(people.worker, case, Task.Kind.COURT_DATE)
    assert left(people.worker, case).court_dates == 1
    assert "no_open_proceedings" not in left(people.worker, case).met()
    assert ask(people.worker, case) is StillOpen

    with people.worker.works():
        ending.finish(actor=people.worker.actor, task_id=hearing.pk, version=1, at=LATER)
    assert "no_open_proceedings" in left(people.worker, case).met()
    assert ask(people.worker, case) is None


def test_a_transfer_hands_over_what_was_to_do(people, case):
    given(people.worker, case)
    consent = handing.agreed(people, case)
    handing.taken(people.stranger, handing.offered(people, case, consent))

    assert left(people.stranger, case).tasks == 1
    assert left(people.stranger, case).deadlines > 0
    assert Task.objects.get().desk_id == people.stranger.desk.pk
    assert Task.objects.get().officer_id is None


def test_the_page_names_each_thing_and_leads_to_it(people, case):
    task = given(people.worker, case)
    consent = journey.consented(people, case)
    referral = journey.drafted(people, case)
    page = Browser(people.worker).get(at(case, "pathway:close"))

    for where in (
        reverse("tasks:show", args=[task.pk]),
        reverse("consent:show", args=[case.pk, consent.pk]),
        reverse("referrals:show", args=[referral.pk]),
        f"{at(case, 'pathway:case')}#deadlines",
    ):
        assert f'href="{where}"' in page.content.decode()
        assert Browser(people.worker).get(where).status_code == 200
    assert "1 task is still to do." in words_of(page)
    assert 'name="outcome"' not in page.content.decode()


def test_where_only_deadlines_are_left_the_page_says_which_ends_they_allow(people, case):
    browser = Browser(people.worker)
    page = browser.get(at(case, "pathway:close"))
    assert 'name="outcome"' in page.content.decode()
    assert "Your desk still owes the person what is due." in words_of(page)

    refused = browser.post(
        at(case, "pathway:close"), {"outcome": "not_trafficking", "informed": "on"}
    )
    assert refused.status_code == 422
    assert "1 deadline of your desk is still running." in words_of(refused)
    taken = browser.post(at(case, "pathway:close"), {"outcome": "withdrew", "informed": "on"})
    assert taken.status_code == 302


@pytest.mark.parametrize(
    ("kind", "english", "arabic"),
    [
        ("referrals", "referral", "إحال"),
        ("shares", "consent", "موافق"),
        ("places", "shelter", "إيواء"),
        ("deadlines", "deadline", "موعد"),
        ("tasks", "task", "مهم"),
    ],
)
def test_the_sentence_that_refuses_says_which_thing_in_both_languages(kind, english, arabic):
    bare = len(StillOpen().sentence())
    assert english in StillOpen(**{kind: 1}).sentence()[bare:]

    with translation.override("ar"):
        bare = len(StillOpen().sentence())
        assert arabic in StillOpen(**{kind: 1}).sentence()[bare:]
