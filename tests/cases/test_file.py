"""The sealed file: each part with its own readers, nothing in the clear, every read recorded."""

import json

import pytest
from django.db import connection

from himaya.audit.models import Pending
from himaya.cases.operations import file
from himaya.kernel.errors import NotKnown, NotPermitted
from himaya.vault.errors import NoKey, NotGranted
from himaya.vault.models import Compartment, Sealed
from tests.factories import journey
from tests.factories.people import seat

IDENTITY = Compartment.Kind.IDENTITY


def part_of(case, kind=IDENTITY):
    """The compartment of this kind."""
    return Compartment.objects.get(subject_id=case.pk, kind=kind)


def read(person, case, compartment):
    """What this officer reads there."""
    with person.works():
        opened = file.read(
            actor=person.actor,
            keyring=person.keyring,
            case_id=case.pk,
            compartment_id=compartment.pk,
            purpose="casework",
            at=journey.NOON,
            reason="own_work",
        )
    return [item.text() for item in opened]


def test_notes_of_one_kind_lie_in_one_part_that_the_whole_desk_can_open(people, case):
    journey.noted(people, case, IDENTITY, "CANARY-ONE")
    journey.noted(people, case, IDENTITY, "CANARY-TWO", by=people.colleague)

    assert sorted(read(people.colleague, case, part_of(case))) == ["CANARY-ONE", "CANARY-TWO"]
    assert not any(b"CANARY" in bytes(each.content) for each in Sealed.objects.all())


def test_every_read_says_who_for_which_desk_which_part_and_why(people, case):
    journey.noted(people, case, IDENTITY, "words")
    part = part_of(case)

    read(people.worker, case, part)

    (entry,) = Pending.objects.filter(act="vault.read", subject_id=case.pk)
    assert (entry.actor_id, entry.desk_id, entry.purpose) == (
        people.worker.officer.pk,
        people.worker.desk.pk,
        "casework",
    )
    assert json.loads(entry.facts) == {
        "compartment": str(part.pk),
        "kind": "identity",
        "reason": "own_work",
    }


@pytest.mark.parametrize(
    ("who", "refusal"),
    [("identifier", NotKnown), ("stranger", NotKnown), ("shelter", NotKnown), ("intake", NotKnown)],
)
def test_no_other_desk_opens_a_part_of_the_file(people, case, who, refusal):
    journey.noted(people, case, IDENTITY, "words")

    with pytest.raises(refusal):
        read(getattr(people, who), case, part_of(case))
    assert not Pending.objects.filter(act="vault.read", subject_id=case.pk).exists()


def test_without_row_level_security_the_keys_still_refuse(people, case):
    journey.noted(people, case, IDENTITY, "words")
    other = people.identifier

    with pytest.raises(NotGranted):
        file.read(
            actor=other.actor,
            keyring=other.keyring,
            case_id=case.pk,
            compartment_id=part_of(case).pk,
            purpose="casework",
            at=journey.NOON,
            reason="own_work",
        )


def test_a_part_of_another_case_is_not_opened_under_this_ones_name(people, case):
    other = journey.opened(people)
    journey.noted(people, other, IDENTITY, "words")

    with pytest.raises(NotKnown):
        read(people.worker, case, part_of(other))
    assert read(people.worker, other, part_of(other)) == ["words"]


def test_a_colleague_whom_nobody_admitted_to_the_key_opens_nothing(people, case):
    journey.noted(people, case, IDENTITY, "words")
    newcomer = seat("case_worker", people.worker.desk)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM vault_memberwrap WHERE officer_id = %s", [newcomer.officer.pk])

    with pytest.raises(NoKey):
        read(newcomer, case, part_of(case))


def test_the_identification_officer_writes_nothing_into_the_file(people, case):
    with pytest.raises(NotPermitted):
        journey.noted(people, case, IDENTITY, "words", by=people.identifier)
    assert not Compartment.objects.filter(subject_id=case.pk, kind=IDENTITY).exists()


def test_the_leading_desk_reads_what_was_reported(people, case):
    story = Compartment.objects.get(subject_id=case.report_id, kind="narrative")

    assert read(people.worker, case, story) == [journey.reports.STORY]
