"""An interview is recorded whole, by the desk that was asked, once."""

import pytest
from django.db import DatabaseError, connection, transaction

from himaya.audit.models import Pending
from himaya.identification import operations
from himaya.identification.errors import AlreadyScreened, NoActAnswer
from himaya.identification.models import Answer, Screening
from himaya.identification.queries import waiting_for
from himaya.kernel.errors import NotKnown, Stale
from himaya.packs.loader import current
from himaya.vault.models import Sealed
from tests.factories import journey
from tests.factories.moments import NOON
from tests.factories.people import seat


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
    instrument = current().instrument("ilo_11")
    answers = dict.fromkeys([sign.id for sign in instrument.indicators], "yes")

    journey.screened(people, case, instrument=instrument, answers=answers)

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
            take(person, screening)


def test_a_colleague_without_certificate_finds_the_role_closed(people, case):
    learner = seat("identification_officer", people.identifier.desk, certified=False)

    assert learner.actor.permissions == frozenset()


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
        operations.end_with_case(actor=people.worker.actor, subject_id=case.pk, at=NOON)
    with people.stranger.works():
        assert Screening.objects.update(state="ended") == 0

    screening.refresh_from_db()
    assert (screening.state, screening.taken_at) == ("ended", None)


def take(person, screening):
    instrument = current().instrument("adult_labour")
    return operations.take(
        actor=person.actor,
        screening_id=screening.pk,
        version=screening.version,
        instrument=instrument,
        answers={"D1.01": "yes"},
        informed=True,
        act_present=True,
        officer_view=Screening.View.AGREE,
        words="",
        at=NOON,
    )
