"""The desk reads a record and takes it into a screening of a case, or puts it aside."""

from datetime import timedelta

import pytest

from himaya.cases.models import Case
from himaya.fieldwork import queries
from himaya.fieldwork.errors import AlreadySettled, CannotBeRead
from himaya.fieldwork.models import Card
from himaya.fieldwork.operations import settle
from himaya.fieldwork.sealed import open_record
from himaya.identification.errors import NoActAnswer, NotCertifiedForChildren, NotPrivate
from himaya.identification.models import Answer, Screening
from himaya.identification.operations.taking import Finding
from himaya.kernel.errors import NotKnown, Stale
from himaya.retention.due import due_parts
from himaya.vault.reasons import Reason
from tests.factories import cards, journey
from tests.factories.moments import NOON
from tests.factories.people import seat
from tests.factories.roles import as_role

pytestmark = pytest.mark.slow  # a long series
FINDING = Finding(elements=journey.ALL_THREE)


def into(people, card, case, **changes):
    """The identification officer takes the record into the screening that waits."""
    who = changes.pop("by", people.identifier)
    screening = Screening.objects.get(subject_id=case.pk)
    values = {
        "version": card.version,
        "screening_id": screening.pk,
        "finding": FINDING,
        "at": NOON,
    } | changes
    with who.works():
        return settle.take_into(actor=who.actor, keyring=who.keyring, card_id=card.pk, **values)


def into_new(people, card, **changes):
    who = people.identifier
    values = {"version": card.version, "desk_id": people.worker.desk.pk, "at": NOON} | changes
    with who.works():
        return settle.take_into_new_case(
            actor=who.actor, keyring=who.keyring, card_id=card.pk, finding=FINDING, **values
        )


def test_a_record_becomes_the_screening_of_a_case_with_the_sets_advice(people, case):
    card = cards.arrived(people, {"said": "They keep my passport.", "who": "Person"})

    advice = into(people, card, case)

    taken = Screening.objects.get(subject_id=case.pk)
    assert advice.category == taken.advice == "trafficking"
    assert (taken.state, taken.instrument, taken.child) == ("taken", "adult_labour", False)
    assert Answer.objects.get(screening=taken, indicator="D5.01").value == "yes"
    assert Answer.objects.get(screening=taken, indicator="D1.05").value == "not_asked"
    card.refresh_from_db()
    assert (card.state, card.case_id, card.settled_at) == ("taken", case.pk, NOON)


def test_a_record_opens_a_case_of_a_person_nobody_knew(people):
    card = cards.arrived(people, {"language": "hi"})

    case_id = into_new(people, card)

    case = Case.objects.get(pk=case_id)
    assert (case.report_id, case.channel, case.language) == (None, "field_card", "hi")
    assert (case.desk, case.identification_desk) == (people.worker.desk, people.identifier.desk)
    assert case.first_sign_at == card.interviewed_at
    assert case.child == Case.Child.NO
    assert Screening.objects.get(subject_id=case_id).advice == "trafficking"
    with people.worker.works():
        assert Case.objects.visible_to(people.worker.actor).filter(pk=case_id).exists()


def test_only_a_desk_that_leads_cases_may_be_given_one(people):
    card = cards.arrived(people)

    with pytest.raises(NotKnown):
        into_new(people, card, desk_id=people.shelter.desk.pk)
    assert not Case.objects.filter(channel="field_card").exists()


@pytest.mark.parametrize("age", ["child", "unsure"])
def test_a_child_is_taken_in_by_who_is_trained_for_children_only(people, case, age):
    card = cards.arrived(people, {"age": age})

    with pytest.raises(NotCertifiedForChildren):
        into(people, card, case)
    card.refresh_from_db()
    assert card.state == "arrived"


@pytest.mark.parametrize(
    ("said", "refusal"),
    [({"answers": {}}, NoActAnswer), ({"private": False}, NotPrivate)],
)
def test_what_no_screening_may_be_made_of_stays_where_it_is(people, case, said, refusal):
    card = cards.arrived(people, said)

    with pytest.raises(refusal):
        into(people, card, case)
    assert Screening.objects.get(subject_id=case.pk).state == "asked"
    assert Card.objects.get(pk=card.pk).state == "arrived"


@pytest.mark.parametrize("who", ["worker", "stranger", "intake", "prosecutor"])
def test_no_other_desk_knows_of_a_record(people, who):
    card = cards.arrived(people)
    person = getattr(people, who)

    with person.works():
        assert not Card.objects.exists()
        with pytest.raises(NotKnown):
            queries.card_for(person.actor, card.pk)


def test_who_brought_a_record_sees_what_became_of_it_and_reads_nothing(people):
    field = cards.in_the_field(people)
    card = cards.arrived(people, by=field)
    others = cards.in_the_field(people)

    with field.works():
        assert [each.pk for each in queries.sent_by(field.actor, NOON)] == [card.pk]
        with pytest.raises(NotKnown):
            queries.card_for(field.actor, card.pk)
        with pytest.raises(Exception, match="does not exist"):
            queries.compartment_of(card)
    with others.works():
        assert queries.sent_by(others.actor, NOON) == []


def test_a_record_is_settled_once_and_not_from_an_old_page(people, case):
    card = cards.arrived(people)
    aside = {"card_id": card.pk, "reason": Card.Reason.NO_SIGNS, "at": NOON}
    with people.identifier.works():
        with pytest.raises(Stale):
            settle.put_aside(actor=people.identifier.actor, version=0, **aside)
        settle.put_aside(actor=people.identifier.actor, version=1, **aside)

    with pytest.raises(AlreadySettled):
        into(people, card, case)


def test_what_a_stranger_sealed_is_said_to_be_unreadable(people):
    card = cards.arrived(people, {"answers": ["no answers"]})

    with people.identifier.works(), pytest.raises(CannotBeRead):
        open_record(
            keyring=people.identifier.keyring,
            actor=people.identifier.actor,
            card=card,
            at=NOON,
            reason=Reason.OWN_WORK,
        )


def due(at):
    with as_role("worker"):
        return {(part.subject_id, part.rule) for part in due_parts(at, most=50)}


def test_a_record_that_waits_is_never_destroyed_and_one_that_is_settled_in_time(people):
    card = cards.arrived(people)
    later = NOON + timedelta(days=31)
    assert due(later + timedelta(days=3650)) & {(card.pk, "field_cards")} == set()

    with people.identifier.works():
        settle.put_aside(
            actor=people.identifier.actor,
            card_id=card.pk,
            version=1,
            reason=Card.Reason.PRACTICE,
            at=NOON,
        )

    assert (card.pk, "field_cards") not in due(NOON + timedelta(days=29))
    assert (card.pk, "field_cards") in due(later)


def test_an_officer_without_the_training_finds_the_role_closed(people):
    learner = seat("identification_officer", people.identifier.desk, certified=False)

    assert learner.actor.permissions == frozenset()
