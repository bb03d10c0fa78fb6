"""One officer, or two of one agency, try every act of two in any order: nothing is done by them.

A search by hypothesis over all acts of the table, with the program's own operations. An honest
officer of another body asks for things now and then, and never decides anything.
"""

from contextlib import contextmanager
from datetime import timedelta
from unittest import mock
from uuid import uuid4

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from himaya.accounts import two_person
from himaya.accounts.acts_of_two import ACTS_OF_TWO
from himaya.accounts.models import TwoPersonAct
from tests.factories.dangerous import refused, without_guards
from tests.factories.fixtures import undone
from tests.factories.moments import NOON
from tests.factories.roles import as_officer
from tests.factories.threats import threat
from tests.factories.two_person import bodies

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
SEARCH = settings(
    max_examples=10,
    stateful_step_count=25,
    phases=[Phase.generate],
    database=None,
    derandomize=True,  # the same search each time: what it finds once it finds again
)
MOMENTS = st.integers(0, 10).map(lambda days: NOON + timedelta(days=days))
ALONE, PAIR = (0,), (0, 1)
DECIDE = [two_person.approve, two_person.approve, two_person.refuse, two_person.withdraw]


@contextmanager
def nobody_asks_for_a_second():
    """Neither the rules nor the database know of a second person."""
    quiet = mock.patch.multiple(
        two_person, check_may_decide=lambda *_, **__: None, check_may_ask=lambda *_, **__: None
    )
    with without_guards(), quiet:
        yield


class Search(RuleBasedStateMachine):
    """`members`: the compromised, as places in (asker, colleague)."""

    members = ALONE
    requests = Bundle("requests")

    @initialize(act=st.sampled_from(sorted(ACTS_OF_TWO)))
    def begin(self, act):
        self.outer = undone()
        self.outer.__enter__()
        self.two = bodies(act)
        self.subjects = [uuid4(), uuid4()]
        self.bad = [(self.two.asker, self.two.colleague)[place] for place in self.members]
        self.honest = set()

    def teardown(self):
        if hasattr(self, "outer"):
            self.outer.__exit__(None, None, None)

    def tries(self, who, do, **what):
        """Somebody does something, as the officers' site does it for them."""
        made = []

        def act():
            with as_officer(who):
                made.append(do(actor=who, **what))

        refused(act)
        return made[0] if made else None

    def asks(self, who, subject, at):
        return self.tries(
            who,
            two_person.ask,
            act=self.two.kind.code,
            subject_id=self.subjects[subject],
            reason=self.two.kind.reasons[0],
            at=at,
        )

    @rule(target=requests, who=st.integers(0, 1), subject=st.integers(0, 1), at=MOMENTS)
    def compromised_asks(self, who, subject, at):
        return self.asks(self.bad[who % len(self.bad)], subject, at)

    @rule(target=requests, subject=st.integers(0, 1), at=MOMENTS)
    def honest_asks(self, subject, at):
        made = self.asks(self.two.other, subject, at)
        if made:
            self.honest.add(made.pk)
        return made

    @rule(who=st.integers(0, 1), request=requests, do=st.sampled_from(DECIDE), at=MOMENTS)
    def compromised_decides(self, who, request, do, at):
        if request:
            self.tries(self.bad[who % len(self.bad)], do, request_id=request.pk, at=at)

    @rule(who=st.integers(0, 1), subject=st.integers(0, 1), at=MOMENTS)
    def compromised_does(self, who, subject, at):
        self.tries(
            self.bad[who % len(self.bad)],
            two_person.use,
            act=self.two.kind.code,
            subject_id=self.subjects[subject],
            at=at,
        )

    @invariant()
    def nothing_was_allowed_but_what_an_honest_officer_asked_for(self):
        for row in TwoPersonAct.objects.filter(confirmed=True):
            assert row.pk in self.honest, "allowed by those who asked"
            assert row.asked_by_id != row.decided_by_id
            assert row.asked_by_agency_id != row.decided_by_agency_id


class SearchOfTwo(Search):
    """Two officers of one agency work together."""

    members = PAIR


@threat("B2", off=nobody_asks_for_a_second)
@pytest.mark.parametrize("machine", [Search, SearchOfTwo])
def test_no_order_of_steps_leads_past_the_second_body(machine):
    run_state_machine_as_test(machine, settings=SEARCH)
