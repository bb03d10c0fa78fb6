"""Two cases of one person: joined and parted; nothing of either is lost, or shown to more."""

from dataclasses import replace
from datetime import timedelta

import pytest

from himaya.audit.models import Pending
from himaya.cases.errors import (
    CaseIsClosed,
    CaseIsMerged,
    HoldsAnother,
    NotBothYours,
    NothingToUndo,
    SameCase,
    StillReliedOn,
    TookOneOver,
)
from himaya.cases.merged import merges_into
from himaya.cases.models import Case, Merge, Person, TrackState
from himaya.cases.operations import describing, merging, ownership
from himaya.cases.presenters import facts_initial
from himaya.cases.tracks import pack_of, stands_at, take_step
from himaya.clocks.models import Deadline
from himaya.kernel.errors import NotKnown, NotPermitted, Stale
from himaya.referrals.models import Referral
from himaya.vault.models import Compartment, Grant, Sealed
from tests.factories import cases, journey
from tests.factories.cases import cases_of, tracks_of
from tests.factories.catalogue import ask
from tests.factories.moments import NOON

pytestmark = pytest.mark.slow  # each needs a person's way
LATER, LATEST = NOON + timedelta(hours=1), NOON + timedelta(hours=2)
TABLES = (Case, Person, TrackState, Compartment, Grant, Sealed, Referral)


def rows(*left_out):
    """Every row that a merge could touch, as the database has it; a version only grows."""
    return {
        (model.__name__, each["id"]): {
            name: bytes(value) if isinstance(value, memoryview) else value
            for name, value in each.items()
            if name not in {"version", *left_out}
        }
        for model in TABLES
        for each in model.objects.values()
    }


def pair(people, **changes):
    """Two cases that the worker's desk leads, of two persons as far as anybody knows."""
    kept = cases.case(people.worker.desk, people.identifier.desk)
    return kept, cases.case(people.worker.desk, people.identifier.desk, **changes)


def merge(people, kept, absorbed, *, by=None, at=LATER, **changes):
    """The worker lets one case take the other over."""
    who = by or people.worker
    fresh = [Case.objects.get(pk=each.pk) for each in (kept, absorbed)]
    values = {
        "versions": (fresh[0].version, fresh[1].version),
        "reason": Merge.Reason.REPORTED_TWICE,
    } | changes
    with who.works():
        return merging.merge_cases(
            actor=who.actor, kept_id=kept.pk, absorbed_id=absorbed.pk, at=at, **values
        )


def undo(people, merge, case, *, by=None):
    """The worker takes it back."""
    who = by or people.worker
    with who.works():
        return merging.undo(actor=who.actor, case_id=case.pk, merge_id=merge.pk, at=LATEST)


def stand(case, track, state, at=NOON):
    """Put a track of a case somewhere, as its own steps would have."""
    TrackState.objects.filter(case=case, track=track).update(state=state, since=at)


def test_a_merge_undone_leaves_every_row_as_it_was(people):
    kept, absorbed = pair(people, status="presumed", child="yes", danger="high", kept_from=["pam"])
    cases.compartment(absorbed, people.worker.desk, note="CANARY-B")
    cases.referral(absorbed, people.shelter.desk, state=Referral.State.ACCEPTED)
    stand(absorbed, "shelter", "admitted")
    before = rows()

    made = merge(people, kept, absorbed)
    assert rows() != before
    undo(people, made, kept)

    assert rows() == before


def test_while_merged_the_safer_of_both_holds_and_each_row_stays_where_it_was(people):
    kept, absorbed = pair(people, status="presumed", child="yes", danger="high", kept_from=["moh"])
    stand(absorbed, "shelter", "admitted")
    stand(kept, "justice", "lawsuit")
    before = rows("merged_into_id", "status", "child", "danger", "kept_from")

    merge(people, kept, absorbed)

    kept.refresh_from_db()
    assert (kept.status, kept.child, kept.danger) == ("presumed", "yes", "high")
    assert kept.kept_from == ["moh"]
    held = tracks_of(kept)
    assert (held["shelter"].state, held["shelter"].case_id) == ("admitted", absorbed.pk)
    assert (held["justice"].state, held["justice"].case_id) == ("lawsuit", kept.pk)
    assert stands_at(kept.pk, "shelter") == "admitted"
    assert rows("merged_into_id", "status", "child", "danger", "kept_from", "merged_into") == before


def due(*cases):
    """What is due in these cases: on which track, by which rule, until when."""
    running = Deadline.objects.running().filter(case_id__in=[case.pk for case in cases])
    return sorted(running.values_list("case_id", "track", "rule", "due_at"))


