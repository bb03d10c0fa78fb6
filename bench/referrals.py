"""Fifty officers act on referrals at once for a minute; afterwards nothing is lost or done twice.

They send, acknowledge, accept, decline, begin, complete, withdraw and hand cases over, by the
operations, each by turns on the connections that the officers' site has. The floor is what the
database alone takes here and now: as many connections that each lock one row and change it, one
commit each. HIMAYA_BENCH_SECONDS sets another time than a minute.
"""

import json
import os
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from statistics import quantiles
from uuid import UUID, uuid4

import django
import psycopg
import pyrage

os.environ["DJANGO_SETTINGS_MODULE"] = "himaya.config.staff"
django.setup()

from django.db import OperationalError, connection, transaction  # noqa: E402 - needs the line above

from himaya.accounts.models import Membership, Officer  # noqa: E402
from himaya.accounts.pages import enter, transaction_time  # noqa: E402
from himaya.accounts.queries import actor_of  # noqa: E402
from himaya.agencies.models import Agency, Desk  # noqa: E402
from himaya.audit.models import Entry, Pending  # noqa: E402
from himaya.cases.models import Case, Person  # noqa: E402
from himaya.cases.tracks import begin as begin_tracks  # noqa: E402
from himaya.consent.models import Consent  # noqa: E402
from himaya.installation.inside import opened  # noqa: E402
from himaya.installation.registrar import registrar_key  # noqa: E402
from himaya.installation.temporary import Running  # noqa: E402
from himaya.kernel.access import Actor, job  # noqa: E402
from himaya.kernel.errors import Refusal  # noqa: E402
from himaya.packs.loader import current  # noqa: E402
from himaya.referrals.models import Referral  # noqa: E402
from himaya.referrals.operations import (  # noqa: E402
    answering,
    completing,
    drafting,
    sending,
    showing,
)
from himaya.vault.enrol import found_desk_key  # noqa: E402
from himaya.vault.keyring import Keyring  # noqa: E402
from himaya.vault.keys import member_mac  # noqa: E402
from himaya.vault.models import Compartment, Grant, MemberKey  # noqa: E402
from himaya.vault.queries import readers  # noqa: E402
from himaya.vault.seal import open_circle, seal  # noqa: E402

SECONDS = float(os.environ.get("HIMAYA_BENCH_SECONDS", "60"))
FLOOR_SECONDS = min(SECONDS, 5.0)
CASES = 120
# Kind of desk, agency, officers there, and their role: fifty in all.
PLACES = (
    ("CASEWORK", "pam", 17, "case_worker"),
    ("CASEWORK", "mosa", 13, "case_worker"),
    ("SHELTER", "pam", 10, "shelter_worker"),
    ("SHELTER", "mosa", 10, "shelter_worker"),
)
FLOOR = "CREATE TABLE bench_floor (id int PRIMARY KEY, number bigint NOT NULL)"
BENCH = job("bench")
State, Kind, Priority = Referral.State, Referral.Kind, Referral.Priority
ANSWERS = ("referral.accepted", "referral.declined")


@dataclass
class Seat:
    """An officer at a desk, with their keys open."""

    actor: Actor
    keyring: Keyring
    desk: Desk


@dataclass
class Done:
    """What one officer did: (act, referral) of each act that was reported as done, and its time."""

    acts: list[tuple[str, UUID]] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)


@contextmanager
def as_owner_of_all(dsn: str) -> Iterator[None]:
    """Everything inside is done past the policies, to prepare and to count."""
    parts = psycopg.conninfo.conninfo_to_dict(dsn)
    usual = dict(connection.settings_dict)
    connection.close()
    for key, value in {"USER": "user", "PASSWORD": "password", "HOST": "host"}.items():
        connection.settings_dict[key] = parts.get(value, "")
    connection.settings_dict["PORT"] = parts.get("port", "")
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.clear()
        connection.settings_dict.update(usual)


