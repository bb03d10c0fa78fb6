"""Marked words go in through the reporters' page. They are nowhere but in what a key opens."""

import gzip
import subprocess
from base64 import b64encode

import pytest
from django.conf import settings
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from himaya.config import staff
from himaya.installation.postgres.programs import programs_for
from himaya.reporting.models import Report
from himaya.reporting.operations.answer import answer
from himaya.vault.padding import pad
from tests.factories.canary import files_below, look_for
from tests.factories.desks import make_desks
from tests.factories.visitor import Visitor, a_file

STORY = "canary-story-7f3a قصة كناري"
CONTACT = "canary-contact-91bc"
FILE = b"canary-file-content-2b7e"
FILE_NAME = "canary-file-name-51d0.jpg"
MESSAGE = "canary-message-c4a8"
ANSWER = "canary-answer-0e63"
AGENT = "canary-agent-d2f9"
ADDRESS = "203.0.113.177"
WORDS = [STORY, CONTACT, FILE.decode(), FILE_NAME, MESSAGE, ANSWER, AGENT, ADDRESS]


def whole_way(officers_site) -> str:
    """A report, an answer, a word more, and the desk that reads it; returns the receipt."""
    intake = make_desks(pnc_intake="intake_officer")["pnc_intake"]
    visitor = Visitor()
    visitor.client.defaults.update(HTTP_USER_AGENT=AGENT, REMOTE_ADDR=ADDRESS)
    visitor.send(story=STORY, contact_how=CONTACT, file=a_file(FILE, FILE_NAME))
    number, report = visitor.receipt, Report.objects.get()
    answer(actor=intake.actor, report_id=report.pk, text=ANSWER, at=timezone.now())
    visitor.get("/5").press("reply", number=number).press("read")
    assert ANSWER in visitor.page.text
    visitor.press("message", message=MESSAGE)
    with officers_site():
        page = (
            intake.browser()
            .post(reverse("reporting:words", args=[report.pk]), {"reason": "day_list"})
            .content.decode()
        )
    assert all(word in page for word in (STORY, CONTACT, FILE_NAME, MESSAGE, ANSWER))
    return number


def everything_kept(cluster) -> list[tuple[str, bytes]]:
    """The dump of the database, every file of the server with its log of changes, and our logs."""
    with connection.cursor() as cursor:
        # Out of memory into the log of changes, which a checkpoint may shorten; then the tables.
        cursor.execute("SELECT pg_switch_wal()")
        changes = list(files_below(cluster.data / "pg_wal"))
        cursor.execute("CHECKPOINT")
    program = programs_for(cluster.account) / "pg_dump"
    database = cluster.dsn(database=connection.settings_dict["NAME"])
    dump = subprocess.run(
        [program, "--inserts", f"--dbname={database}"],
        check=True,
        capture_output=True,
        cwd="/",
        **cluster.account.how(),
    )
    assert b"reporting_report" in dump.stdout
    return [
        ("dump", dump.stdout),
        *changes,
        *files_below(cluster.data),
        *((name, content) for name, content in files_below(settings.SCRATCH) if "log" in name),
    ]


@pytest.fixture
def officers_site(settings):
    """The officers' site, for a while."""

    class OfficersSite:
        def __enter__(self):
            self.before = settings.ROOT_URLCONF, settings.MIDDLEWARE
            settings.ROOT_URLCONF, settings.MIDDLEWARE = staff.ROOT_URLCONF, staff.MIDDLEWARE

        def __exit__(self, *_error):
            settings.ROOT_URLCONF, settings.MIDDLEWARE = self.before

    return OfficersSite


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_marked_words_are_nowhere(reporters_site, officers_site, cluster, capfd, caplog):
    number = whole_way(officers_site)
    printed = "".join(capfd.readouterr()) + caplog.text

    kept = [*everything_kept(cluster), ("what was printed", printed.encode())]
    found = look_for([*WORDS, number, number.replace(" ", "")], kept)

    assert found.places == []
    assert found.looked_at > 10_000_000


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_without_sealing_they_would_be_found(reporters_site, officers_site, cluster, monkeypatch):
    """The search above can fail: with a seal that seals nothing, it finds every word."""

    def unsealed(_keys: object, content: bytes) -> bytes:
        return pad(content)

    monkeypatch.setattr("himaya.reporting.sealing.sealed_to", unsealed)
    intake = make_desks(pnc_intake="intake_officer")["pnc_intake"]
    Visitor().send(story=STORY, contact_how=CONTACT, file=a_file(FILE, FILE_NAME))
    assert intake

    kept = everything_kept(cluster)
    for word in (STORY, CONTACT, FILE.decode(), FILE_NAME):
        assert "dump" in look_for([word], kept).places
        assert any("pg_wal" in place for place in look_for([word], kept).places)


@pytest.mark.parametrize("before", ["", "a", "ab"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
def test_the_search_knows_every_form_of_a_word(before, encoding):
    content = f"{before}canary and what follows".encode(encoding)
    for form in (content, content.hex().encode(), b64encode(content), gzip.compress(content)):
        assert look_for(["canary"], [("somewhere", b"..." + form), ("elsewhere", form)]).places