def test_each_track_is_due_once_while_merged_and_as_before_afterwards(people):
    kept, absorbed = pair(people)
    before = due(kept, absorbed)
    assert len(before) == 2 * len(due(kept)) > 0

    made = merge(people, kept, absorbed)
    assert due(kept, absorbed) == due(kept)
    undo(people, made, kept)

    assert due(kept, absorbed) == before


def test_a_step_taken_while_merged_stays_on_the_track_that_it_continued(people):
    kept, absorbed = pair(people)
    stand(absorbed, "assistance", "assessed")
    made = merge(people, kept, absorbed)

    with people.worker.works():
        take_step(
            step_id=next(
                step.id
                for step in pack_of(kept).steps_from("assistance", "assessed")
                if "case_worker" in step.actors
            ),
            case_id=kept.pk,
            actor=people.worker.actor,
            held=ALL,
            at=LATER + timedelta(minutes=1),
        )
    moved = tracks_of(Case.objects.get(pk=kept.pk))["assistance"]
    undo(people, made, kept)

    assert (moved.case_id, moved.state != "assessed") == (absorbed.pk, True)
    assert stands_at(absorbed.pk, "assistance") == moved.state
    assert stands_at(kept.pk, "assistance") == "not_begun"


def test_what_an_officer_sets_while_merged_is_the_kept_cases_own(people):
    kept, absorbed = pair(people, child="yes")
    Case.objects.filter(pk=kept.pk).update(child="no")
    made = merge(people, kept, absorbed)
    assert Case.objects.get(pk=kept.pk).child == "yes"

    described = Case.objects.get(pk=kept.pk)
    with people.worker.works():
        describing.describe(
            actor=people.worker.actor,
            case_id=kept.pk,
            at=LATER,
            **facts_of(described, child="unknown"),
        )
    undo(people, made, kept)

    assert Case.objects.get(pk=kept.pk).child == "unknown"
    assert Case.objects.get(pk=absorbed.pk).child == "yes"


def test_both_are_in_the_ledger_and_the_ledger_stays_whole(people):
    kept, absorbed = pair(people)
    made = merge(people, kept, absorbed)
    undo(people, made, absorbed)

    acts = Pending.objects.filter(subject_id__in=[kept.pk, absorbed.pk], act__contains="merge")
    assert sorted(acts.values_list("act", "subject_id")) == sorted(
        [
            ("case.merged", kept.pk),
            ("case.merged_away", absorbed.pk),
            ("case.merge_undone", kept.pk),
            ("case.merge_undone", absorbed.pk),
        ]
    )


def test_nobody_opens_more_after_a_merge_than_before(people):
    kept, absorbed = pair(people)
    cases.compartment(kept, people.worker.desk, people.shelter.desk, note="A")
    cases.compartment(absorbed, people.worker.desk, people.stranger.desk, note="B")
    grants = sorted(Grant.objects.values_list("compartment_id", "desk_id"))

    merge(people, kept, absorbed)

    assert sorted(Grant.objects.values_list("compartment_id", "desk_id")) == grants
    for who in (people.shelter, people.stranger):
        with who.works():
            assert ask("SELECT count(*) FROM cases_case") == [(0,)]
            assert ask("SELECT count(*) FROM cases_merge") == [(0,)]


def test_the_absorbed_case_is_worked_on_no_more_and_stays_readable(people):
    kept, absorbed = pair(people)
    merge(people, kept, absorbed)

    with pytest.raises(CaseIsMerged):
        journey.noted(people, absorbed, Compartment.Kind.NEEDS, "words")
    assert not Case.objects.live().filter(pk=absorbed.pk).exists()
    with people.worker.works():
        assert Case.objects.visible_to(people.worker.actor).filter(pk=absorbed.pk).exists()


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"state": "closed", "outcome": "lost_contact", "closed_at": NOON}, CaseIsClosed),
        ({"desk": "stranger"}, NotKnown),
    ],
)
def test_what_cannot_be_merged(people, change, refusal):
    if "desk" in change:
        change = {"desk": people.stranger.desk, "identification_desk": people.stranger.desk}
    kept, absorbed = pair(people)
    Case.objects.filter(pk=absorbed.pk).update(**change)

    with pytest.raises(refusal):
        merge(people, kept, absorbed)


