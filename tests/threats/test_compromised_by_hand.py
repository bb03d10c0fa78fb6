"""One officer, or two of one agency, write whatever SQL the officers' site may write: in vain.

A search by hypothesis. The attacker has every permission there is (they are only a setting of the
transaction), the desks of their agency, and their own identity. What the database must keep: no
act allowed, no officer made or changed, no seat gained, and no case closed by one alone.
"""

from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.db import DatabaseError, transaction
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from himaya.accounts.models import Membership, Officer, TwoPersonAct
from himaya.cases.models import Case
from himaya.enrolment.models import Invitation, Proposal
from himaya.kernel.access import Permission
from tests.factories import cases, personnel
from tests.factories.catalogue import ask, column
from tests.factories.dangerous import without_guards
from tests.factories.fixtures import undone
from tests.factories.moments import NOON
from tests.factories.roles import as_officer
from tests.factories.rows import column_types
from tests.factories.threats import threat

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
SEARCH = settings(
    max_examples=5,
    stateful_step_count=40,
    phases=[Phase.generate],
    database=None,
    derandomize=True,  # the same search each time: what it finds once it finds again
)
TABLES = {
    model._meta.db_table: model
    for model in apps.get_models()
    if model._meta.label
    in {
        "accounts.TwoPersonAct",
        "accounts.Officer",
        "accounts.Membership",
        "enrolment.Proposal",
        "enrolment.Invitation",
        "cases.Case",
        "cases.Closure",
    }
}
CALLS = {
    "enrolment_carry_out": ("uuid", "bytea", "timestamptz", "timestamptz"),
    "enrolment_join": ("varchar", "varchar", "timestamptz"),
    "enrolment_invite_again": ("uuid", "bytea", "timestamptz", "timestamptz"),
}
WORDS = {
    "act": ["officer.enrol", "officer.change"],
    "kind": ["officer.enrol", "officer.change"],
    "state": ["closed"],
    "outcome": ["protected"],
    "reason": ["new_colleague"],
    "why": [""],
}


@contextmanager
def trusting():
    """The database as it were if it left all this to the program."""
    with without_guards():
        for table, trigger in {
            "cases_case": "cases_end_by_two",
            "cases_closure": "cases_closure_steps",
        }.items():
            ask(f"ALTER TABLE {table} DISABLE TRIGGER {trigger}")
        ask("ALTER TABLE cases_closure DROP CONSTRAINT cases_closure_by_two")
        ask("GRANT INSERT, UPDATE ON accounts_officer, accounts_membership TO himaya_staff")
        yield


