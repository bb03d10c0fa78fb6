"""The receipt of filing: an ombudsman checks it with a public key, and learns no word of it."""

import re
from datetime import UTC, datetime

import pytest
from django.urls import reverse

from himaya.audit import heads, witnessing
from himaya.audit.checkpoints import log_key, origin_name
from himaya.audit.proof_files import Refuted, check, code_of
from himaya.audit.sequencer import number_pending
from himaya.config.env import Environment
from himaya.reporting.contents import Told
from himaya.reporting.desk import filing_views
from himaya.reporting.filing import filing_of
from himaya.reporting.models import Report
from tests.factories.reports import send
from tests.factories.visitor import Visitor

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
WORDS = "canary words that nobody else may read"


@pytest.fixture
def data(tmp_path, monkeypatch):
    """Where the tree is published for this test."""
    here = Environment(data=tmp_path, pack=tmp_path, demo=False)
    monkeypatch.setattr(filing_views, "environment", lambda: here)
    return tmp_path


def publish(data):
    number_pending()
    heads.keep(heads.publish(data=data), data=data)
    witnessing.ask_all([], heads.newest_tiles(data), data=data)


def taken(officer, report):
    return officer.browser().get(reverse("reporting:filing_file", args=[report.pk]))


def test_the_file_proves_the_report_and_tells_nothing_of_it(intake, data):
    report = send(Told(language="en", story=WORDS), at=datetime.now(UTC)).report
    publish(data)

    file = taken(intake, report).content.decode()

    found = check(file, log_key(origin_name(1)), [], "")
    assert str(report.pk) in found.act
    assert '"reporting.received"' in found.act
    assert "canary" not in file + found.act


def test_a_file_that_was_changed_or_is_of_another_log_proves_nothing(intake, data):
    report = send().report
    publish(data)
    file = taken(intake, report).content.decode()
    index = re.search(r"^index (\d+)$", file, re.MULTILINE)[1]

    moved = file.replace(f"index {index}", f"index {int(index) + 1}")
    with pytest.raises(Refuted):
        check(moved, log_key(origin_name(1)), [], "")
    with pytest.raises(Refuted):
        check(file, log_key("another.example/log"), [], "")


def test_until_a_head_is_signed_the_page_says_so_and_there_is_no_file(intake, data):
    report = send().report

    page = intake.browser().get(reverse("reporting:filing", args=[report.pk])).content.decode()

    assert "signed every ten seconds" in page
    assert taken(intake, report).status_code == 404


def test_the_page_to_print_has_the_code_and_the_key(intake, data):
    report = send().report
    publish(data)

    page = intake.browser().get(reverse("reporting:filing", args=[report.pk])).content.decode()

    found = filing_of(report, data=data)
    assert log_key(origin_name(1)).written() in page
    assert code_of(found.leaf) in page
    assert "Take the file" in page


def test_a_stranger_gets_no_receipt(desks, intake, data):
    report = send().report
    publish(data)

    assert taken(desks["ndhr_independent"], report).status_code == 404


def copied(number):
    """What a reporter can copy who comes back with a number: the line and its code."""
    page = (
        Visitor().get("/5").press("reply", number=number).press("filed").response.content.decode()
    )
    return tuple(
        re.sub(r"<[^>]+>", "", line)
        for line in re.findall(
            r"<dt>(?:Line in our record|Code of the line)</dt><dd>(.+?)</dd>", page
        )
    )


def test_what_a_reporter_copies_by_hand_names_the_entry_that_the_file_proves(visitor, intake, data):
    visitor.send(story=WORDS)
    assert copied(visitor.receipt) == ()
    publish(data)
    report = Report.objects.get()

    line = copied(visitor.receipt)

    found = check(filing_of(report, data=data).written, log_key(origin_name(1)), [], "")
    number, code = found.entry
    assert line == (str(number), code)
    assert str(report.pk) in found.act


def test_the_second_number_shows_the_same_line_so_that_it_is_not_told_apart(visitor, intake, data):
    visitor.send(story=WORDS)
    first = visitor.receipt
    visitor.press("second")
    publish(data)

    assert copied(visitor.receipt) == copied(first) != ()


def test_a_number_that_was_never_given_has_no_line(visitor, intake, data):
    visitor.send(story=WORDS)
    publish(data)

    page = Visitor().get("/5").press("reply", number="1" * 20).response.content.decode()

    assert 'name="filed"' not in page
