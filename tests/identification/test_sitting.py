"""An interview page by page: begun, kept, stopped, gone on with, by one officer or by two."""

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from himaya.identification import ages, sets
from himaya.identification.errors import (
    ChildAlone,
    InstrumentNotInForce,
    InterpreterNotFit,
    NotBegun,
    NotCertifiedForChildren,
    NotInformed,
)
from himaya.identification.manner import Manner
from himaya.identification.models import Answer, Screening, Sitting
from himaya.identification.operations import asking, sitting
from himaya.identification.operations.taking import Finding, take
from himaya.identification.queries import answers_of, carried_of, known_of
from himaya.identification.rules import INTERVIEWING
from himaya.kernel.errors import NotKnown, Stale
from himaya.packs.loader import current
from himaya.vault.models import Sealed
from tests.factories import journey
from tests.factories.moments import NOON
from tests.factories.people import seat

pytestmark = pytest.mark.slow  # a long series
LATER = NOON + timedelta(hours=2)
INTERPRETED = Manner(interpreter=Sitting.Interpreter.PRESENT, bound=True, clear=True, name="CANARY")


def waiting(case):
    return Screening.objects.get(subject_id=case.pk, state="asked")


def begun(who, case, **changes):
    """Who sits down with the person, with the labour set."""
    screening = waiting(case)
    values = {
        "version": screening.version,
        "manner": Manner(),
        "sets": journey.asked_with("adult_labour"),
        "age": journey.AN_ADULT,
        "at": NOON,
    } | changes
    with who.works():
        return sitting.begin(actor=who.actor, screening_id=screening.pk, **values)


def kept(who, case, answers, **changes):
    """Who saves what was answered so far."""
    screening = waiting(case)
    values = {"version": screening.version, "words": "", "at": NOON} | changes
    with who.works():
        return sitting.keep(actor=who.actor, screening_id=screening.pk, answers=answers, **values)


def stopped(who, case, why=Sitting.Ended.WANTED, **changes):
    """Who ends the sitting."""
    screening = waiting(case)
    values = {"version": screening.version, "words": "", "at": LATER} | changes
    with who.works():
        return sitting.stop(actor=who.actor, screening_id=screening.pk, why=why, **values)


def finished(who, case, **changes):
    """Who weighs what was kept and finishes."""
    screening = waiting(case)
    values = {
        "version": screening.version,
        "sets": sets.sets_begun(screening),
        "answers": {},
        "finding": Finding(elements=journey.ALL_THREE),
        "words": "",
        "at": LATER,
    } | changes
    with who.works():
        return take(actor=who.actor, screening_id=screening.pk, **values)


def test_a_draft_keeps_codes_in_clear_and_words_under_seal(people, case):
    begun(people.identifier, case, manner=INTERPRETED)
    kept(people.identifier, case, {"D4.01": "yes", "D5.01": "would_not_say"}, words="CANARY-SAID")

    draft = waiting(case)
    assert (draft.state, draft.instrument, draft.informed) == ("asked", "adult_labour", True)
    assert answers_of(draft) == {"D4.01": "yes", "D5.01": "would_not_say"}
    names = set(
        Sealed.objects.filter(name__in=["interview", "interpreter", "age"]).values_list(
            "name", flat=True
        )
    )
    assert names == {"interview", "interpreter", "age"}
    assert not [each for each in Sealed.objects.all() if b"CANARY" in bytes(each.content)]


def test_an_answer_may_change_until_the_end_and_what_nobody_asked_says_so(people, case):
    begun(people.identifier, case)
    kept(people.identifier, case, {"D4.01": "no", "D4.02": "yes", "D4.03": "yes", "D4.04": "yes"})
    kept(people.identifier, case, {"D4.01": "yes", "D5.01": "yes", "D5.02": "yes"})

    advice = finished(people.identifier, case)

    taken = Screening.objects.get(subject_id=case.pk)
    answers = answers_of(taken)
    assert advice.category == "trafficking"
    assert (answers["D4.01"], answers["D6.01"]) == ("yes", "not_asked")
    assert len(answers) == len(current().instrument("adult_labour").indicators)
    (sat,) = Sitting.objects.filter(screening=taken)
    assert (sat.ended, sat.ended_at) == ("finished", LATER)


def test_stopping_loses_nothing_and_somebody_goes_on_another_day(people, case):
    colleague = seat("identification_officer", people.identifier.desk)
    begun(people.identifier, case)
    kept(people.identifier, case, {"D4.01": "yes"}, pause=True)
    stopped(people.identifier, case, Sitting.Ended.DISTRESS)

    with pytest.raises(NotBegun):
        kept(people.identifier, case, {"D4.02": "yes"})
    begun(colleague, case, age=None, at=LATER)
    kept(colleague, case, {"D4.02": "yes"}, at=LATER)
    finished(colleague, case, at=LATER + timedelta(hours=1))

    sat = Sitting.objects.order_by("began_at")
    assert [(each.ended, each.breaks) for each in sat] == [("distress", 1), ("finished", 0)]
    assert answers_of(Screening.objects.get(subject_id=case.pk))["D4.01"] == "yes"