class Search(RuleBasedStateMachine):
    """`size`: how many officers of one agency are compromised."""

    size = 1

    @initialize()
    def begin(self):
        self.outer = undone()
        self.outer.__enter__()
        by = personnel.bodies()
        self.case = cases.case(by.desk)
        self.request = personnel.proposed(by)
        self.bad = [
            replace(
                seat.actor,
                permissions=frozenset(Permission),
                desk_ids=by.worker.actor.desk_ids,
            )
            for seat in (by.personnel, by.worker)[: self.size]
        ]
        self.before = self.officers()
        self.own = (by.desk.pk, self.case.pk, self.request.pk, self.request.subject_id)
        ids = [actor.officer_id for actor in self.bad] + [by.second.officer.pk, by.other.officer.pk]
        self.values = {
            "uuid": [*ids, *(seat.desk.agency_id for seat in (by.personnel, by.other)), *self.own],
            "bool": [True, False],
            "timestamptz": [NOON, NOON + timedelta(hours=1), NOON + timedelta(days=400)],
            "date": [NOON.date()],
            "bytea": [b"x" * 32],
            "_varchar": [["personnel_officer"], ["case_worker"], [by.desk.code]],
        }

    def teardown(self):
        if hasattr(self, "outer"):
            self.outer.__exit__(None, None, None)

    def officers(self):
        """Every officer as they stand, and where each sits. Being locked out does not count."""
        seats = set(Membership.objects.values_list("officer", "desk"))
        known = Officer.objects.values_list("pk", "username", "agency", "roles", "is_active")
        return (
            {pk: (*rest[:2], *rest[2]) for pk, *rest in known},
            {pk for pk, *_rest, works in known if works},
            seats,
        )

    def value(self, data, name, kind):
        if name == "id" and kind == "uuid" and data.draw(st.booleans()):
            return uuid4()
        if kind == "varchar":
            return data.draw(st.sampled_from(WORDS.get(name, ["officer.enrol", "open", "x"])))
        return data.draw(st.sampled_from(self.values.get(kind, [None])))

    def runs(self, data, statement, values):
        """The statement, by one of the compromised; what the database refuses is undone."""
        with as_officer(data.draw(st.sampled_from(self.bad))):
            try:
                with transaction.atomic():
                    ask(statement, *values)
            except DatabaseError:
                return

    @rule(data=st.data(), table=st.sampled_from(sorted(TABLES)))
    def update(self, data, table):
        types = column_types(table)
        open_to = updatable(table) or sorted(types)
        chosen = data.draw(st.lists(st.sampled_from(open_to), min_size=1, max_size=4, unique=True))
        row = data.draw(
            st.sampled_from([None, self.case.pk, self.request.pk, *self.values["uuid"]])
        )
        where, which = ("WHERE id = %s", [row]) if isinstance(row, UUID) else ("", [])
        changes = ", ".join(f'"{name}" = %s' for name in chosen)
        values = [self.value(data, name, types[name]) for name in chosen]
        self.runs(data, f"UPDATE {table} SET {changes} {where}", [*values, *which])

    @rule(data=st.data(), table=st.sampled_from(sorted(TABLES)))
    def insert(self, data, table):
        types = column_types(table)
        values = [self.value(data, name, kind) for name, kind in types.items()]
        names, places = ", ".join(f'"{name}"' for name in types), ", ".join(["%s"] * len(types))
        self.runs(data, f"INSERT INTO {table} ({names}) VALUES ({places})", values)

    @rule(data=st.data())
    def decide(self, data):
        """The likeliest attack, so that it is not left to chance: all columns of a decision."""
        who = data.draw(st.sampled_from([actor.officer_id for actor in self.bad]))
        body = data.draw(st.sampled_from(self.values["uuid"]))
        self.runs(
            data,
            "UPDATE accounts_twopersonact SET decided_by_id = %s, decided_by_agency_id = %s,"
            " decided_at = %s, confirmed = true WHERE id = %s",
            [who, body, NOON, self.request.pk],
        )

    @rule(data=st.data(), name=st.sampled_from(sorted(CALLS)))
    def call(self, data, name):
        values = [self.value(data, "", kind) for kind in CALLS[name]]
        self.runs(data, f"SELECT {name}({', '.join(['%s'] * len(values))})", values)

    @invariant()
    def nothing_is_allowed_or_done(self):
        if not hasattr(self, "request"):
            return
        assert not TwoPersonAct.objects.filter(confirmed=True).exists(), "allowed by one body"
        assert not TwoPersonAct.objects.filter(used_at__isnull=False).exists()
        assert not Proposal.objects.filter(done=True).exists()
        assert not Invitation.objects.exists()

    @invariant()
    def officers_are_who_they_were(self):
        if not hasattr(self, "request"):
            return
        (known, working, seats), (now, works, sits) = self.before, self.officers()
        assert now == known, "an officer was made or changed"
        assert works <= working
        assert sits <= seats

    @invariant()
    def nobody_closed_the_case_alone(self):
        if hasattr(self, "request") and self.size == 1:
            assert not Case.objects.filter(state="closed").exists()


class SearchOfTwo(Search):
    """Two officers of one agency."""

    size = 2


def updatable(table):
    """Columns of a table that the officers' site may update."""
    return column(
        "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0"
        " AND has_column_privilege('himaya_staff', attrelid, attnum, 'UPDATE') ORDER BY 1",
        table,
    )


@threat("B2", off=trusting)
@pytest.mark.parametrize("machine", [Search, SearchOfTwo])
def test_no_statement_leads_past_the_second_body(machine):
    run_state_machine_as_test(machine, settings=SEARCH)