def seated() -> list[Seat]:
    """Desks of the bench's own, with keys, and fifty officers at them."""
    at, registrar = now(), registrar_key()
    assert registrar is not None, "a demonstration keeps the registrar's key"
    seats = []
    for number, (kind, agency, officers, role) in enumerate(PLACES):
        desk = Desk.objects.create(
            agency=Agency.objects.get(code=agency),
            code=f"bench_{number}",
            kind=kind,
            label_en=f"Bench {number}",
            label_ar=f"Bench {number}",
        )
        made = [_officer(desk, role, f"bench-{number}-{each}") for each in range(officers)]
        keys = [MemberKey.objects.get(officer=officer) for officer, _identity in made]
        found_desk_key(actor=BENCH, desk_id=desk.pk, members=keys, registrar=registrar, at=at)
        for officer, identity in made:
            actor = actor_of(officer, at.date())
            seats.append(Seat(actor, Keyring(officer.pk, identity), desk))
    return seats


def _officer(desk: Desk, role: str, name: str) -> tuple[Officer, pyrage.x25519.Identity]:
    officer = Officer.objects.create(username=name, agency_id=desk.agency_id, roles=[role])
    Membership.objects.create(officer=officer, desk=desk)
    identity = pyrage.x25519.Identity.generate()
    key = str(identity.to_public())
    mac = member_mac(officer.pk, key)
    MemberKey.objects.create(officer=officer, public_key=key, mac=mac, salt=b"", sealed=b"")
    return officer, identity


def now() -> object:
    """The moment by the database's clock."""
    with transaction.atomic():
        return transaction_time()


def cases(desks: list[Desk]) -> None:
    """Cases of the first desk, whose persons let every other desk see their needs."""
    lead, at = desks[0], now()
    for number in range(CASES):
        person = Person.objects.create(made_at=at)
        case = Case.objects.create(
            person=person,
            pseudonym=f"BN-{number:05}",
            channel="web",
            desk=lead,
            identification_desk=Desk.objects.get(code="pam_identification"),
            pack=f"{current().id} {current().version}",
            opened_at=at,
        )
        begin_tracks(case=case, at=at, further={})
        needs = open_circle(
            kind=Compartment.Kind.NEEDS,
            subject_id=case.pk,
            readers=readers([lead.pk], Grant.Reason.CASE),
            at=at,
        )
        seal(epoch=needs.epoch, name="note", content=b"A quiet room.", at=at)
        for desk in desks:
            _agreed(case, desk, at)


def _agreed(case: Case, desk: Desk, at: object) -> None:
    Consent.objects.create(
        case=case,
        recipient=desk,
        purpose=Consent.Purpose.SHELTER,
        kinds=[Compartment.Kind.NEEDS],
        language="en",
        state=Consent.State.GRANTED,
        method=Consent.Method.SPOKEN,
        given_by=Consent.Giver.PERSON,
        series=uuid4(),
        asked_at=at,
        given_at=at,
        until=at + timedelta(days=90),  # type: ignore[operator]  # a moment
    )


