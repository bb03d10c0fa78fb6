"""An occasion: everybody is counted, and each is screened, waits, or it says why not."""

from contextlib import contextmanager

import pytest
from django.db import transaction
from django.db.utils import IntegrityError, ProgrammingError

from himaya.audit.models import Pending
from himaya.cases.errors import NoSuchCase
from himaya.cases.models import Case
from himaya.cases.operations import file
from himaya.identification.models import Screening
from himaya.kernel.errors import NotKnown, NotPermitted
from himaya.occasions import sealed
from himaya.occasions.errors import AlreadySettled, OccasionClosed, StillWaiting
from himaya.occasions.models import Met, Occasion
from himaya.occasions.operations import keeping, screening
from himaya.occasions.queries import counts_of
from himaya.vault.models import Compartment, Sealed
from tests.factories import cases, journey
from tests.factories.catalogue import ask
from tests.factories.met import met, not_screened, occasion, to_be_screened
from tests.factories.moments import NOON
from tests.factories.roles import as_officer
from tests.factories.threats import threat

pytestmark = [pytest.mark.usefixtures("db"), pytest.mark.slow]


def numbers(people, raid):
    """How far it has come, as its desk sees it."""
    with people.identifier.works():
        counts = counts_of(raid)
    return counts.met, counts.screened, counts.reasons, counts.waiting


def test_everybody_is_counted_and_names_are_sealed(people, raid, three):
    assert [each.place for each in three] == [1, 2, 3]
    assert numbers(people, raid) == (3, 0, 0, 3)
    assert Compartment.objects.filter(subject_id__in=[each.pk for each in three]).count() == 2
    assert not any(b"Canary" in bytes(each.content) for each in Sealed.objects.all())
    assert not any("Canary" in f"{each.facts}{each.rows}" for each in Pending.objects.all())
    with people.identifier.works():
        opened = sealed.names_of(
            keyring=people.identifier.keyring, actor=people.identifier.actor, occasion=raid,
            met=three, at=NOON,
        )  # fmt: skip
    assert opened == {1: "Canary One", 2: "Canary Two"}


def test_who_comes_later_is_counted_on(people, raid, three):
    (fourth,) = met(people.identifier, raid, counted=1)

    assert (fourth.place, Occasion.objects.get().persons) == (4, 4)


def test_a_case_is_opened_for_somebody_and_the_interview_takes_them_off_the_counter(
    people, raid, three
):
    case = to_be_screened(people.identifier, three[0], people)
    assert numbers(people, raid) == (3, 0, 0, 3)  # asked is not yet screened

    journey.screened(people, case)

    assert numbers(people, raid) == (3, 1, 0, 2)
    assert (case.channel, case.first_sign_at, case.report_id) == ("occasion", NOON, None)
    assert Met.objects.get(pk=three[0].pk).pseudonym == case.pseudonym


def test_the_name_goes_sealed_to_the_desk_that_leads_the_case(people, raid, three):
    case = to_be_screened(people.identifier, three[0], people)

    part = Compartment.objects.get(subject_id=case.pk, kind=Compartment.Kind.IDENTITY)
    who = people.worker
    with who.works():
        items = file.read(
            actor=who.actor, keyring=who.keyring, case_id=case.pk, compartment_id=part.pk,
            purpose="casework", reason="own_work", at=NOON,
        )  # fmt: skip
    assert [item.text() for item in items] == ["Canary One"]


@pytest.mark.parametrize("role", ["shelter", "worker", "intake"])
def test_any_desk_that_meets_people_has_them_screened(people, role):
    who = getattr(people, role)
    raid = occasion(who, Occasion.Kind.SHELTER)
    (one,) = met(who, raid, "Canary Guest")

    case = to_be_screened(who, one, people)

    waiting = Screening.objects.get(subject_id=case.pk)
    assert (waiting.desk_id, waiting.state) == (people.identifier.desk.pk, "asked")
    with who.works():
        assert counts_of(raid).waiting == 1
    journey.screened(people, case)
    with who.works():
        assert counts_of(raid).screened == 1
        if role == "shelter":
            assert not Case.objects.visible_to(who.actor).exists()


