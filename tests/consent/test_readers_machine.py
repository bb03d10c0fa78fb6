"""Asked, granted, refused, withdrawn, renewed, overridden, run out, in whatever order: exactly
those desks read that a valid consent or a named law lets read, with real keys."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from himaya.accounts import two_person
from himaya.accounts.models import TwoPersonAct
from himaya.consent.answers import Question
from himaya.consent.models import Consent
from himaya.consent.operations import answering, asking, ending, overriding
from himaya.consent.queries import locked_consent
from himaya.consent.rules import holds
from himaya.kernel.access import job
from himaya.vault.errors import NotGranted
from himaya.vault.expiring import end_expired
from himaya.vault.models import Compartment, Grant
from himaya.vault.queries import key_of_compartment
from himaya.vault.reveal import reveal, share
from himaya.vault.seal import seal
from tests.factories import journey
from tests.factories.people import seat

KINDS = ("identity", "needs")
DAYS = st.integers(1, 14)
SOME = st.sets(st.sampled_from(KINDS), min_size=1).map(sorted)
WORKER = job("tests")


@dataclass
class Plain:
    """A consent as anybody would describe it. sent: which parts were shared on it."""

    desk: int
    kinds: list[str]
    until: datetime
    state: str = "asked"
    by_law: bool = False
    follows: "Plain | None" = None
    sent: frozenset[str] = frozenset()

    def reads(self, kind: str, at: datetime) -> bool:
        """Whether the desk reads this part on it."""
        return self.state == "granted" and at < self.until and kind in self.sent


class Readers(RuleBasedStateMachine):
    """One case, two shelters, two parts of the file."""

    stage: tuple[object, object]

    @initialize()
    def open(self):
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.people, self.case = self.stage
        self.at = timezone.now()  # policies ask the database's clock
        self.desks = [self.people.shelter, self.people.other_shelter]
        self.supervisor = seat("desk_supervisor", self.people.worker.desk)
        self.plain: dict[object, Plain] = {}
        self.words = 0
        for kind in KINDS:
            journey.noted(self.people, self.case, Compartment.Kind(kind), "at first")

    def teardown(self):
        if hasattr(self, "undo"):
            transaction.set_rollback(True)
            self.undo.__exit__(None, None, None)

    def those(self, *states, by_law=None):
        return [
            (key, each)
            for key, each in self.plain.items()
            if each.state in states and by_law in (None, each.by_law)
        ]

    def chosen(self, data, *states, by_law=None):
        return data.draw(st.sampled_from(self.those(*states, by_law=by_law)))

    def question(self, desk, kinds, days):
        until = self.at + timedelta(days=days)
        return Question(self.desks[desk].desk, Consent.Purpose.SHELTER, kinds, "fil", until)

    def with_worker(self, do, *, consent=None, **values):
        about = {} if consent is None else {"consent_id": consent}
        worker = self.people.worker
        with worker.works():
            return do(actor=worker.actor, case_id=self.case.pk, at=self.at, **about, **values)

    @rule(desk=st.integers(0, 1), kinds=SOME, days=DAYS)
    def ask(self, desk, kinds, days):
        question = self.question(desk, kinds, days)
        made = self.with_worker(asking.ask, question=question)
        self.plain[made.pk] = Plain(desk, kinds, question.until)

    @precondition(lambda self: self.those("granted", by_law=False))
    @rule(data=st.data(), kinds=SOME, days=DAYS)
    def ask_again(self, data, kinds, days):
        key, former = self.chosen(data, "granted", by_law=False)
        waits = any(each.follows is former for _key, each in self.those("asked"))
        if self.at >= former.until or waits:
            return
        question = self.question(former.desk, kinds, days)
        made = self.with_worker(asking.renew, consent=key, question=question)
        self.plain[made.pk] = Plain(former.desk, kinds, question.until, follows=former)

    @precondition(lambda self: self.those("asked", by_law=False))
    @rule(data=st.data(), yes=st.booleans())
    def answer(self, data, yes):
        key, plain = self.chosen(data, "asked", by_law=False)
        if not yes:
            self.with_worker(answering.refuse, consent=key)
            plain.state = "refused"
            return
        if self.at >= plain.until:
            return
        self.with_worker(answering.grant, consent=key, answer=journey.yes(self.case))
        plain.state = "granted"
        former = plain.follows
        if former and former.state == "granted" and self.at < former.until:
            former.state = "renewed"
            plain.sent = former.sent & set(plain.kinds)

    @rule(desk=st.integers(0, 1), kinds=SOME, days=DAYS, agreed=st.booleans())
    def override(self, desk, kinds, days, agreed):
        question = self.question(desk, kinds, days)
        danger = TwoPersonAct.Reason.DANGER
        values = {"basis": "danger_to_life", "against": True, "reason": danger, "words": "why"}
        made = self.with_worker(overriding.ask_override, question=question, **values)
        self.plain[made.pk] = Plain(desk, kinds, question.until, by_law=True)
        if agreed:
            request = TwoPersonAct.objects.get(subject_id=made.pk)
            with self.supervisor.works():
                actor = self.supervisor.actor
                two_person.approve(actor=actor, request_id=request.pk, at=self.at)
            self.with_worker(overriding.override, consent=made.pk)
            self.plain[made.pk].state = "granted"

    @precondition(lambda self: self.those("granted"))
    @rule(data=st.data())
    def send(self, data):
        """What sending a referral does with keys: under a lock, and only if it holds."""
        key, plain = self.chosen(data, "granted")
        worker = self.people.worker
        with worker.works():
            consent = locked_consent(key)
            assert holds(consent, self.at) == (self.at < plain.until)
            for kind in plain.kinds if holds(consent, self.at) else ():
                share(
                    keyring=worker.keyring,
                    compartment_id=self.part(kind).pk,
                    desk_id=self.desks[plain.desk].desk.pk,
                    reason=Grant.Reason.CONSENT,
                    actor=worker.actor,
                    basis_id=consent.pk,
                    until=consent.until,
                    at=self.at,
                )
                plain.sent |= {kind}

    @precondition(lambda self: self.those("granted"))
    @rule(data=st.data())
    def withdraw(self, data):
        key, plain = self.chosen(data, "granted")
        self.with_worker(ending.withdraw, consent=key)
        plain.state = "withdrawn"

    @rule(hours=st.integers(1, 200))
    def time_goes_by(self, hours):
        self.at += timedelta(hours=hours)

    @rule()
    def worker_comes_by(self):
        ending.expire(actor=WORKER, at=self.at)
        end_expired(actor=WORKER, at=self.at)
        for _key, plain in self.those("granted"):
            plain.state = "expired" if self.at >= plain.until else "granted"

    @invariant()
    def exactly_the_right_desks_read(self):
        if not hasattr(self, "plain"):
            return
        states = dict(Consent.objects.filter(case=self.case).values_list("pk", "state"))
        assert states == {key: plain.state for key, plain in self.plain.items()}
        for kind in KINDS:
            part = self.part(kind)
            self.words += 1
            words = str(self.words).encode()
            seal(epoch=key_of_compartment(part), name="note", content=words, at=self.at)
            for place, desk in enumerate(self.desks):
                may = any(
                    plain.desk == place and plain.reads(kind, self.at)
                    for plain in self.plain.values()
                )
                assert self.reads(desk, part) is may

    def part(self, kind):
        return Compartment.objects.get(subject_id=self.case.pk, kind=kind)

    def reads(self, desk, part):
        """With real keys, and no policy in the way: everything, or nothing."""
        try:
            opened = reveal(
                keyring=desk.keyring,
                compartment_ids=[part.pk],
                subject_id=desk.desk.pk,
                actor=desk.actor,
                at=self.at,
                purpose="referral",
                reason="own_work",
            )
        except NotGranted:
            return False
        return {b"at first", str(self.words).encode()} <= {each.content for each in opened}


@pytest.mark.slow
def test_exactly_those_read_whom_a_consent_or_a_law_lets(people, case):
    class OnThisStage(Readers):
        stage = (people, case)

    run_state_machine_as_test(
        OnThisStage, settings=settings(max_examples=8, stateful_step_count=12, deadline=None)
    )
