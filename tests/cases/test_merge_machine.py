"""Whatever is merged, changed and undone, in whatever order: cases stand as a plain model says."""

from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from himaya.cases.merge_rules import SAFER, safer
from himaya.cases.merged import all_of_one
from himaya.cases.models import Case, Merge, TrackState
from himaya.cases.operations import merging
from himaya.kernel.errors import Refusal
from tests.factories import cases
from tests.factories.fixtures import undone
from tests.factories.moments import NOON

pytestmark = pytest.mark.slow
CASES = range(4)
TRACK = "shelter"
STATES = ("not_requested", "requested", "admitted")
numbers = st.sampled_from(CASES)


@dataclass
class Joined:
    """One merge of the model. persons: it made the two persons one."""

    kept: int
    absorbed: int
    merge_id: object
    persons: bool
    of_cases: bool


@dataclass
class Model:
    """own: what each case has of its own. merges: those that hold, in their order."""

    own: dict[int, dict[str, str]] = field(default_factory=dict)
    merges: list[Joined] = field(default_factory=list)

    def into(self, number):
        """The case that took this one over."""
        found = (each.kept for each in self.merges if each.of_cases and each.absorbed == number)
        return next(found, None)

    def absorbed(self, number):
        return [each.absorbed for each in self.merges if each.of_cases and each.kept == number]

    def person(self, number, without=None):
        """The least number of those who are one with the person of this case."""
        one = {number}
        while True:
            more = {
                other
                for each in self.merges
                if each.persons and each is not without and {each.kept, each.absorbed} & one
                for other in (each.kept, each.absorbed)
            }
            if more <= one:
                return min(one)
            one |= more

    def says(self, number, name):
        values = [self.own[number][name], *(self.own[each][name] for each in self.absorbed(number))]
        return safer(name, values)

    def relied_on(self, merge):
        """A merge of cases whose persons would be two without this one."""
        return merge.persons and any(
            self.person(each.kept, merge) != self.person(each.absorbed, merge)
            for each in self.merges
            if each.of_cases and each is not merge
        )


class Machine(RuleBasedStateMachine):
    """Four cases that one desk leads."""

    people: object

    def __init__(self):
        super().__init__()
        self.ended = undone()
        self.ended.__enter__()
        self.now, self.model = NOON, Model()
        self.cases = [
            cases.case(self.people.worker.desk, self.people.identifier.desk) for _ in CASES
        ]
        for number, case in enumerate(self.cases):
            self.model.own[number] = {name: getattr(case, name) for name in SAFER}
        self.tracks = self.rows_of_tracks()

    def teardown(self):
        self.ended.__exit__(None, None, None)

    def rows_of_tracks(self):
        return sorted(TrackState.objects.values_list("case_id", "track", "state", "since"))

    def tick(self):
        self.now += timedelta(minutes=1)
        return self.now

    def merge(self, operation, kept, absorbed, **more):
        with self.people.worker.works():
            return operation(
                actor=self.people.worker.actor,
                kept_id=self.cases[kept].pk,
                absorbed_id=self.cases[absorbed].pk,
                reason=Merge.Reason.SAME_DOCUMENTS,
                at=self.tick(),
                **more,
            )

    @rule(kept=numbers, absorbed=numbers)
    def merge_cases(self, kept, absorbed):
        model = self.model
        fresh = [Case.objects.get(pk=self.cases[each].pk) for each in (kept, absorbed)]
        allowed = (
            kept != absorbed
            and model.into(kept) is None
            and model.into(absorbed) is None
            and not model.absorbed(absorbed)
        )
        two = model.person(kept) != model.person(absorbed)
        try:
            made = self.merge(
                merging.merge_cases,
                kept,
                absorbed,
                versions=(fresh[0].version, fresh[1].version),
            )
        except Refusal:
            assert not allowed
        else:
            assert allowed
            model.merges.append(Joined(kept, absorbed, made.pk, two, of_cases=True))

    @rule(kept=numbers, absorbed=numbers)
    def merge_persons(self, kept, absorbed):
        two = self.model.person(kept) != self.model.person(absorbed)
        try:
            made = self.merge(merging.merge_persons, kept, absorbed)
        except Refusal:
            assert not two
        else:
            assert two
            self.model.merges.append(Joined(kept, absorbed, made.pk, True, of_cases=False))

    @rule(place=st.integers(0, 5))
    def undo(self, place):
        if place >= len(self.model.merges):
            return
        merge = self.model.merges[place]
        try:
            with self.people.worker.works():
                merging.undo(
                    actor=self.people.worker.actor,
                    case_id=self.cases[merge.kept].pk,
                    merge_id=merge.merge_id,
                    at=self.tick(),
                )
        except Refusal:
            assert self.model.relied_on(merge)
        else:
            assert not self.model.relied_on(merge)
            self.model.merges.remove(merge)

    @rule(number=numbers, child=st.sampled_from(SAFER["child"]))
    def describe(self, number, child):
        """An officer sets the age; what they leave as it stands is not set."""
        if self.model.into(number) is not None or self.model.says(number, "child") == child:
            return
        Case.objects.filter(pk=self.cases[number].pk).update(child=child)
        self.model.own[number]["child"] = child
        if self.model.says(number, "child") != child:
            self.model.own[number]["child"] = child

    @invariant()
    def cases_point_as_the_model_says(self):
        for number, case in enumerate(self.cases):
            into = self.model.into(number)
            found = Case.objects.get(pk=case.pk).merged_into_id
            assert found == (None if into is None else self.cases[into].pk)

    @invariant()
    def persons_are_one_as_the_model_says(self):
        for one in CASES:
            group = set(all_of_one(self.cases[one].person_id))
            for other in CASES:
                same = self.model.person(one) == self.model.person(other)
                assert (self.cases[other].person_id in group) is same

    @invariant()
    def nothing_of_any_track_has_moved(self):
        assert self.rows_of_tracks() == self.tracks

    @invariant()
    def alone_a_case_says_what_is_its_own(self):
        for number, case in enumerate(self.cases):
            if self.model.into(number) is None and not self.model.absorbed(number):
                found = Case.objects.get(pk=case.pk)
                assert found.child == self.model.own[number]["child"]


def test_any_order_of_merging_and_undoing_leaves_what_the_model_says(people):
    few = settings(max_examples=8, stateful_step_count=12, phases=[Phase.generate])
    machine = type("OfThese", (Machine,), {"people": people})
    run_state_machine_as_test(machine, settings=few)
