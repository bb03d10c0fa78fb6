"""Every act of two as somebody would try to do it: alone, asked for, allowed, and again.

A new line of ACTS_OF_TWO needs a line here: tests/threats fail until it has one.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from unittest import mock
from uuid import UUID

from django.db import DatabaseError, transaction

from himaya.accounts import two_person
from himaya.accounts.acts_of_two import ACTS_OF_TWO
from himaya.accounts.models import Membership, Officer, TwoPersonAct
from himaya.consent.operations.overriding import override
from himaya.enrolment.models import Invitation, Proposal
from himaya.enrolment.operations import proposing
from himaya.enrolment.operations.proposing import Post
from himaya.enrolment.operations.suspending import Why, suspend
from himaya.kernel.access import Actor
from himaya.kernel.errors import Refusal
from himaya.reporting.models import Message, Report
from himaya.reporting.operations import discard as discarding
from himaya.reporting.operations import hold as holding_answers
from himaya.reporting.operations import informant
from himaya.retention.models import Erasure, Of
from himaya.retention.operations.erase import ask_erasure, order_erasure
from himaya.retention.operations.hold import lift_hold
from himaya.vault.models import Grant, MemberKey
from himaya.vault.readmitting import ask_readmission, readmit, vouch
from tests.factories import consents, desk_of, endings, holding, journey, offices, people, personnel
from tests.factories import two_person as pairs
from tests.factories.catalogue import ask
from tests.factories.desks import colleague, make_desks
from tests.factories.moments import NOON
from tests.factories.people import Seat
from tests.factories.reports import send
from tests.factories.roles import as_officer

TABLE = "accounts_twopersonact"
LAW = TwoPersonAct.Reason.LAW_REQUIRES


@dataclass(frozen=True)
class Route:
    """One dangerous thing on its way. do: the concept's operation; happened: whether it did."""

    ask: Callable[[], object]
    allow: Callable[[], object]
    do: Callable[[], object]
    happened: Callable[[], bool]


def refused(do: Callable[[], object]) -> bool:
    """True when the program, or else the database, says no. Nothing of it remains."""
    try:
        with transaction.atomic():
            do()
    except (Refusal, DatabaseError):
        return True
    return False


def _enrol() -> Route:
    by = personnel.bodies()
    request = personnel.proposed(by)
    return Route(
        ask=lambda: request,
        allow=lambda: personnel.allow(by, request),
        do=lambda: personnel.done(by, request),
        happened=lambda: Officer.objects.filter(pk=_subject_officer(request)).exists(),
    )


def _subject_officer(request: TwoPersonAct) -> UUID:
    return Proposal.objects.get(pk=request.subject_id).officer_id


def _change() -> Route:
    by = personnel.bodies()
    elsewhere = offices.desk()
    with by.personnel.works():
        request = proposing.change(
            actor=by.personnel.actor,
            officer_id=by.worker.officer.pk,
            post=Post(["case_worker"], [elsewhere.code]),
            reason=LAW,
            at=NOON,
        )
    seat = Membership.objects.filter(officer=by.worker.officer, desk=elsewhere)
    return Route(
        ask=lambda: request,
        allow=lambda: personnel.allow(by, request),
        do=lambda: personnel.done(by, request),
        happened=seat.all().exists,
    )


def _reinstate() -> Route:
    by = personnel.bodies()
    worker = by.worker.officer
    with by.personnel.works():
        suspend(actor=by.personnel.actor, officer_id=worker.pk, why=Why.UNDER_REVIEW, at=NOON)
        request = proposing.reinstate(
            actor=by.personnel.actor,
            officer_id=worker.pk,
            post=Post(["case_worker"], [by.desk.code]),
            reason=LAW,
            at=NOON,
        )
    return Route(
        ask=lambda: request,
        allow=lambda: personnel.allow(by, request),
        do=lambda: personnel.done(by, request),
        happened=Invitation.objects.filter(officer=worker).exists,
    )


