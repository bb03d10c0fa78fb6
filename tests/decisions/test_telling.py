"""A person is told of a decision: in a safe way, in their language, and by when they may object."""

from datetime import timedelta

import pytest

from himaya.audit.models import Pending
from himaya.cases.models import Case, Move
from himaya.cases.tracks import pack_of
from himaya.clocks.models import Deadline
from himaya.decisions.errors import NothingToTell, NotSafeToTell
from himaya.decisions.models import Told
from himaya.decisions.operations.telling import make_letter, tell
from himaya.decisions.wording import letter, may_ask_until
from himaya.kernel.errors import NotKnown, NotPermitted
from tests.factories import journey
from tests.factories.journey import LATER
from tests.factories.moments import NOON
from tests.factories.pdfs import Pdf
from tests.factories.refusals import refusal_of

pytestmark = pytest.mark.slow  # a long series


@pytest.fixture
def no(people, case):
    """A step by which an adult was not presumed a victim."""
    journey.screened(people, case)
    journey.presumed(people, case, presumed=False)
    Case.objects.filter(pk=case.pk).update(child="no", language="ar")
    return Move.objects.get(case=case, step="do_not_presume")


def tells(who, move, at=LATER, **changes):
    """An officer tells the person."""
    values = {"way": "in_person", "language": "ar", "interpreter": True, "safe": True} | changes
    with who.works():
        return tell(actor=who.actor, case_id=move.case_id, move_id=move.pk, at=at, **values)


def test_the_whole_time_to_object_counts_from_the_telling(people, no):
    told = tells(people.worker, no, at=NOON + timedelta(days=10))

    assert told.until == may_ask_until(pack_of(no.case), no, NOON + timedelta(days=10))
    assert told.until - told.told_at >= timedelta(days=30)
    acts = Pending.objects.filter(act="decision.told", subject_id=no.case_id)
    assert acts.count() == 1


def test_telling_is_due_from_the_decision_on_and_met_by_it(people, no):
    waiting = Deadline.objects.get(case_id=no.case_id, steps=["tell_person"])
    assert (waiting.desk_id, waiting.ended_at) == (people.worker.desk.pk, None)

    tells(people.worker, no)

    waiting.refresh_from_db()
    assert waiting.met_at == LATER


def test_a_yes_says_no_day(people, case):
    journey.screened(people, case)
    journey.presumed(people, case)
    Case.objects.filter(pk=case.pk).update(child="no")
    yes = Move.objects.get(case=case, step="presume")

    assert tells(people.worker, yes).until is None


@pytest.mark.parametrize(
    ("who", "changes", "refusal"),
    [
        ("worker", {"safe": False}, NotSafeToTell),
        ("worker", {"way": "guardian"}, NotSafeToTell),
        ("stranger", {}, NotKnown),
        ("shelter", {}, NotKnown),
        ("prosecutor", {}, NotKnown),
    ],
)
def test_who_may_tell_and_how(people, no, who, changes, refusal):
    found = refusal_of(lambda: tells(getattr(people, who), no, **changes))

    assert found in {refusal, NotPermitted if refusal is NotKnown else refusal}
    assert not Told.objects.exists()


def test_a_child_is_told_together_with_the_guardian(people, no):
    Case.objects.filter(pk=no.case_id).update(child="unknown")

    assert refusal_of(lambda: tells(people.worker, no)) is NotSafeToTell
    assert tells(people.worker, no, way="guardian").way == "guardian"


def test_nobody_is_told_twice(people, no):
    tells(people.worker, no)

    assert refusal_of(lambda: tells(people.identifier, no)) is NothingToTell


def test_a_step_that_decided_nothing_is_not_told(people, no):
    start = Move.objects.get(case=no.case_id, step="start_screening")

    assert refusal_of(lambda: tells(people.worker, start)) is NotKnown


@pytest.mark.parametrize("language", ["en", "ar", "ur", "am", "si", "xx"])
def test_a_letter_is_made_in_the_language_of_the_person_and_nothing_of_it_is_kept(
    people, no, language
):
    with people.worker.works():
        made = make_letter(
            actor=people.worker.actor,
            case_id=no.case_id,
            move_id=no.pk,
            language=language,
            words="CANARY-LETTER why",
            at=NOON,
        )

    assert made.startswith(b"%PDF-")
    kept = "".join(Pending.objects.values_list("facts", flat=True))
    assert "CANARY" not in kept


def test_a_letter_that_is_made_after_the_telling_promises_no_later_day(people, no):
    told = tells(people.worker, no)

    with people.worker.works():
        made = make_letter(
            actor=people.worker.actor,
            case_id=no.case_id,
            move_id=no.pk,
            language="en",
            words="",
            at=LATER + timedelta(days=10),
        )

    assert f"another look until {told.until:%-d %B %Y}" in " ".join(Pdf(made).words().split())


def test_a_letter_says_what_was_found_and_what_the_person_can_do(people, no):
    pack = pack_of(no.case)
    until = may_ask_until(pack, no, NOON)

    said = " ".join(letter(pack, no, "en", until).sentences)

    assert "another look until" in said
    assert "22 December 2026" in said
    assert "victim" not in said
