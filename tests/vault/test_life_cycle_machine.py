"""Whatever happens to desks, officers and grants, in whatever order: exactly those officers read
whom a plain model says, tried by really opening with every officer's own key.

Time runs in the machine; what the database's own policies make of it has tests of its own.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pyrage
import pytest
from django.db import transaction
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

from himaya.accounts.models import Membership
from himaya.vault.admitting import admit
from himaya.vault.errors import NoKey, NotGranted
from himaya.vault.expiring import end_expired
from himaya.vault.leaving import take_keys_away
from himaya.vault.models import Escalation, Grant, MemberWrap
from himaya.vault.operations import rotate
from himaya.vault.queries import key_of_compartment, key_of_desk
from himaya.vault.recovering import recover_desk
from himaya.vault.resealing import reseal
from himaya.vault.reveal import reveal, share
from himaya.vault.seal import Reader, open_circle, seal
from himaya.vault.shred import shred
from himaya.vault.signing import sign_proposals
from himaya.vault.withdraw import withdraw
from tests.factories import cases, desk_of, offices, recovery
from tests.factories.desk_of import KEYS
from tests.factories.moments import NOON

DESKS, SEATS = range(3), range(3)
HOUR = timedelta(hours=1)


@dataclass
class Held:
    """One grant of a desk, as the model has it. until: None for good."""

    until: datetime | None = None
    asleep: bool = False


@dataclass
class Model:
    """Who should read, and what. members: who was admitted to each desk and has not left."""

    members: dict[int, set[int]]
    grants: dict[int, list[Held]]
    woken: dict[int, list[datetime | None]] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)
    shredded: bool = False
    now: datetime = NOON

    def lasts(self, until):
        return until is None or until > self.now

    def desk_reads(self, desk):
        awake = any(self.lasts(until) for until in self.woken.get(desk, []))
        held = self.grants.get(desk, [])
        return any(self.lasts(each.until) and (awake or not each.asleep) for each in held)

    def reads(self, desk, seat):
        return not self.shredded and seat in self.members[desk] and self.desk_reads(desk)

    def readers(self):
        return [(desk, seat) for desk in DESKS for seat in SEATS if self.reads(desk, seat)]


class LifeCycle(RuleBasedStateMachine):
    """Three desks with up to three officers each, one compartment, one recovery key."""

    seats: list
    way: dict
    secret: object
    opened: dict

    @initialize(first=st.sampled_from(DESKS), sleeper=st.sampled_from(DESKS))
    def begin(self, first, sleeper):
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.case = cases.case(self.seats[first][0].desk)
        grants = {first: [Held()]}
        grants.setdefault(sleeper, []).append(Held(asleep=True))
        readers = [
            Reader(self.key(desk), Grant.Reason.CASE, dormant=held.asleep)
            for desk, all_held in grants.items()
            for held in all_held
        ]
        circle = open_circle(kind="needs", subject_id=self.case.pk, readers=readers, at=NOON)
        self.compartment = circle.compartment
        self.model = Model({desk: {0, 1} for desk in DESKS}, grants)

    def teardown(self):
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    def key(self, desk):
        return key_of_desk(self.seats[desk][0].desk.pk)

    def seat(self, who):
        return self.seats[who[0]][who[1]]

    @precondition(lambda self: not self.model.shredded)
    @rule()
    def write(self):
        word = f"word {len(self.model.words)}"
        at = self.model.now + timedelta(seconds=len(self.model.words))
        epoch = key_of_compartment(self.compartment)
        seal(epoch=epoch, name="note", content=word.encode(), at=at)
        self.model.words.append(word)

    @precondition(lambda self: self.model.readers())
    @rule(data=st.data(), to=st.sampled_from(DESKS), for_an_hour=st.booleans())
    def share(self, data, to, for_an_hour):
        by = self.seat(data.draw(st.sampled_from(self.model.readers()), label="by"))
        until = self.model.now + HOUR if for_an_hour else None
        share(
            keyring=by.keyring,
            compartment_id=self.compartment.pk,
            desk_id=self.seats[to][0].desk.pk,
            reason=Grant.Reason.CONSENT,
            actor=by.actor,
            at=self.model.now,
            until=until,
        )
        self.model.grants.setdefault(to, []).append(Held(until))

    @precondition(lambda self: not self.model.shredded)
    @rule(loser=st.sampled_from(DESKS))
    def withdraw(self, loser):
        self.way["withdraw"](
            compartment_id=self.compartment.pk,
            desk_id=self.seats[loser][0].desk.pk,
            at=self.model.now,
        )
        self.model.grants.pop(loser, None)

    @rule(sleeper=st.sampled_from(DESKS), for_an_hour=st.booleans())
    def wake(self, sleeper, for_an_hour):
        woken = self.model.woken.setdefault(sleeper, [])
        if not for_an_hour and None in woken:
            return  # once for good
        until = self.model.now + HOUR if for_an_hour else None
        desk = self.seats[sleeper][0].desk
        Escalation.objects.create(
            compartment=self.compartment, desk=desk, at=self.model.now, until=until
        )
        woken.append(until)

    @rule()
    def time_passes(self):
        self.model.now += 2 * HOUR

    @rule()
    def expired_grants_end(self):
        end_expired(actor=KEYS, at=self.model.now)
        assert not Grant.objects.filter(until__lte=self.model.now).exists()

    @rule(desk=st.sampled_from(DESKS), seat=st.sampled_from(SEATS), suspended=st.booleans())
    def leave(self, desk, seat, suspended):
        officer = self.seat((desk, seat)).officer
        if suspended:
            type(officer).objects.filter(pk=officer.pk).update(is_active=False)
        else:
            Membership.objects.filter(officer=officer).delete()
        self.way["take_keys_away"](officer_id=officer.pk, at=self.model.now)
        self.model.members[desk].discard(seat)

    @rule(desk=st.sampled_from(DESKS), seat=st.sampled_from(SEATS))
    def come(self, desk, seat):
        """An officer sits down at the desk, or comes back; a colleague admits them."""
        here = self.seat((desk, seat))
        type(here.officer).objects.filter(pk=here.officer.pk).update(is_active=True)
        Membership.objects.get_or_create(officer=here.officer, desk=here.desk)
        colleagues = self.model.members[desk] - {seat}
        if seat in self.model.members[desk]:
            return
        if colleagues:
            by = self.seat((desk, min(colleagues)))
            admit(
                actor=by.actor,
                keyring=by.keyring,
                desk_id=here.desk.pk,
                officer_id=here.officer.pk,
                at=self.model.now,
            )
        else:
            recover_desk(
                actor=KEYS,
                secret=self.secret,
                desk_id=here.desk.pk,
                officer_id=here.officer.pk,
                at=self.model.now,
            )
        self.model.members[desk].add(seat)

    @precondition(lambda self: all(self.model.members.values()))
    @rule(desk=st.sampled_from(DESKS))
    def turn(self, desk):
        rotate(actor=KEYS, desk_id=self.seats[desk][0].desk.pk, at=self.model.now)

    @rule()
    def registrar_signs(self):
        sign_proposals(actor=KEYS, registrar=offices.registrar(), at=self.model.now)

    @rule()
    def go_on(self):
        reseal(actor=KEYS, at=self.model.now)

    @precondition(lambda self: self.model.words)
    @rule(really=st.integers(0, 7))
    def shred(self, really):
        if really == 0:  # seldom, because nothing comes after it
            shred(compartment_ids=[self.compartment.pk], at=self.model.now)
            self.model.shredded = True

    @invariant()
    def exactly_the_readers_read_everything(self):
        for desk in DESKS:
            for seat in SEATS:
                reads = self.model.reads(desk, seat)
                expected = sorted(self.model.words) if reads else None
                assert self.read(self.seat((desk, seat))) == expected, (desk, seat)

    @invariant()
    def desks_keys_lie_sealed_for_their_members_and_for_nobody_else(self):
        members = {
            self.seat((desk, seat)).officer.pk
            for desk, seats in self.model.members.items()
            for seat in seats
        }
        wraps = MemberWrap.objects.values_list("pk", "officer", "sealed")
        assert {officer for _, officer, _ in wraps} == members
        for pk, officer, sealed in wraps:
            if pk not in self.opened:  # a wrap never changes
                self.opened[pk] = opens_for_one(bytes(sealed), self.keyring_of(officer))
            assert self.opened[pk]

    def keyring_of(self, officer_id):
        found = (seat for row in self.seats for seat in row if seat.officer.pk == officer_id)
        return next(found).keyring

    def read(self, seat):
        try:
            found = reveal(
                keyring=seat.keyring,
                compartment_ids=[self.compartment.pk],
                subject_id=self.case.pk,
                actor=seat.actor,  # who has left still says that the desk is theirs
                at=self.model.now,
                purpose="to_test",
                reason="own_work",
            )
        except (NotGranted, NoKey):
            return None
        return sorted(item.text() for item in found)


def opens_for_one(sealed, keyring):
    """True when an age file has one recipient, and this officer is it."""
    pyrage.decrypt(sealed, [keyring.identity])
    return sealed.count(b"\n-> X25519 ") == 1


@pytest.fixture
def machine(db):
    """A machine on desks and officers that are made once, for all the runs of a test."""
    held = recovery.ceremony()
    rows = []
    for _ in DESKS:
        desk = offices.desk()
        row = [desk_of.seat(desk), desk_of.seat(desk), desk_of.newcomer(desk)]
        MemberWrap.objects.filter(officer=offices.keeper().officer_id).delete()
        rows.append(row)
    way = {"withdraw": withdraw, "take_keys_away": take_keys_away}
    parts = {"opened": {}, "seats": rows, "way": way, "secret": held.secret()}
    return type("OnDesks", (LifeCycle,), parts)


RUNS = settings(max_examples=24, stateful_step_count=10, phases=[Phase.generate])
# A control only has to be found, not made small; and it must be found every time.
CONTROL = settings(
    RUNS, max_examples=40, derandomize=True, database=None, report_multiple_bugs=False
)


@pytest.mark.slow
def test_any_order_leaves_exactly_the_right_officers(machine):
    """A failure prints how to repeat it."""
    run_state_machine_as_test(machine, settings=RUNS)


def leave_the_wraps(**what):
    """Turning the desk's key and forgetting to take the leaver's away."""
    away = take_keys_away(**what)
    MemberWrap.objects.bulk_create(away.gone)
    return away


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("withdraw", lambda **_: None),
        ("take_keys_away", leave_the_wraps),
        ("take_keys_away", lambda **_: None),
    ],
    ids=["withdraws nothing", "leaves the wraps", "takes nothing away"],
)
def test_that_machine_finds_a_vault_that_does_it_wrong(machine, monkeypatch, name, wrong):
    monkeypatch.setitem(machine.way, name, wrong)

    with pytest.raises(AssertionError):
        run_state_machine_as_test(machine, settings=CONTROL)
