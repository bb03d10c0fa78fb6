"""What a person told is destroyed when they ask for it: asked by one, allowed by another."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from himaya.accounts import two_person
from himaya.accounts.errors import NotApproved
from himaya.accounts.models import TwoPersonAct
from himaya.cases.models import Case
from himaya.justice.models import Lawsuit
from himaya.kernel.access import allowed
from himaya.kernel.errors import NotKnown, NotPermitted
from himaya.packs.loader import current
from himaya.reporting.models import Report
from himaya.retention.errors import AlreadyErased, ErasureNotGiven, StillNeeded
from himaya.retention.models import Erasure, Of, Tombstone
from himaya.retention.operations.erase import ask_erasure, order_erasure
from himaya.retention.operations.shred import erase_ordered
from himaya.retention.rules import Standing, check_may_order_erasure
from tests.factories import cases, endings, holding, reports
from tests.factories.catalogue import ask
from tests.factories.endings import RETENTION, closed, filed, kinds_left
from tests.factories.moments import NOON
from tests.factories.roles import as_role

pytestmark = pytest.mark.slow
LATER = NOON + timedelta(minutes=5)


def erased(at=LATER):
    with as_role("worker"):
        return erase_ordered(actor=RETENTION, at=at)


NOTHING = Standing(running=False, proceedings=False, held=False)


@pytest.mark.parametrize(
    ("standing", "given", "ordered", "may"),
    [
        (NOTHING, True, False, True),
        (replace(NOTHING, running=True), True, False, False),
        (replace(NOTHING, proceedings=True), True, False, False),
        (replace(NOTHING, held=True), True, False, False),
        (NOTHING, False, False, False),
        (NOTHING, True, True, False),
    ],
)
def test_an_erasure_waits_for_whatever_needs_the_words(people, standing, given, ordered, may):
    for actor, right in ((people.worker.actor, True), (people.prosecutor.actor, False)):
        asked = allowed(check_may_order_erasure, actor, standing, given=given, ordered=ordered)
        assert asked is (may and right)


def test_two_persons_agree_and_it_is_gone_with_a_tombstone_and_a_day_for_backups(people):
    case = closed(filed(people))
    holding.erasure_ordered(people, case)

    assert erased() == 1

    assert kinds_left(case.pk, case.report_id) == set()
    stones = Tombstone.objects.all()
    assert {stone.cause for stone in stones} == {"request"}
    assert stones.filter(what="conversation").count() == 1
    done = Erasure.objects.get()
    days = int(current().setting("backup_retention").in_force)
    assert done.backups_until == LATER.date() + timedelta(days=days)
    assert (done.done_at, erased()) == (LATER, 0)


def test_the_coded_facts_and_the_prosecutions_own_file_stay(people):
    case = closed(filed(people))
    referral = cases.referral(case, people.prosecutor.desk, duty="law_91_2013:7", state="accepted")
    lawsuit = cases.lawsuit(referral)
    holding.erasure_ordered(people, case)
    erased()

    assert Case.objects.filter(pk=case.pk).exists()
    assert Lawsuit.objects.filter(pk=lawsuit.pk).exists()
    assert Report.objects.filter(pk=case.report_id).exists()


def test_nobody_erases_alone(people):
    case = closed(filed(people))

    with people.worker.works():
        with pytest.raises(NotApproved):
            order_erasure(actor=people.worker.actor, of=Of.CASE, subject_id=case.pk, at=NOON)
        with pytest.raises(IntegrityError, match="destroyed by two"), transaction.atomic():
            ask(
                'INSERT INTO retention_erasure (id, "of", subject_id, ordered_at)'
                " VALUES (gen_random_uuid(), 'case', %s, now())",
                case.pk,
            )
    assert not Erasure.objects.exists()


def test_what_was_allowed_is_asked_again_when_it_is_ordered(people):
    case = closed(filed(people))
    holding.erasure_allowed(people, case)
    endings.before_court(case)

    with people.worker.works(), pytest.raises(StillNeeded):
        order_erasure(actor=people.worker.actor, of=Of.CASE, subject_id=case.pk, at=NOON)


def test_what_was_ordered_is_asked_again_by_the_worker(people):
    case = closed(filed(people))
    holding.erasure_ordered(people, case)
    endings.before_court(case)
    assert erased() == 0

    endings.before_court(case, "final")
    assert erased() == 1


def ask_for(people, case, seat=None, of=Of.CASE):
    seat = seat or people.worker
    with seat.works():
        ask_erasure(
            actor=seat.actor,
            of=of,
            subject_id=case.pk,
            reason=TwoPersonAct.Reason.PERSON_ASKED,
            at=NOON,
        )


def test_nothing_is_asked_for_while_the_case_is_open(people):
    with pytest.raises(StillNeeded):
        ask_for(people, filed(people))


def test_a_stranger_learns_nothing_and_another_role_may_not(people):
    case = closed(filed(people))

    with pytest.raises(NotKnown):
        ask_for(people, case, people.stranger)
    with pytest.raises(NotPermitted):
        ask_for(people, case, people.identifier)


def test_where_the_country_gives_none_none_is_asked_for(people, monkeypatch):
    settings = [
        replace(each, value=False) if each.id == "erasure_on_request" else each
        for each in current().settings
    ]
    pack = replace(current(), settings=tuple(settings))
    monkeypatch.setattr("himaya.retention.operations.erase.current", lambda: pack)

    with pytest.raises(ErasureNotGiven):
        ask_for(people, closed(filed(people)))


def test_it_is_done_once(people):
    case = closed(filed(people))
    holding.erasure_ordered(people, case)
    erased()

    with pytest.raises(AlreadyErased):
        ask_for(people, case)


def test_a_reporters_words_are_erased_when_nobody_needs_them(people):
    report = reports.send().report
    with pytest.raises(StillNeeded):
        ask_for(people, report, people.intake, Of.REPORT)  # nobody has read it yet
    endings.rated(report)

    ask_for(people, report, people.intake, Of.REPORT)
    request = TwoPersonAct.objects.get()
    with people.overseer.works():
        two_person.approve(actor=people.overseer.actor, request_id=request.pk, at=NOON)
    with people.intake.works():
        order_erasure(actor=people.intake.actor, of=Of.REPORT, subject_id=report.pk, at=NOON)

    assert erased() == 1
    assert kinds_left(report.pk) == set()


def test_other_cases_are_left_alone(people):
    case, other = closed(filed(people)), closed(filed(people))
    holding.erasure_ordered(people, case)
    erased()

    assert len(kinds_left(other.pk)) == 5