def test_somebody_with_a_case_is_screened_in_that_one(people, raid, three):
    case, who = journey.opened(people), people.identifier

    with who.works():
        screening.known_already(actor=who.actor, met_id=three[1].pk, number=case.pseudonym, at=NOON)

    assert numbers(people, raid) == (3, 0, 0, 3)
    journey.screened(people, case)
    assert numbers(people, raid) == (3, 1, 0, 2)


def test_a_case_of_others_cannot_be_named(people, raid, three):
    case = cases.case(people.stranger.desk, people.stranger.desk)
    who = people.identifier

    with who.works(), pytest.raises(NoSuchCase):
        screening.known_already(actor=who.actor, met_id=three[1].pk, number=case.pseudonym, at=NOON)


def test_a_reason_takes_people_off_the_counter_and_can_be_taken_back(people, raid, three):
    not_screened(people.identifier, raid, three[:2], Met.Reason.DECLINED)
    assert numbers(people, raid) == (3, 0, 2, 1)
    with pytest.raises(AlreadySettled):
        not_screened(people.identifier, raid, three, Met.Reason.LEFT)
    with pytest.raises(AlreadySettled):
        to_be_screened(people.identifier, three[0], people)

    with people.identifier.works():
        keeping.take_reason_back(
            actor=people.identifier.actor, occasion_id=raid.pk, met_id=three[0].pk, at=NOON
        )

    assert numbers(people, raid) == (3, 0, 1, 2)


def end(people, raid):
    """The desk ends the occasion."""
    with people.identifier.works():
        return keeping.close_occasion(actor=people.identifier.actor, occasion_id=raid.pk, at=NOON)


def test_an_occasion_ends_when_everybody_is_screened_or_has_a_reason(people, raid, three):
    case = to_be_screened(people.identifier, three[0], people)
    not_screened(people.identifier, raid, three[1:])
    with pytest.raises(StillWaiting):
        end(people, raid)
    journey.screened(people, case)

    end(people, raid)

    with pytest.raises(OccasionClosed):
        met(people.identifier, raid, counted=1)


def test_the_database_too_lets_no_occasion_end_while_somebody_waits(people, raid, three):
    with as_officer(people.identifier.actor), pytest.raises(IntegrityError), transaction.atomic():
        ask("UPDATE occasions_occasion SET closed_at = now() WHERE id = %s RETURNING id", raid.pk)


@pytest.mark.parametrize("role", ["stranger", "worker", "prosecutor"])
def test_other_desks_know_of_no_occasion(people, raid, three, role):
    who = getattr(people, role)

    with who.works():
        assert not Occasion.objects.exists()
        assert not Met.objects.exists()
    with pytest.raises((NotKnown, NotPermitted)):
        met(who, raid, counted=1)


@contextmanager
def anybody_opens_cases():
    """A policy that lets everybody put in a case."""
    ask("CREATE POLICY careless ON cases_case FOR INSERT TO himaya_staff WITH CHECK (true)")
    yield


@threat("I4", off=anybody_opens_cases)
def test_nobody_opens_a_case_for_somebody_whom_they_did_not_meet(people, raid, three):
    """With the rights of the site alone: the person must stand on an occasion of the own desk."""
    case = cases.case(people.worker.desk, people.identifier.desk)
    made = Case(
        person=case.person,
        pseudonym="ZZ-2222",
        channel=screening.CHANNEL,
        desk=people.worker.desk,
        identification_desk=people.identifier.desk,
        pack=case.pack,
        opened_at=NOON,
    )
    with people.shelter.works(), pytest.raises(ProgrammingError), transaction.atomic():
        made.save(force_insert=True)