class Work:
    """One officer at work until the time is over."""

    def __init__(self, seat: Seat, until: float) -> None:
        self.seat, self.until, self.done = seat, until, Done()
        self.choice = random.Random(str(seat.actor.officer_id))

    def run(self) -> Done:
        """Act again and again, each time as a new request does; what is refused is no act."""
        acts = [self.answer] if self.seat.desk.kind == "SHELTER" else [self.send, self.lead]
        while time.perf_counter() < self.until:
            self.choice.choice(acts)()
            connection.close()  # back to the pool, for the next officer who waits
        return self.done

    def act(self, name: str, do: Callable[[object], Referral]) -> Referral | None:
        """One act in one transaction, as a page makes it."""
        began = time.perf_counter()
        try:
            with transaction.atomic():
                enter(self.seat.actor)
                done = do(transaction_time())
        except Refusal as refusal:
            self.done.refused[refusal.code] += 1
            return None
        except OperationalError as error:
            self.done.broken.append(f"{name}: {error}")
            return None
        self.done.seconds.append(time.perf_counter() - began)
        self.done.acts.append((name, done.pk))
        return done

    def some(self, *, sent: bool, states: list[str]) -> Referral | None:
        """One of the desk's referrals in one of these states, by chance."""
        with transaction.atomic():
            enter(self.seat.actor)
            mine = {"sender" if sent else "receiver": self.seat.desk}
            found = list(Referral.objects.filter(state__in=states, **mine)[:40])
        return self.choice.choice(found) if found else None

    def send(self) -> None:
        """Write, check and send a referral to a shelter, or offer the case to the other desk."""
        with transaction.atomic():
            enter(self.seat.actor)
            led = list(Case.objects.filter(desk=self.seat.desk, pseudonym__startswith="BN-"))
            if not led:
                return
            case = self.choice.choice(led)
            others = Consent.objects.filter(case=case).exclude(recipient=self.seat.desk)
            consent = self.choice.choice(list(others.select_related("recipient")))
        kind = Kind.TRANSFER if consent.recipient.kind == "CASEWORK" else Kind.SERVICE
        made = self.act("referral.drafted", lambda at: self._draft(case, consent, kind, at))
        if made is None:
            return
        marks: list[str] = []
        if self.act("referral.checked", lambda at: self._check(made, marks, at)) is None:
            return
        sent = self.act("referral.sent", lambda at: self._send(made, marks[0], at))
        if sent is None:  # somebody else asked first: the draft is put away
            self.act("referral.withdrawn", lambda at: self._withdraw(made, at))

    def _draft(self, case: Case, consent: Consent, kind: Kind, at: object) -> Referral:
        return drafting.draft(
            actor=self.seat.actor,
            case_id=case.pk,
            receiver=consent.recipient,
            consent_id=consent.pk,
            priority=Priority.URGENT,
            informed=True,
            words="Please.",
            kind=kind,
            at=at,
        )

    def _check(self, made: Referral, marks: list[str], at: object) -> Referral:
        keyring = self.seat.keyring
        shown = showing.preview(
            actor=self.seat.actor, keyring=keyring, referral_id=made.pk, at=at, reason="own_work"
        )
        marks.append(shown.mark)
        return made

    def _send(self, made: Referral, mark: str, at: object) -> Referral:
        keyring = self.seat.keyring
        return sending.send(
            actor=self.seat.actor, keyring=keyring, referral_id=made.pk, mark=mark, at=at
        )

    def _withdraw(self, made: Referral, at: object) -> Referral:
        return sending.withdraw(actor=self.seat.actor, referral_id=made.pk, at=at)

    def lead(self) -> None:
        """Answer a transfer, or take something back."""
        if self.choice.random() < 0.3:
            if found := self.some(sent=True, states=["sent", "acknowledged"]):
                self.act("referral.withdrawn", lambda at: self._withdraw(found, at))
        else:
            self.answer()

    def answer(self) -> None:
        """The next thing that a receiving desk does with one of its referrals."""
        waiting = ["sent", "acknowledged", "accepted", "in_service"]
        found = self.some(sent=False, states=waiting)
        if found is None:
            time.sleep(0.02)
            return
        one = {"actor": self.seat.actor, "referral_id": found.pk}
        if found.state == State.SENT:
            self.act("referral.acknowledged", lambda at: answering.acknowledge(**one, at=at))
        elif found.state == State.ACCEPTED:
            self.act(
                "referral.begun", lambda at: answering.begin(**one, declared={"place_held"}, at=at)
            )
        elif found.state == State.IN_SERVICE:
            self.act("referral.completed", lambda at: self._complete(one, at))
        elif self.choice.random() < 0.7:
            held = {"place_held"}
            self.act("referral.accepted", lambda at: answering.accept(**one, declared=held, at=at))
        else:
            self.act("referral.declined", lambda at: self._decline(one, at))

    def _decline(self, one: dict[str, object], at: object) -> Referral:
        return answering.decline(**one, reason="no_place", words="", at=at)

    def _complete(self, one: dict[str, object], at: object) -> Referral:
        return completing.complete(
            **one, outcome="served", words="", declared={"person_chose"}, at=at
        )


def floor(dsn: str, officers: int) -> float:
    """How many times a second so many connections lock a row of their choice and change it."""
    with psycopg.connect(dsn, autocommit=True) as line:
        line.execute(FLOOR)
        line.execute("INSERT INTO bench_floor SELECT n, 0 FROM generate_series(1, 500) n")
    until = time.perf_counter() + FLOOR_SECONDS

    def write(seed: int) -> int:
        choice, count = random.Random(seed), 0
        with psycopg.connect(dsn) as line:
            while time.perf_counter() < until:
                row = choice.randrange(1, 501)
                line.execute("SELECT 1 FROM bench_floor WHERE id = %s FOR UPDATE", [row])
                line.execute("UPDATE bench_floor SET number = number + 1 WHERE id = %s", [row])
                line.commit()
                count += 1
        return count

    with ThreadPoolExecutor(officers) as writers:
        return sum(writers.map(write, range(officers))) / FLOOR_SECONDS