def _readmit() -> Route:
    desk = offices.desk()
    forgetful, colleague = desk_of.seat(desk), desk_of.seat(desk)
    former = MemberKey.objects.get(officer=forgetful.officer).public_key
    with as_officer(forgetful.actor):
        asked = ask_readmission(
            actor=forgetful.actor, passphrase="fern garnet hazel indigo iris", at=NOON
        )
    second = pairs.person(ACTS_OF_TWO["vault.readmit"], "another body")[1]

    def do() -> None:
        with transaction.atomic(), as_officer(colleague.actor):
            readmit(
                actor=colleague.actor,
                keyring=colleague.keyring,
                readmission_id=asked.pk,
                at=NOON,
            )

    def vouches() -> None:
        with as_officer(colleague.actor):
            vouch(actor=colleague.actor, readmission_id=asked.pk, at=NOON)

    return Route(
        ask=vouches,
        allow=lambda: _approve(second, asked.pk),
        do=do,
        happened=lambda: not MemberKey.objects.filter(public_key=former).exists(),
    )


def _approve(actor: Actor, subject_id: UUID) -> None:
    with as_officer(actor):
        request = TwoPersonAct.objects.get(subject_id=subject_id)
        two_person.approve(actor=actor, request_id=request.pk, at=NOON)


def _informant() -> Route:
    desks = ("pnc_intake", "pp_intake", "ndhr_independent", "kshr_independent")
    seats = make_desks(**dict.fromkeys(desks, "intake_officer"))
    writer, custodian, second = (seats[code] for code in desks[:1] + desks[2:3] + desks[1:2])
    report = send(at=NOON).report
    with as_officer(writer.actor):
        written = informant.write_informant(
            actor=writer.actor, report_id=report.pk, words="Her cousin.", at=NOON
        )

    def asks() -> None:
        with as_officer(custodian.actor):
            informant.ask_informant(
                actor=custodian.actor, informant_id=written.pk, reason=LAW, at=NOON
            )

    def lends(by: Seat) -> None:
        with transaction.atomic(), as_officer(by.actor):
            informant.lend_informant(
                actor=by.actor, keyring=by.keyring, informant_id=written.pk, at=NOON
            )

    lent = Grant.objects.filter(desk_id=written.custodian_id, compartment_id=written.lock_id)
    return Route(
        ask=asks,
        allow=lambda: _approve(second.actor, written.pk),
        do=lambda: lends(second),
        happened=lent.all().exists,
    )


def _discard() -> Route:
    first = make_desks(pnc_intake="intake_officer")["pnc_intake"]
    second = colleague(first)
    report = send(at=NOON).report

    def asks() -> None:
        with as_officer(first.actor):
            discarding.ask_discard(
                actor=first.actor,
                report_id=report.pk,
                reason=TwoPersonAct.Reason.MADE_UP,
                at=NOON,
            )

    def closes() -> None:
        with transaction.atomic(), as_officer(second.actor):
            discarding.discard(actor=second.actor, report_id=report.pk, at=NOON)

    return Route(
        ask=asks,
        allow=lambda: _approve(second.actor, report.pk),
        do=closes,
        happened=Report.objects.filter(pk=report.pk, state=Report.State.CLOSED).exists,
    )


def _send_anyway() -> Route:
    first = make_desks(pnc_intake="intake_officer")["pnc_intake"]
    second = colleague(first)
    report = send(at=NOON).report
    with as_officer(first.actor), mock.patch.object(two_person, "ask"):
        held = holding_answers.hold_answer(
            actor=first.actor,
            report_id=report.pk,
            text="Call 9912 3456.",
            reason=TwoPersonAct.Reason.DANGER,
            at=NOON,
        )

    def asks() -> None:
        with as_officer(first.actor):
            two_person.ask(
                actor=first.actor,
                act="reporting.send_anyway",
                subject_id=held.pk,
                reason=TwoPersonAct.Reason.DANGER,
                at=NOON,
            )

    def sends() -> None:
        with transaction.atomic(), as_officer(second.actor):
            holding_answers.send_held(
                actor=second.actor,
                keyring=second.keyring,
                held_id=held.pk,
                at=NOON,
                reason="day_list",
            )

    return Route(
        ask=asks,
        allow=lambda: _approve(second.actor, held.pk),
        do=sends,
        happened=Message.objects.filter(report=report).exists,
    )


