"""An interview is recorded whole, by the desk that was asked, once."""

import pytest
from django.db import DatabaseError, connection, transaction

from himaya.audit.models import Pending
from himaya.cases.operations.screening_again import screen_again
from himaya.identification import ages
from himaya.identification.errors import (
    AlreadyScreened,
    ChildAlone,
    NoActAnswer,
    NotBegun,
    NotCertifiedForChildren,
    NotForThisAge,
    NotPrivate,
    UnknownElement,
)
from himaya.identification.manner import Manner
from himaya.identification.models import Answer, Screening, Sitting
from himaya.identification.operations import asking
from himaya.identification.operations.taking import Finding, take
from himaya.identification.queries import waiting_for
from himaya.kernel.access import Permission
from himaya.kernel.errors import CertificateMissing, NotKnown, Stale
from himaya.packs.loader import current
from himaya.vault.models import Sealed
from tests.factories import journey
from tests.factories.moments import NOON
from tests.factories.people import seat

pytestmark = pytest.mark.slow  # a long series


CHILDREN = ("child_interviewing",)


def heard_by(case, trained, **interview):
    """An officer of the desk that was asked, with these further trainings, takes the screening."""
    officer = seat("identification_officer", screening_of(case).desk, trained=trained)
    beside = {"manner": journey.BESIDE_A_CHILD} | interview
    return journey.screened(None, case, by=officer, **beside)


def screening_of(case):
    return Screening.objects.get(subject_id=case.pk)


def test_what_was_found_is_kept_as_codes_and_what_was_said_under_seal(people, case):
    journey.screened(people, case, words="CANARY-INTERVIEW")

    taken = screening_of(case)
    assert (taken.state, taken.advice, taken.child) == ("taken", "trafficking", False)
    assert taken.positive_dimensions == ["exploitation", "coercion_at_destination"]
    signs = current().instrument("adult_labour").indicators
    assert Answer.objects.filter(screening=taken).count() == len(signs)
    said = Sealed.objects.get(name="interview")
    assert b"CANARY" not in bytes(said.content)
    assert Pending.objects.filter(act="screening.taken", subject_id=case.pk).count() == 1


def test_an_instrument_without_score_keeps_its_answers_and_advises_nothing(people, case):
    signs = current().instrument("ilo_11").indicators
    answers = dict.fromkeys([sign.id for sign in signs], "yes")

    journey.screened(people, case, instrument="ilo_11", answers=answers)

    assert screening_of(case).advice == "unscored"


def test_a_screening_leaves_the_list_when_it_is_done(people, case):
    with people.identifier.works():
        assert [each.pseudonym for each in waiting_for(people.identifier.actor)] == [case.pseudonym]
    journey.screened(people, case)
    with people.identifier.works():
        assert waiting_for(people.identifier.actor) == []


@pytest.mark.parametrize("who", ["worker", "stranger", "intake"])
def test_no_other_desk_knows_the_screening_as_its_own(people, case, who):
    person = getattr(people, who)
    screening = screening_of(case)
    with person.works():
        assert waiting_for(person.actor) == []
        with pytest.raises(NotKnown):
            taken_by(person, screening)


def test_a_colleague_without_certificate_finds_the_role_closed(people, case):
    learner = seat("identification_officer", people.identifier.desk, certified=False)

    assert learner.actor.permissions == frozenset()
    with pytest.raises(CertificateMissing):
        learner.actor.need(Permission.PERSON_SCREEN)


def test_a_second_interview_on_the_same_screening_is_refused(people, case):
    journey.screened(people, case)

    with pytest.raises(AlreadyScreened):
        journey.screened(people, case)


def test_a_form_that_is_older_than_the_record_is_refused(people, case):
    with pytest.raises(Stale):
        journey.screened(people, case, version=0)


def test_an_empty_form_is_refused_and_leaves_nothing_half_done(people, case):
    unknown = {"D1.01": Answer.Value.NOT_KNOWN, "D4.01": Answer.Value.NOT_ASKED}
    before = Pending.objects.count()

    with pytest.raises(NoActAnswer):
        journey.screened(people, case, answers=unknown)

    assert screening_of(case).state == "asked"
    assert not Answer.objects.exists()
    assert not Sealed.objects.filter(name="interview").exists()
    assert Pending.objects.count() == before


def test_the_database_refuses_a_screening_that_is_half_taken(people, case):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE identification_screening SET state = 'taken'")


def test_the_leading_desk_may_end_a_waiting_screening_and_change_nothing_else(people, case):
    screening = screening_of(case)
    with people.worker.works():
        for change in ({"state": "taken"}, {"pseudonym": "ZZ-2222"}, {"informed": True}):
            with pytest.raises(DatabaseError), transaction.atomic():
                Screening.objects.filter(pk=screening.pk).update(**change)
        asking.end_with_case(actor=people.worker.actor, subject_id=case.pk, at=NOON)
    with people.stranger.works():
        assert Screening.objects.update(state="ended") == 0

    screening.refresh_from_db()
    assert (screening.state, screening.taken_at) == ("ended", None)


def test_what_the_officer_finds_is_kept_beside_the_advice(people, case):
    finding = Finding(
        elements=["forced_labour", "deception", "recruitment"],
        child_then=Screening.ChildThen.NO,
        view=Screening.View.WEAKER,
        words="CANARY-DOUBT",
    )

    advice = journey.screened(people, case, finding=finding)

    taken = screening_of(case)
    assert advice.category == "trafficking"
    assert taken.elements == ["deception", "forced_labour", "recruitment"]
    assert (taken.act_present, taken.officer_view, taken.doubts) == (True, "weaker", True)
    assert b"CANARY" not in bytes(Sealed.objects.get(name="view").content)


