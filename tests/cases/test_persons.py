"""A person apart from their cases: a new case for a known person, and their family."""

import pytest

from himaya.audit.models import Pending
from himaya.cases.errors import AgencyInvolved, LinkEnded, NotOfTwo, NotYourStep
from himaya.cases.models import Case, FurtherCase, PersonLink
from himaya.cases.operations import families
from himaya.cases.operations.again import open_again
from himaya.cases.person_rules import INVERSE, may_know_of_earlier, seen_from
from himaya.cases.persons import links_of
from himaya.cases.tracks import stands_at
from himaya.identification.models import Screening
from himaya.kernel.errors import NotKnown
from himaya.packs.loader import current
from himaya.pathway.facts import facts_of
from himaya.vault.models import Compartment, Grant
from tests.factories import cases
from tests.factories.cases import cases_of
from tests.factories.catalogue import ask
from tests.factories.moments import NOON
from tests.factories.openings import ended_case

pytestmark = [pytest.mark.usefixtures("people"), pytest.mark.slow]
Kind = PersonLink.Kind


def again(people, earlier, *, by=None, desk=None, at=NOON):
    """The worker opens another case of this case's person."""
    who = by or people.worker
    with who.works():
        return open_again(
            actor=who.actor,
            case_id=earlier.pk,
            desk=desk or who.desk,
            identification_desk=people.identifier.desk,
            reason=FurtherCase.Reason.EXPLOITED_AGAIN,
            at=at,
        )


def linked(people, case, other, kind=Kind.PARENT, *, by=None, kept_apart=False):
    """The worker says what one person is to the other."""
    who = by or people.worker
    with who.works():
        return families.link(
            actor=who.actor,
            case_id=case.pk,
            other_id=other.pk,
            kind=kind,
            kept_apart=kept_apart,
            at=NOON,
        )


def test_a_person_exploited_again_has_a_new_case_also_after_a_closed_one(people):
    earlier = ended_case(people.worker, kept_from=["moh"])

    made = again(people, earlier)

    assert (made.person_id, made.state) == (earlier.person_id, "open")
    assert made.kept_from == ["moh"]
    assert FurtherCase.objects.get(case=made).earlier_id == earlier.pk
    assert cases_of(earlier.person) == {earlier, made}
    assert Screening.objects.get(subject_id=made.pk).desk == people.identifier.desk
    assert stands_at(made.pk, current().step("open_case").track) == current().step("open_case").to


def test_a_new_desk_sees_that_there_was_a_case_and_nothing_of_it(people):
    earlier = cases.case(people.worker.desk, people.identifier.desk, status="presumed")
    cases.compartment(earlier, people.worker.desk, kind=Compartment.Kind.IDENTITY, name="CANARY")

    made = again(people, earlier, desk=people.stranger.desk)

    with people.stranger.works():
        seen = [str(case_id) for (case_id,) in ask("SELECT id FROM cases_case")]
        assert seen == [str(made.pk)]
        assert ask("SELECT earlier_id FROM cases_furthercase") == [(earlier.pk,)]
        assert ask("SELECT count(*) FROM vault_sealed") == [(0,)]
        assert ask("SELECT count(*) FROM cases_trackstate WHERE case_id = %s", earlier.pk) == [(0,)]
    theirs = Grant.objects.filter(desk=people.stranger.desk).values_list("compartment__subject_id")
    assert set(theirs) == {(made.pk,)}


def test_the_desk_that_opened_it_works_nothing_on_it(people):
    earlier = cases.case(people.worker.desk, people.identifier.desk)
    made = again(people, earlier, desk=people.stranger.desk)

    with people.worker.works():
        assert not Case.objects.visible_to(people.worker.actor).filter(pk=made.pk).exists()
        assert ask("SELECT count(*) FROM cases_trackstate WHERE case_id = %s", made.pk) == [(0,)]


def test_nobody_else_opens_another_case_of_the_person(people):
    earlier = cases.case(people.worker.desk, people.identifier.desk, kept_from=["mosa"])

    with pytest.raises(NotKnown):
        again(people, earlier, by=people.stranger)
    with pytest.raises(AgencyInvolved):
        again(people, earlier, desk=people.stranger.desk)


def test_the_country_decides_which_desks_may_know_of_an_earlier_case(people):
    allowed = {kind: may_know_of_earlier(current(), kind) for kind in ("CASEWORK", "SHELTER")}

    assert allowed == {"CASEWORK": True, "SHELTER": False}


def test_figures_tell_a_persons_first_case_from_a_later_one(people):
    earlier = ended_case(people.worker)
    later = again(people, earlier)

    assert facts_of(Case.objects.get(pk=later.pk)).earlier_cases is True
    assert facts_of(earlier).earlier_cases is False


def test_a_link_is_seen_by_whoever_sees_both_ends_and_by_nobody_else(people):
    mother = cases.case(people.worker.desk, people.identifier.desk)
    child = cases.case(people.worker.desk, people.stranger.desk)

    made = linked(people, mother, child, kept_apart=True)

    with people.worker.works():
        assert list(links_of(child)) == [made]
    for who in (people.stranger, people.identifier, people.shelter):
        with who.works():
            assert ask("SELECT count(*) FROM cases_personlink") == [(0,)]


@pytest.mark.parametrize("kind", Kind)
def test_each_end_reads_the_link_in_its_own_direction(kind):
    link = PersonLink(kind=kind)
    link.person_id, link.relative_id = "one", "other"

    assert seen_from(link, {"one"}) == kind
    assert seen_from(link, {"other"}) == INVERSE[kind]
    assert INVERSE[INVERSE[kind]] == kind


def test_a_link_needs_two_persons_and_a_desk_that_leads_the_case(people):
    one = cases.case(people.worker.desk, people.identifier.desk)
    same = cases.case(people.worker.desk, people.identifier.desk, person=one.person)
    other = cases.case(people.stranger.desk, people.worker.desk)

    with pytest.raises(NotOfTwo):
        linked(people, one, same)
    with pytest.raises(NotYourStep):
        linked(people, other, one)
    linked(people, one, other)


def test_a_link_ends_by_an_act_once_and_stays_on_record(people):
    one, other = (cases.case(people.worker.desk, people.identifier.desk) for _ in range(2))
    made = linked(people, one, other)

    def end():
        with people.worker.works():
            return families.end_link(
                actor=people.worker.actor,
                case_id=other.pk,
                link_id=made.pk,
                because=PersonLink.Ended.MISTAKE,
                at=NOON,
            )

    end()
    with pytest.raises(LinkEnded):
        end()
    assert PersonLink.objects.get().ended_because == "mistake"
    assert Pending.objects.filter(act="person.unlinked", subject_id=other.pk).count() == 1