def _lift_hold() -> Route:
    everybody = people.everybody()
    case = journey.opened(everybody)
    hold = holding.held(everybody, case.pseudonym)
    overseer = everybody.overseer

    def asks() -> None:
        with overseer.works():
            two_person.ask(
                actor=overseer.actor,
                act="retention.lift_hold",
                subject_id=hold.pk,
                reason=LAW,
                at=NOON,
            )

    def lifts() -> None:
        with overseer.works():
            lift_hold(actor=overseer.actor, hold_id=hold.pk, at=NOON)

    return Route(
        ask=asks,
        allow=lambda: _approve(everybody.prosecutor.actor, hold.pk),
        do=lifts,
        happened=lambda: type(hold).objects.get(pk=hold.pk).lifted_at is not None,
    )


def _erase() -> Route:
    everybody = people.everybody()
    case = endings.closed(endings.filed(everybody))
    worker = everybody.worker

    def asks() -> None:
        with worker.works():
            ask_erasure(
                actor=worker.actor,
                of=Of.CASE,
                subject_id=case.pk,
                reason=TwoPersonAct.Reason.PERSON_ASKED,
                at=NOON,
            )

    def orders() -> None:
        with worker.works():
            order_erasure(actor=worker.actor, of=Of.CASE, subject_id=case.pk, at=NOON)

    return Route(
        ask=asks,
        allow=lambda: _approve(everybody.overseer.actor, case.pk),
        do=orders,
        happened=Erasure.objects.filter(subject_id=case.pk).exists,
    )


def _override() -> Route:
    everybody = people.everybody()
    worker = everybody.worker
    consent = consents.nobody_asked(everybody, journey.opened(everybody))

    def asks() -> None:
        with worker.works():
            two_person.ask(
                actor=worker.actor,
                act="consent.override",
                subject_id=consent.pk,
                reason=LAW,
                at=NOON,
            )

    def shares() -> None:
        with worker.works():
            override(actor=worker.actor, case_id=consent.case_id, consent_id=consent.pk, at=NOON)

    return Route(
        ask=asks,
        allow=lambda: _approve(everybody.overseer.actor, consent.pk),
        do=shares,
        happened=lambda: type(consent).objects.get(pk=consent.pk).given_at is not None,
    )


ROUTES: dict[str, Callable[[], Route]] = {
    "officer.enrol": _enrol,
    "officer.change": _change,
    "officer.reinstate": _reinstate,
    "vault.readmit": _readmit,
    "reporting.informant": _informant,
    "reporting.discard": _discard,
    "reporting.send_anyway": _send_anyway,
    "consent.override": _override,
    "retention.lift_hold": _lift_hold,
    "retention.erase": _erase,
}
# Whose second person allows it by doing it: with the request, that person alone completes it.
DONE_BY_THE_SECOND = {"reporting.informant", "reporting.discard", "reporting.send_anyway"}


@contextmanager
def without_guards() -> Iterator[None]:
    """Acts of two without constraint, trigger and policy, until the end of the test."""
    ask("SET CONSTRAINTS ALL IMMEDIATE")
    names = ask(
        "SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass AND contype = 'c'", TABLE
    )
    for (name,) in names:
        ask(f"ALTER TABLE {TABLE} DROP CONSTRAINT {name}")
    ask(f"DROP TRIGGER IF EXISTS accounts_two_steps ON {TABLE}")
    ask(f"ALTER TABLE {TABLE} NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY")
    ask(f"GRANT ALL ON {TABLE} TO himaya_staff")
    yield


def wave_through(*, actor: Actor, act: str, subject_id: UUID, at: datetime) -> TwoPersonAct:
    """What `use` would be if one person sufficed."""
    assert actor.officer_id
    assert actor.agency_id
    return TwoPersonAct.objects.create(
        act=act,
        subject_id=subject_id,
        reason=LAW,
        asked_by_id=actor.officer_id,
        asked_by_agency_id=actor.agency_id,
        asked_at=at,
        expires_at=at + ACTS_OF_TWO[act].valid_for,
        decided_by_id=actor.officer_id,
        decided_by_agency_id=actor.agency_id,
        decided_at=at,
        confirmed=True,
        used_at=at,
    )


@contextmanager
def by_one() -> Iterator[None]:
    """One person suffices: neither the program nor the database asks for a second one."""
    with without_guards(), mock.patch.object(two_person, "use", wave_through):
        yield
