"""Desks that may be part of it do not see a report, nor that there is one, on any page."""

import re
from contextlib import contextmanager
from datetime import timedelta
from unittest import mock

import pytest
from django.utils import timezone

from himaya.accounts.models import TwoPersonAct
from himaya.accounts.waiting import waits_for
from himaya.audit.models import Entry
from himaya.audit.sequencer import number_pending
from himaya.kernel.access import job
from himaya.packs.routing import Way
from himaya.reporting import sealing
from himaya.reporting.contents import Told
from himaya.reporting.crowding import crowd_of
from himaya.reporting.models import HeldAnswer, Informant, Join, Report
from himaya.reporting.operations.compare import compare_new
from himaya.reporting.operations.discard import ask_discard
from himaya.reporting.operations.escalate import escalate_silent
from himaya.reporting.operations.hold import hold_answer
from himaya.reporting.operations.informant import write_informant
from himaya.vault.models import Grant
from tests.factories.catalogue import ask
from tests.factories.desks import seat
from tests.factories.reports import send
from tests.factories.roles import as_officer, as_role
from tests.factories.routes import OFFICERS, routes
from tests.factories.threats import threat

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
ROLES = ("intake_officer", "desk_supervisor", "committee_secretariat")
NAMED = Told(language="en", story="One of them takes money.", involved="agency", agencies=("pnc",))
CHANGES = re.compile(r'nonce="[^"]*"|value="[\w-]{32,}"|\d+\s(?:minutes?|seconds?)|\d\d:\d\d')


@contextmanager
def to_the_usual_desk():
    """Every report goes where reports go that name nobody."""
    with mock.patch.object(sealing, "way_for", return_value=Way("pnc_intake", "pp_intake")):
        yield


@contextmanager
def requests_seen_by_role():
    """Whoever may allow an act of two sees every request for it."""
    ask("DROP POLICY of_reports_known ON accounts_twopersonact")
    yield


@pytest.fixture
def browsers(desks):
    """An officer of each role at the desk that is named, signed in."""
    left_out = {"intake_officer", "hotline_operator"}  # who is there already, and who never is
    others = [seat("pnc_intake", role) for role in ROLES if role not in left_out]
    return [officer.browser() for officer in (desks["pnc_intake"], *others)]


def every_page(browsers):
    """Everything that these officers are shown on pages that need no number."""
    addresses = [route.filled({}) for route in routes(OFFICERS) if not route.places]
    shown = {}
    for number, browser in enumerate(browsers):
        for address in addresses:
            with as_role("staff"):
                answer = browser.get(address)
            body = b"" if answer.streaming else answer.content
            shown[number, address] = answer.status_code, CHANGES.sub("", body.decode())
    return shown


@threat("B1", off=to_the_usual_desk)
def test_no_page_of_a_named_desk_changes_when_a_report_about_it_arrives(desks, browsers):
    before = every_page(browsers)

    late = timezone.now() - timedelta(days=9)
    send(NAMED, at=late)
    send(NAMED, at=timezone.now())
    with as_role("worker"):
        compare_new(actor=job("likeness"), at=timezone.now())
        escalate_silent(actor=job("clocks"), at=timezone.now())
    number_pending()

    after = every_page(browsers)
    changed = [key for key, page in after.items() if page != before[key]]
    assert changed == []


@threat("B1", off=requests_seen_by_role)
def test_what_two_persons_are_asked_about_it_is_not_even_counted_elsewhere(desks):
    theirs, stranger = desks["ndhr_independent"], desks["pnc_intake"]
    report = send(NAMED).report
    now = timezone.now()
    with as_officer(theirs.actor):
        ask_discard(
            actor=theirs.actor,
            report_id=report.pk,
            reason=TwoPersonAct.Reason.OTHER_MATTER,
            at=now,
        )
        hold_answer(
            actor=theirs.actor,
            report_id=report.pk,
            text="Call 99123456",
            reason=TwoPersonAct.Reason.DANGER,
            at=now,
        )
        assert TwoPersonAct.objects.count() == 2

    with as_officer(stranger.actor):
        assert waits_for(stranger.actor, now).count() == 0
        assert TwoPersonAct.objects.count() == 0


@threat("B1", off=to_the_usual_desk)
def test_no_table_shows_a_named_desk_any_row_of_it(desks):
    report = send(NAMED).report
    writer = next(each for each in desks.values() if report.desk_id in each.actor.desk_ids)
    with as_officer(writer.actor):
        write_informant(
            actor=writer.actor,
            report_id=report.pk,
            words="A colleague of theirs.",
            at=timezone.now(),
        )
    number_pending()
    named = desks["pnc_intake"]

    with as_officer(named.actor):
        found = {
            model.__name__: model.objects.count()
            for model in (Report, Informant, Join, HeldAnswer, Grant)
        }
        entries = Entry.objects.filter(subject_id=report.pk).count()
        crowd = crowd_of(named.actor)

    assert set(found.values()) == {0}
    assert (entries, crowd.unread, crowd.oldest) == (0, 0, None)
