"""Whatever is opened, shared, withdrawn, overtaken and written, in whatever order: exactly those
desks read that should, by the keys and by the database's own policies."""

from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from himaya.agencies.models import Desk
from himaya.vault.errors import NotGranted
from himaya.vault.models import Compartment, CompartmentEpoch, Escalation, Grant
from himaya.vault.queries import key_of_compartment, key_of_desk
from himaya.vault.reveal import reveal, share
from himaya.vault.seal import Reader, open_circle, seal
from himaya.vault.withdraw import withdraw
from tests.factories import cases, offices, seats
from tests.factories.roles import NOBODY, as_officer

DESKS = range(4)
AT = timezone.now()  # policies ask the database's clock
AWAKE, ASLEEP, LAPSED = "awake", "asleep", "lapsed"


@dataclass
class Model:
    """Who should read, and what: the grants of each desk, the words in the order of sealing.

    overtaken: desks whose sleeping grant was woken, for good.
    """

    compartment: Compartment
    grants: dict[int, set[str]]
    overtaken: set[int] = field(default_factory=set)
    words: list[str] = field(default_factory=list)

    def reads(self, desk):
        held = self.grants.get(desk, set())
        return AWAKE in held or (ASLEEP in held and desk in self.overtaken)

    def awake(self):
        return [desk for desk in DESKS if self.reads(desk)]

    def asleep(self):
        return [
            desk
            for desk, held in self.grants.items()
            if ASLEEP in held and desk not in self.overtaken
        ]


class Readers(RuleBasedStateMachine):
    """One compartment of one case, four desks with an officer each."""

    seats: list
    case: object
    way: dict

    @initialize(first=st.sets(st.sampled_from(DESKS), min_size=1), sleeper=st.sampled_from(DESKS))
    def open(self, first, sleeper):
        self.undo = transaction.atomic()
        self.undo.__enter__()
        states = dict.fromkeys(first, AWAKE)
        states.setdefault(sleeper, ASLEEP)
        readers = [
            self.way["Reader"](self.key(desk), Grant.Reason.CASE, dormant=state == ASLEEP)
            for desk, state in states.items()
        ]
        with as_officer(NOBODY):  # whoever makes a compartment need not be able to open it
            circle = open_circle(
                kind=Compartment.Kind.NEEDS, subject_id=self.case.pk, readers=readers, at=AT
            )
        self.model = Model(circle.compartment, {desk: {state} for desk, state in states.items()})

    def teardown(self):
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    def key(self, desk):
        return key_of_desk(self.seats[desk][0].pk)

    def acting(self, data):
        return data.draw(st.sampled_from(self.model.awake()), label="by")

    @rule(data=st.data())
    @precondition(lambda self: self.model.awake())
    def write(self, data):
        word = f"word {len(self.model.words)}"
        with as_officer(self.seats[self.acting(data)][2]):
            epoch = key_of_compartment(self.model.compartment)
            at = AT + timedelta(seconds=len(self.model.words))
            seal(epoch=epoch, name="note", content=word.encode(), at=at)
        self.model.words.append(word)

    @rule(data=st.data(), to=st.sampled_from(DESKS), lasting=st.booleans())
    @precondition(lambda self: self.model.awake())
    def share(self, data, to, lasting):
        _, officer, actor = self.seats[self.acting(data)]
        with as_officer(actor):
            self.way["share"](
                keyring=seats.keyring_of(officer),
                compartment_id=self.model.compartment.pk,
                desk_id=self.seats[to][0].pk,
                reason=Grant.Reason.CONSENT,
                actor=actor,
                at=AT,
                until=None if lasting else AT - timedelta(days=1),
            )
        held = self.model.grants.setdefault(to, set())
        if lasting:
            held -= {LAPSED}
            held |= {AWAKE}
        elif AWAKE not in held:
            held |= {LAPSED}

    @rule(data=st.data(), loser=st.sampled_from(DESKS))
    @precondition(lambda self: self.model.awake())
    def withdraw(self, data, loser):
        with as_officer(self.seats[self.acting(data)][2]):
            self.way["withdraw"](
                compartment_id=self.model.compartment.pk,
                desk_id=self.seats[loser][0].pk,
                at=AT,
            )
        self.model.grants.pop(loser, None)

    @rule()
    @precondition(lambda self: self.model.asleep())
    def overtake(self):
        for desk in self.model.asleep():
            Escalation.objects.create(
                compartment=self.model.compartment, desk=self.seats[desk][0], at=AT
            )
            self.model.overtaken.add(desk)

    @rule()
    def look(self):
        """Nothing happens: there is always something to do when nobody reads any more."""

    @invariant()
    def exactly_the_readers_read_everything_and_see_the_compartment(self):
        for desk in DESKS:
            reads = self.model.reads(desk)
            assert self.read(desk) == (self.model.words if reads else None)
            assert self.sees(desk) is reads

    def read(self, desk):
        _, officer, actor = self.seats[desk]
        try:
            with as_officer(actor):
                opened = reveal(
                    keyring=seats.keyring_of(officer),
                    compartment_ids=[self.model.compartment.pk],
                    subject_id=self.case.pk,
                    actor=actor,
                    at=AT,
                    purpose="to_test",
                    reason="own_work",
                )
        except NotGranted:
            return None
        return [item.text() for item in opened]

    def sees(self, desk):
        with as_officer(self.seats[desk][2]):
            return CompartmentEpoch.objects.exists()


@pytest.fixture
def machine(db):
    """A machine on desks that are founded once, for all the runs of a test."""
    found = []
    for _ in DESKS:
        desk = offices.desk(Desk.Kind.CASEWORK)
        officer = seats.officer("case_worker", desk)
        found.append((desk, officer, seats.actor_of_officer(officer)))
    way = {"Reader": Reader, "share": share, "withdraw": withdraw}
    parts = {"seats": found, "case": cases.case(found[0][0]), "way": way}
    return type("OnDesks", (Readers,), parts)


RUNS = settings(max_examples=15, stateful_step_count=10, phases=[Phase.generate])
# A control only has to be found, not made small; and it must be found every time.
CONTROL = settings(RUNS, max_examples=60, phases=[Phase.generate], derandomize=True, database=None)


@pytest.mark.slow
def test_any_order_leaves_exactly_the_right_readers(machine):
    run_state_machine_as_test(machine, settings=RUNS)


def only_from_now_on(**what):
    """Withdrawing that leaves the older epochs as they were."""
    gone, epoch, grants = withdraw(**what)
    return Grant.objects.bulk_create(gone), epoch, grants


def sleepless(key, reason, **_asleep):
    """A reader that never sleeps."""
    return Reader(key, reason)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("withdraw", lambda **_: None),
        ("withdraw", only_from_now_on),
        ("share", lambda **_: None),
        ("Reader", sleepless),
    ],
    ids=["withdraws nothing", "withdraws the newest key", "shares nothing", "never sleeps"],
)
def test_that_machine_finds_a_vault_that_does_it_wrong(machine, monkeypatch, name, wrong):
    monkeypatch.setitem(machine.way, name, wrong)

    with pytest.raises(AssertionError):
        run_state_machine_as_test(machine, settings=CONTROL)