def test_without_an_act_the_signs_point_to_exploitation_only(people, case):
    advice = journey.screened(people, case, finding=Finding(elements=["forced_labour"]))

    assert advice.category == "exploitation"
    assert screening_of(case).act_present is False


def test_whoever_was_a_child_when_it_happened_needs_no_means(people, case):
    found = {"D4.02": "yes", "D4.03": "yes", "D4.04": "yes"}
    then = Finding(elements=["recruitment"], child_then=Screening.ChildThen.YES)

    advice = journey.screened(people, case, answers=found, finding=then)

    assert (advice.category, screening_of(case).child) == ("trafficking", False)


def test_an_element_that_the_law_does_not_have_is_refused(people, case):
    with pytest.raises(UnknownElement):
        journey.screened(people, case, finding=Finding(elements=["envy"]))


@pytest.mark.parametrize(
    ("age", "instrument", "trained", "refusal"),
    [
        (ages.UNKNOWN, "child_labour", (), NotCertifiedForChildren),
        (ages.estimated(16, 20), "child_labour", (), NotCertifiedForChildren),
        (ages.estimated(16, 20), "adult_labour", CHILDREN, NotForThisAge),
        (ages.assessed(child=False), "child_labour", (), NotForThisAge),
    ],
)
def test_in_doubt_nobody_passes_as_an_adult(case, age, instrument, trained, refusal):
    with pytest.raises(refusal):
        heard_by(case, trained, age=age, instrument=instrument)

    assert screening_of(case).state == "asked"


@pytest.mark.parametrize(
    ("age", "instrument"),
    [(ages.estimated(16, 20), "child_labour"), (ages.assessed(child=True), "ilo_11")],
)
def test_in_doubt_a_person_is_treated_as_a_child(case, age, instrument):
    heard_by(case, CHILDREN, answers={"D4.01": "yes"}, age=age, instrument=instrument)

    assert screening_of(case).child is True


def test_no_interview_of_a_child_is_recorded_at_which_nobody_was_beside_them(case):
    alone = Manner(company=Sitting.Company.GUARDIAN)

    with pytest.raises(ChildAlone):
        heard_by(case, CHILDREN, age=ages.UNKNOWN, instrument="child_labour", manner=alone)

    assert screening_of(case).state == "asked"
    assert not Sitting.objects.exists()


@pytest.mark.parametrize("alone", [{"company": "nobody"}, {"no_tie": ""}])
def test_the_database_keeps_no_interview_of_a_child_alone(case, alone):
    heard_by(case, CHILDREN, answers={"D4.01": "yes"}, age=ages.UNKNOWN, instrument="child_labour")

    with pytest.raises(DatabaseError), transaction.atomic():
        Sitting.objects.update(**alone)


def test_the_database_lets_nobody_in_doubt_pass_as_an_adult(people, case):
    journey.screened(people, case)

    with pytest.raises(DatabaseError), transaction.atomic():
        Screening.objects.filter(subject_id=case.pk).update(age_found="doubt")


def test_the_age_itself_is_sealed(people, case):
    journey.screened(people, case, age=ages.born(1991, 7, None, on=NOON.date()))

    taken = screening_of(case)
    assert (taken.age_basis, taken.age_found) == ("partial", "adult")
    assert b"1991" not in bytes(Sealed.objects.get(name="age").content)


def test_a_child_that_was_spoken_of_waits_for_somebody_trained(people):
    case = journey.opened(people, journey.reported(people, child="yes"))

    assert screening_of(case).said_child
    with pytest.raises(NotCertifiedForChildren):
        journey.screened(people, case)


def test_an_interview_that_nobody_arranged_is_not_recorded(people, case):
    with pytest.raises(NotBegun):
        journey.screened(people, case, manner=None)
    with pytest.raises(NotPrivate):
        journey.screened(people, case, manner=Manner(private=False))
    assert not Sitting.objects.exists()


def test_the_database_keeps_no_sitting_before_ears_that_nobody_trusts(people, case):
    journey.screened(people, case)

    for unsafe in ({"private": False}, {"interpreter": "remote"}, {"wished": "male"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Sitting.objects.update(**unsafe)


def test_answers_of_a_finished_screening_never_change(people, case):
    journey.screened(people, case)
    screening = screening_of(case)

    with people.identifier.works():
        assert Answer.objects.filter(screening=screening).update(value="no") == 0
        assert Screening.objects.filter(pk=screening.pk).update(advice="no_signs") == 0
        with pytest.raises(DatabaseError), transaction.atomic():
            Answer.objects.create(screening=screening, indicator="X.1", value="yes")


def test_a_person_is_screened_more_than_once_and_nothing_is_asked_twice(people, case):
    journey.screened(people, case)
    again = asked_again(people, case)

    journey.screened(people, case, answers={"D1.01": "yes"})

    assert Screening.objects.filter(subject_id=case.pk, state="taken").count() == 2
    again.refresh_from_db()
    assert (again.state, again.why) == ("taken", "new_facts")


def asked_again(people, case):
    with people.worker.works():
        return screen_again(
            actor=people.worker.actor, case_id=case.pk, why=Screening.Why.NEW_FACTS, at=NOON
        )


def taken_by(person, screening):
    return take(
        actor=person.actor,
        screening_id=screening.pk,
        version=screening.version,
        sets=journey.asked_with("adult_labour"),
        answers={"D1.01": "yes"},
        finding=Finding(),
        words="",
        manner=Manner(),
        age=journey.AN_ADULT,
        at=NOON,
    )