def test_a_colleague_who_takes_over_sits_in_their_own_name(people, case):
    colleague = seat("identification_officer", people.identifier.desk)
    begun(people.identifier, case)
    begun(colleague, case, at=LATER)

    sat = Sitting.objects.order_by("began_at")
    assert [each.ended for each in sat] == ["handed_over", ""]
    assert [each.officer_id for each in sat] == [
        people.identifier.actor.officer_id,
        colleague.actor.officer_id,
    ]


def test_of_two_who_edit_one_draft_the_second_is_told(people, case):
    colleague = seat("identification_officer", people.identifier.desk)
    version = begun(people.identifier, case).version
    kept(people.identifier, case, {"D4.01": "yes"}, version=version)

    with pytest.raises(Stale):
        kept(colleague, case, {"D4.01": "no"}, version=version)
    assert answers_of(waiting(case)) == {"D4.01": "yes"}


@pytest.mark.parametrize(
    ("manner", "refusal"),
    [
        (Manner(informed=False), NotInformed),
        (replace(INTERPRETED, bound=False), InterpreterNotFit),
        (replace(INTERPRETED, clear=False), InterpreterNotFit),
    ],
)
def test_nobody_begins_where_it_would_do_harm(people, case, manner, refusal):
    with pytest.raises(refusal):
        begun(people.identifier, case, manner=manner)
    assert waiting(case).instrument == ""
    assert not Sitting.objects.exists()


def test_a_child_is_asked_by_nobody_without_the_certificate_and_a_colleague_needs_it_too(
    people, case
):
    desk = people.identifier.desk
    trained = seat("identification_officer", desk, trained=["child_interviewing"])
    child = {
        "age": ages.born(2012, 3, None, on=NOON.date()),
        "sets": journey.asked_with("child_labour"),
        "manner": journey.BESIDE_A_CHILD,
    }

    with pytest.raises(NotCertifiedForChildren):
        begun(people.identifier, case, **child)
    begun(trained, case, **child)
    with pytest.raises(NotCertifiedForChildren):
        kept(people.identifier, case, {"D4.01": "yes"})
    kept(trained, case, {"D4.01": "yes", "D4.02": "yes"})
    finished(trained, case)

    assert Screening.objects.get(subject_id=case.pk).child is True


def test_a_child_is_not_heard_alone_and_who_is_beside_them_is_on_record(people, case):
    trained = seat("identification_officer", people.identifier.desk, trained=["child_interviewing"])
    child = {"age": ages.UNKNOWN, "sets": journey.asked_with("child_labour")}

    with pytest.raises(ChildAlone):
        begun(trained, case, **child)
    assert not Sitting.objects.exists()
    begun(trained, case, manner=journey.BESIDE_A_CHILD, **child)

    sat = Sitting.objects.get()
    assert (sat.with_child, sat.company, sat.no_tie) == (True, "guardian", "appointed")


def test_who_seemed_an_adult_and_is_found_to_be_a_child_is_heard_alone_no_further(people, case):
    trained = seat("identification_officer", people.identifier.desk, trained=["child_interviewing"])
    begun(trained, case)
    kept(trained, case, {"D4.01": "yes"})

    with pytest.raises(ChildAlone):
        finished(trained, case, age=ages.estimated(15, 20), sets=journey.asked_with("child_labour"))
    with pytest.raises(ChildAlone):
        begun(trained, case, age=ages.estimated(15, 20))
    assert waiting(case).state == "asked"


def test_a_certificate_that_lapses_meanwhile_keeps_the_answers_and_leaves_the_end_to_a_colleague(
    people, case
):
    desk = people.identifier.desk
    trained = seat("identification_officer", desk, trained=["child_interviewing"])
    colleague = seat("identification_officer", desk, trained=["child_interviewing"])
    child = {"age": ages.UNKNOWN, "sets": journey.asked_with("child_labour")}
    begun(trained, case, manner=journey.BESIDE_A_CHILD, **child)
    lapsed = replace(trained, actor=replace(trained.actor, certificates=frozenset({INTERVIEWING})))

    kept(lapsed, case, {"D4.01": "yes"})
    with pytest.raises(NotCertifiedForChildren):
        finished(lapsed, case)
    finished(colleague, case)

    assert answers_of(Screening.objects.get(subject_id=case.pk))["D4.01"] == "yes"