def test_a_case_that_another_desk_leads_is_handed_over_first(people):
    kept = cases.case(people.worker.desk, people.identifier.desk)
    other = cases.case(people.stranger.desk, people.identifier.desk)

    with pytest.raises(NotPermitted):
        merge(people, kept, other, by=people.identifier)
    with pytest.raises(NotKnown):
        merge(people, kept, other)
    both = replace(
        people.worker,
        actor=replace(
            people.worker.actor,
            desk_ids=people.worker.actor.desk_ids | {people.stranger.desk.pk},
        ),
    )
    with pytest.raises(NotBothYours):
        merge(people, kept, other, by=both)


def test_a_merged_case_is_handed_over_only_after_it_was_parted(people):
    kept, absorbed = pair(people)
    made = merge(people, kept, absorbed)

    def hand_over():
        with people.worker.works():
            return ownership.move(
                case=kept, to_desk=people.stranger.desk, actor=people.worker.actor, at=LATEST
            )

    with pytest.raises(HoldsAnother):
        hand_over()
    undo(people, made, kept)
    assert made.kept_id == kept.pk


def test_a_stale_page_and_a_case_with_itself_are_refused(people):
    kept, absorbed = pair(people)

    with pytest.raises(Stale):
        merge(people, kept, absorbed, versions=(1, 7))
    with pytest.raises(SameCase):
        merge(people, kept, kept)


def test_one_of_several_is_taken_back_in_any_order(people):
    kept, second = pair(people, child="no", danger="low")
    third = cases.case(people.worker.desk, people.identifier.desk, child="yes", danger="high")
    Case.objects.filter(pk=kept.pk).update(child="no")
    first_merge = merge(people, kept, second)
    later_merge = merge(people, kept, third, at=LATER + timedelta(minutes=1))

    undo(people, first_merge, kept)
    with_third = Case.objects.get(pk=kept.pk)
    undo(people, later_merge, kept)
    alone = Case.objects.get(pk=kept.pk)

    assert (with_third.child, with_third.danger) == ("yes", "high")
    assert (alone.child, alone.danger) == ("no", "")


def test_whoever_took_one_over_is_not_taken_over_itself(people):
    kept, absorbed = pair(people)
    third = cases.case(people.worker.desk, people.identifier.desk)
    merge(people, kept, absorbed)

    with pytest.raises(TookOneOver):
        merge(people, third, kept)
    with pytest.raises(CaseIsMerged):
        merge(people, third, absorbed)
    assert len(merges_into(kept.pk)) == 1


def test_a_merge_is_undone_once_and_by_its_own_desk(people):
    kept, absorbed = pair(people)
    made = merge(people, kept, absorbed)

    with pytest.raises(NotKnown):
        undo(people, made, kept, by=people.stranger)
    undo(people, made, kept)
    with pytest.raises(NothingToUndo):
        undo(people, made, kept)


def test_two_persons_are_one_while_their_cases_stay_apart(people):
    kept, other = pair(people)
    before = rows()
    with people.worker.works():
        made = merging.merge_persons(
            actor=people.worker.actor,
            kept_id=kept.pk,
            absorbed_id=other.pk,
            reason=Merge.Reason.PERSON_SAID,
            at=LATER,
        )
        found = {each.pk for each in cases_of(kept.person)}
        again = {each.pk for each in cases_of(other.person)}

    assert found == again == {kept.pk, other.pk}
    assert Case.objects.live().filter(pk__in=found).count() == 2
    undo(people, made, other)
    assert rows() == before


def test_persons_stay_one_while_a_merge_of_cases_needs_it(people):
    first, second = pair(people)
    third = cases.case(people.worker.desk, people.identifier.desk, person=second.person)
    made = merge(people, first, second)
    later = merge(people, first, third, at=LATER + timedelta(minutes=1))

    with pytest.raises(StillReliedOn):
        undo(people, made, first)
    undo(people, later, first)
    undo(people, made, first)
    assert not Person.objects.filter(merged_into__isnull=False).exists()


def test_a_decision_about_a_merged_case_reaches_the_one_that_took_it_over(people, case):
    other = cases.case(people.worker.desk, people.identifier.desk)
    journey.screened(people, case)
    made = merge(people, other, case)

    journey.presumed(people, case)

    other.refresh_from_db()
    assert other.status == "presumed"
    assert stands_at(other.pk, "identification") == "presumed"
    undo(people, made, other)
    other.refresh_from_db()
    assert (other.status, Case.objects.get(pk=case.pk).status) == ("none", "presumed")


def facts_of(case, **changes):
    """The facts of a case as its form sends them."""
    return facts_initial(case) | changes


ALL = frozenset(
    {"person_chose", "informed", "in_writing", "reasons_given", "certified", "presumed"}
)
