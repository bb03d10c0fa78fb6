"""A7: what an officer was asked to do is read at the desk that works on it, and nowhere else."""

from contextlib import contextmanager
from datetime import timedelta
from unittest import mock

import pytest
from django.db import connection

from himaya.cases.rooms import room_of
from himaya.consent.errors import NeverShared
from himaya.packs.loader import current
from himaya.packs.vocabulary import COMPARTMENTS
from himaya.tasks.models import Task
from himaya.tasks.operations.giving import give
from himaya.vault.models import Compartment, Grant, Sealed
from tests.consent.test_partner_of_a_network import opened_by
from tests.factories import handing, journey
from tests.factories.moments import NOON
from tests.factories.threats import threat

pytestmark = pytest.mark.slow
WORDS = "CANARY-TASK: meet her at the back door"


def given(seat, case, words=WORDS):
    """A task of the case, with words."""
    with seat.works():
        return give(
            actor=seat.actor,
            case_id=case.pk,
            kind=Task.Kind.CONTACT,
            officer_id=None,
            until=NOON.date() + timedelta(days=4),
            words=words,
            at=NOON,
        )


def readers_of_tasks(case):
    """Which desks hold a key of each place where words of tasks lie."""
    found = Sealed.objects.filter(name="task", compartment__subject_id=case.pk)
    return {
        sealed.compartment.kind: set(
            Grant.objects.filter(compartment=sealed.compartment).values_list("desk", flat=True)
        )
        for sealed in found.select_related("compartment")
    }


@contextmanager
def among_the_needs():
    """Control off: the words lie among what the person needs, as they once did."""

    def shared(case, _kind, at):
        return room_of(case, Compartment.Kind.NEEDS, at)

    with mock.patch("himaya.tasks.operations.giving.room_of_desk", shared):
        yield


@threat("A7", off=among_the_needs)
def test_who_was_given_the_needs_reads_no_words_of_a_task(people, case):
    journey.noted(people, case, Compartment.Kind.NEEDS, "needs of the person")
    given(people.worker, case)
    consent = journey.consented(people, case, kinds=["needs"])
    referral = journey.sent(people, journey.drafted(people, case, consent))
    journey.acknowledged(people.shelter, referral)
    journey.accepted(people.shelter, referral)

    parts = Compartment.objects.filter(subject_id=case.pk)
    opened = {part.kind: opened_by(people, part, journey.LATER) for part in parts}

    assert {kind: words for kind, words in opened.items() if words} == {
        "needs": ["needs of the person"]
    }
    assert readers_of_tasks(case) == {"task": {people.worker.desk.pk}}


def test_no_consent_names_the_words_of_tasks(people, case):
    given(people.worker, case)

    with pytest.raises(NeverShared):
        journey.consented(people, case, kinds=["task"])
    assert "task" not in COMPARTMENTS
    assert all("task" not in policy.compartments for policy in current().shares)


def test_who_takes_a_case_over_has_a_place_of_their_own(people, case):
    given(people.worker, case)
    handing.taken(people.stranger, handing.offered(people, case))
    given(people.stranger, case, "CANARY-SECOND")

    kept = Compartment.objects.filter(subject_id=case.pk, kind="task")
    holders = [
        set(Grant.objects.filter(compartment=each).values_list("desk", flat=True)) for each in kept
    ]
    assert sorted(holders, key=str) == sorted(
        [{people.worker.desk.pk}, {people.stranger.desk.pk}], key=str
    )
    with people.stranger.works():
        assert Compartment.objects.filter(kind="task").count() == 1
        first = Task.objects.order_by("given_at", "said").first()
        assert (first.desk_id, first.said) == (people.stranger.desk.pk, False)
    with people.worker.works():
        assert not Task.objects.exists()


def test_only_the_leading_desk_takes_an_open_task_over(people, case):
    task = given(people.worker, case)

    with people.identifier.works(), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM tasks_task")
        assert cursor.fetchone() == (0,)
        cursor.execute("UPDATE tasks_task SET desk_id = %s", [people.identifier.desk.pk])
        assert cursor.rowcount == 0
    assert Task.objects.get(pk=task.pk).desk_id == people.worker.desk.pk
