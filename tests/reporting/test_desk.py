"""The desk: what waits, in which order, and what an officer does with a report."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from himaya.audit.models import Pending
from himaya.kernel.access import REPORTERS_SITE
from himaya.kernel.errors import NotKnown, NotPermitted, Stale
from himaya.packs.loader import current
from himaya.reporting import queries
from himaya.reporting.contents import Contact, Told
from himaya.reporting.conversation import conversation_of
from himaya.reporting.errors import ReportIsDone
from himaya.reporting.listing import worklist
from himaya.reporting.models import Report
from himaya.reporting.operations import link_to_case
from himaya.reporting.operations.converse import put_away
from himaya.reporting.operations.rate import rate
from himaya.reporting.operations.read import read
from himaya.vault.files import FILE, File
from himaya.vault.models import Sealed
from tests.factories.desks import seat
from tests.factories.moments import NOON
from tests.factories.reports import send

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
WHY = {"reason": "day_list"}


def told(**answers: object) -> Told:
    return Told(**{"language": "en", "story": "Words."} | answers)


def facts_in(page: str) -> dict[str, str]:
    """The named facts of a page."""
    return dict(re.findall(r"<dt>(.*?)</dt>\s*<dd><bdi>(.*?)</bdi>", page))


def rate_it(officer, report, seriousness=Report.Seriousness.URGENT, **changes):
    values = {
        "actor": officer.actor,
        "report_id": report.pk,
        "seriousness": seriousness,
        "version": report.version,
        "at": NOON,
    }
    return rate(**values | changes)


def test_the_list_has_danger_first_then_what_is_due_then_the_oldest(intake):
    old = send(told(), at=NOON - 5 * HOUR).report
    new = send(told(story="Other words."), at=NOON).report
    danger = send(told(danger="now"), at=NOON).report
    urgent = rate_it(intake, send(told(story="Third."), at=NOON - 9 * HOUR).report)

    assert worklist(intake.actor).rows == [danger, old, new, urgent]


def test_the_page_of_the_list_says_why_each_report_is_where_it_is(intake):
    send(told(danger="now", child="yes"), at=timezone.now())

    page = intake.browser().get(reverse("reporting:index")).content.decode()

    assert "somebody is in danger now" in page
    assert "The order: danger first" in page


def test_before_unlocking_only_coded_facts_show(intake):
    report = send(told(story="canary words", danger="now")).report
    browser = intake.browser()
    del browser.cookies["__Host-unlock"]

    shown = browser.get(reverse("reporting:show", args=[report.pk])).content.decode()
    opened = browser.post(reverse("reporting:words", args=[report.pk]))

    assert "Somebody is in danger now" in shown
    assert "canary words" not in shown
    assert opened.status_code == 403


def test_an_unlocked_officer_reads_words_contact_and_files(intake):
    file = File("photo.jpg", "image/jpeg", b"\xff\xd8")
    report = send(told(contact=Contact(how="knock twice"), files=(file,))).report

    page = intake.browser().post(reverse("reporting:words", args=[report.pk]), WHY).content.decode()

    assert all(words in page for words in ("Words.", "knock twice", "photo.jpg"))


def test_a_file_leaves_under_a_name_of_ours_and_as_nothing_that_runs(intake):
    file = File("../../evil.html", "text/html", b"<script>alert(1)</script>")
    report = send(told(files=(file,))).report
    opened = read(
        actor=intake.actor, keyring=intake.keyring, report_id=report.pk, at=NOON, reason="day_list"
    )

    url = reverse("reporting:download", args=[report.pk, opened.files[0].id])
    response = intake.browser().post(url, WHY)

    assert response.content == b"<script>alert(1)</script>"
    assert response["Content-Type"] == "application/octet-stream"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "evil" not in response["Content-Disposition"]


def test_opening_leaves_an_entry_for_each_compartment(intake):
    report = send(told()).report
    before = Pending.objects.filter(act="vault.read").count()

    read(
        actor=intake.actor, keyring=intake.keyring, report_id=report.pk, at=NOON, reason="day_list"
    )

    entries = Pending.objects.filter(act="vault.read", subject_id=report.pk)
    assert entries.count() - before == 2
    assert {entry.actor_id for entry in entries} == {intake.officer.pk}


@pytest.mark.parametrize("seriousness", list(Report.Seriousness))
def test_a_rating_sets_the_clock_of_the_pack_from_the_arrival(intake, seriousness):
    report = send(told(), at=NOON - 2 * HOUR).report

    rated = rate_it(intake, report, seriousness)

    clock = current().clock(f"triage_{seriousness}")
    span = timedelta(**{"hours" if clock.unit == "hours" else "days": clock.amount})
    assert rated.due_at - report.received_at >= span
    assert (rated.state, rated.version) == (Report.State.TRIAGED, 2)


def test_a_stale_form_is_refused_and_shows_the_newer_version(intake):
    report = send(told(), at=timezone.now()).report
    rate_it(intake, report, Report.Seriousness.EMERGENCY)

    form = {"seriousness": "normal", "version": report.version}
    response = intake.browser().post(reverse("reporting:rate", args=[report.pk]), form)

    page = response.content.decode()
    assert response.status_code == 409
    assert "A colleague changed this record" in page
    assert 'name="version" value="2"' in page
    assert Report.objects.get().seriousness == Report.Seriousness.EMERGENCY
    with pytest.raises(Stale):
        rate_it(intake, report)


def test_a_stranger_does_not_learn_that_a_report_exists(desks):
    report = send(told()).report
    stranger = desks["ndhr_independent"]

    for name in ("show", "words", "rate", "answer"):
        url = reverse(f"reporting:{name}", args=[report.pk])
        response = stranger.browser().generic("GET" if name == "show" else "POST", url)
        assert response.status_code == 404
    with pytest.raises(NotKnown):
        queries.report_for(stranger.actor, report.pk)


def test_the_second_desk_sees_nothing_before_the_first_is_silent(intake, second):
    report = send(told()).report

    with pytest.raises(NotKnown):
        queries.report_for(second.actor, report.pk)
    assert worklist(second.actor).rows == []


def test_without_the_permission_nothing_is_rated_or_read(intake):
    report = send(told()).report
    case_worker = seat("pnc_intake", "case_worker")

    with pytest.raises(NotPermitted):
        rate_it(case_worker, report)
    with pytest.raises(NotPermitted):
        read(actor=case_worker.actor, keyring=case_worker.keyring, report_id=report.pk, at=NOON)


def test_the_page_counts_answers_and_says_whether_they_were_read(intake):
    sent = send(told())
    browser = intake.browser()
    browser.post(reverse("reporting:answer", args=[sent.report.pk]), {"text": "Where are you?"})
    conversation = conversation_of(sent.receipt)
    page = browser.get(reverse("reporting:show", args=[sent.report.pk])).content.decode()
    assert facts_in(page)["Answers that the reporter has read"] == "0"

    put_away(
        actor=REPORTERS_SITE,
        conversation=conversation,
        message_id=conversation.letter.id,
        at=timezone.now(),
    )

    page = browser.get(reverse("reporting:show", args=[sent.report.pk])).content.decode()
    assert facts_in(page)["Answers that the reporter has read"] == "1"


def test_a_report_becomes_a_case_once(intake):
    report = send(told()).report
    case_id = report.pk

    link_to_case(actor=intake.actor, report_id=report.pk, case_id=case_id, at=NOON)

    assert worklist(intake.actor).rows == []
    with pytest.raises(ReportIsDone):
        link_to_case(actor=intake.actor, report_id=report.pk, case_id=case_id, at=NOON)


def test_the_pages_of_a_letter_are_read_in_the_order_in_which_they_were_sent(intake):
    pages = tuple(File(f"page {number}.jpg", "image/jpeg", b"x" * number) for number in range(1, 6))
    report = send(told(files=pages)).report
    sealed = Sealed.objects.filter(compartment__subject_id=report.pk, name=FILE)
    # The database gives rows that tie as they lie; one that was touched lies behind the others.
    sealed.filter(pk=sealed.order_by("sealed_at").first().pk).update(name=FILE)

    opened = read(actor=intake.actor, keyring=intake.keyring, report_id=report.pk, at=NOON, **WHY)

    assert tuple(each.file for each in opened.files) == pages