def test_what_was_found_before_stands_as_asked(people, case):
    journey.screened(people, case)
    with people.identifier.works():
        asking.ask(
            actor=people.identifier.actor,
            subject_id=case.pk,
            pseudonym=case.pseudonym,
            desk_id=people.identifier.desk.pk,
            pack=case.pack,
            due_at=LATER,
            at=NOON,
            why=Screening.Why.WANTS_TO_SPEAK,
        )
    begun(people.identifier, case, at=LATER)

    draft = waiting(case)
    assert answers_of(draft) == {sign: each.value for sign, each in known_of(draft).items()}
    assert set(carried_of(draft)) == set(answers_of(draft))
    kept(people.identifier, case, {"D5.01": "no", "D4.02": "yes"}, at=LATER)
    changed = Answer.objects.get(screening=draft, indicator="D5.01")
    same = Answer.objects.get(screening=draft, indicator="D4.02")
    assert (changed.value, changed.carried) == ("no", False)
    assert same.carried


def test_a_draft_may_be_finished_with_a_set_that_was_retired_meanwhile(people, case, monkeypatch):
    begun(people.identifier, case)
    kept(people.identifier, case, {"D4.01": "yes", "D4.02": "yes"})
    newer = without_the_labour_set(current())
    monkeypatch.setattr(sets, "pack_of_screening", lambda screening: newer)

    draft = waiting(case)
    assert sets.was_retired(draft, NOON.date())
    assert sets.successor(draft, NOON.date()).code == "ilo_11"
    assert next(iter(sets.offered(draft, NOON.date()))).code == "adult_labour"
    finished(people.identifier, case)

    taken = Screening.objects.get(subject_id=case.pk)
    assert (taken.state, taken.instrument) == ("taken", "adult_labour")


def test_or_gone_on_with_what_takes_its_place_and_the_answers_stay(people, case, monkeypatch):
    begun(people.identifier, case)
    kept(people.identifier, case, {"D4.01": "yes"})
    newer = without_the_labour_set(current())
    monkeypatch.setattr(sets, "pack_of_screening", lambda screening: newer)
    chosen = sets.sets_for(waiting(case), "ilo_11", [], on=NOON.date())

    begun(people.identifier, case, sets=chosen, age=None)
    kept(people.identifier, case, {"ILO.07": "yes"})
    finished(people.identifier, case)

    taken = Screening.objects.get(subject_id=case.pk)
    assert taken.instrument == "ilo_11"
    assert answers_of(taken)["D4.01"] == "yes"


def test_where_no_set_in_force_fits_the_age_none_is_chosen(people, case, monkeypatch):
    bare = replace(current(), instruments=())
    monkeypatch.setattr(sets, "pack_of_screening", lambda screening: bare)

    with pytest.raises(InstrumentNotInForce):
        sets.sets_for(waiting(case), "", [], on=NOON.date())


def without_the_labour_set(pack):
    """The pack as a later edition has it: the set retired, the eleven indicators in its place."""
    instruments = tuple(
        replace(each, retired=NOON.date(), replaced_by="ilo_11")
        if each.code == "adult_labour"
        else each
        for each in pack.instruments
    )
    return replace(pack, instruments=instruments)


def test_lists_are_asked_beside_the_set_and_decide_nothing(people, case):
    beside = journey.asked_with("adult_labour", ["trauma_signs", "vulnerability"])
    begun(people.identifier, case, sets=beside)
    kept(people.identifier, case, {"D4.01": "no", "TR.04": "yes", "VS.01": "yes"})

    advice = finished(people.identifier, case)

    taken = Screening.objects.get(subject_id=case.pk)
    assert advice.category == "no_signs"
    assert taken.lists == ["trauma_signs", "vulnerability"]
    assert answers_of(taken)["VI.01"] == "not_asked"


@pytest.mark.parametrize("who", ["worker", "stranger", "intake"])
def test_no_other_desk_sits_down_or_changes_an_answer(people, case, who):
    begun(people.identifier, case)
    kept(people.identifier, case, {"D4.01": "yes"})
    other, draft = getattr(people, who), waiting(case)

    with pytest.raises(NotKnown):
        begun(other, case)
    with other.works():
        with suppress(DatabaseError), transaction.atomic():
            Answer.objects.filter(screening=draft).update(value="no")
        with suppress(DatabaseError), transaction.atomic():
            Sitting.objects.filter(screening=draft).update(breaks=9)
        with pytest.raises(DatabaseError), transaction.atomic():
            Answer.objects.create(screening=draft, indicator="D4.02", value="yes")
    assert answers_of(draft) == {"D4.01": "yes"}
    assert Sitting.objects.get().breaks == 0


def test_a_draft_ends_with_its_case_and_so_does_its_sitting(people, case):
    begun(people.identifier, case)
    with people.identifier.works():
        asking.end_with_case(actor=people.identifier.actor, subject_id=case.pk, at=LATER)

    assert Screening.objects.get(subject_id=case.pk).state == "ended"
    assert Sitting.objects.get().ended == "time"