def recorded() -> Counter[tuple[str, str]]:
    """(act, referral) → how many entries of the ledger say so, numbered or waiting."""
    found: Counter[tuple[str, str]] = Counter()
    for model in (Entry, Pending):
        rows = model.objects.filter(act__startswith="referral.").values_list("act", "facts")
        found.update((act, json.loads(facts)["referral"]) for act, facts in rows)
    return found


def lost_acts(done: list[Done], entries: Counter[tuple[str, str]]) -> int:
    """Acts that an officer was told were done and that the ledger does not have, or the reverse."""
    told = Counter((act, str(one)) for each in done for act, one in each.acts)
    kept = Counter({key: n for key, n in entries.items() if key[0] != "referral.taken_over"})
    return sum((told - kept).values()) + sum(len(each.broken) for each in done)


def double_answers(entries: Counter[tuple[str, str]]) -> int:
    """Referrals with more than one yes or no."""
    answers: Counter[str] = Counter()
    for (act, one), number in entries.items():
        if act in ANSWERS:
            answers[one] += number
    return sum(1 for number in answers.values() if number > 1)


def wrong_owners(first: Desk) -> int:
    """Cases that are not led by the desk which took them over last, or with two live offers."""
    wrong = 0
    for case in Case.objects.filter(pseudonym__startswith="BN-"):
        transfers = Referral.objects.filter(case=case, kind=Kind.TRANSFER)
        taken = transfers.filter(outcome="taken_over").order_by("ended_at").last()
        owner = taken.receiver_id if taken else first.pk
        live = transfers.filter(state__in=["sent", "acknowledged", "accepted"]).count()
        keys = Grant.objects.filter(compartment__subject_id=case.pk, desk=owner, dormant=False)
        wrong += case.desk_id != owner or live > 1 or not keys.exists()
    return wrong


def show(found: dict[str, object], done: list[Done]) -> None:
    """The table for people."""
    acts = Counter(act for each in done for act, _one in each.acts)
    refused = sum((each.refused for each in done), Counter())
    for name, number in sorted(acts.items()):
        print(f"{name.removeprefix('referral.'):<16}{number:>8}")
    print(f"{'refused':<16}{sum(refused.values()):>8}   {dict(refused)}")
    for each in done:
        with suppress(IndexError):
            print(f"broken: {each.broken[0]}")
    for name, value in found.items():
        print(f"{name:<20}{value:>10}")


def main(running: Running, *, as_json: bool) -> int:
    """Measure, print, and end with one line of JSON."""
    with opened(running.place) as server:
        dsn = server.administrator().replace("dbname=postgres", f"dbname={server.database}")
        with as_owner_of_all(dsn):
            seats = seated()
            desks = list(Desk.objects.filter(code__startswith="bench_").order_by("code"))
            cases(desks)
        rate = floor(dsn, len(seats))
        began = time.perf_counter()
        with ThreadPoolExecutor(len(seats)) as officers:
            works = [Work(seat, began + SECONDS) for seat in seats]
            done = list(officers.map(Work.run, works))
        took = time.perf_counter() - began
        with as_owner_of_all(dsn):
            entries = recorded()
            owners = wrong_owners(desks[0])
    seconds = [each for one in done for each in one.seconds]
    found: dict[str, object] = {
        "acts_per_second": round(len(seconds) / took, 1),
        "floor_per_second": round(rate),
        "p95_ms": round(1000 * quantiles(seconds, n=20)[-1]),
        "lost": lost_acts(done, entries),
        "double_answers": double_answers(entries),
        "wrong_owners": owners,
        "officers": len(seats),
        "acts": len(seconds),
    }
    if not as_json:
        show(found, done)
    print(json.dumps(found))
    return int(bool(found["lost"] or found["double_answers"] or owners))
