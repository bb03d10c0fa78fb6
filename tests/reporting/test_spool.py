"""While the database is away reports wait sealed on the disk; each is taken in once, or named."""

from collections.abc import Iterator
from contextlib import contextmanager
from unittest import mock

import pytest
from django.db import IntegrityError, OperationalError

from himaya.audit.models import Pending
from himaya.reporting import desk_keys, spool
from himaya.reporting.models import Report
from himaya.reporting.operations.read import read
from himaya.reporting.public import replaying, send
from himaya.reporting.public.failure import NOT_STORED
from himaya.reporting.public.replaying import is_away, keep_replaying, replay
from tests.factories.canary import look_for
from tests.factories.moments import NOON
from tests.factories.roles import as_role
from tests.factories.threats import threat
from tests.factories.visitor import Visitor, a_file

pytestmark = pytest.mark.django_db

STORY = "canary-spooled-story-44e1"
FILE = b"canary-spooled-file-c0de"


@pytest.fixture(autouse=True)
def empty_spool() -> Iterator[None]:
    """Nothing waits, before and after, and nobody waits for the database."""
    _emptied()
    yield
    _emptied()


def _emptied() -> None:
    replaying._away.clear()
    for path in spool.folder().iterdir():
        path.unlink()


@pytest.fixture
def known_keys(intake) -> None:
    """The site has read the desks' keys before the database went away."""
    desk_keys.desk_keys()


@contextmanager
def database_away() -> Iterator[None]:
    """Every question about the time is met with silence, as when the server is gone."""
    with (
        mock.patch.object(send, "database_time", side_effect=OperationalError),
        mock.patch.object(send, "keep_replaying"),
    ):
        yield


@contextmanager
def no_spool() -> Iterator[None]:
    """A site that keeps nothing on its disk, and thanks all the same."""
    with mock.patch.object(spool, "put"):
        yield


@contextmanager
def disk_full() -> Iterator[None]:
    """The disk takes nothing more."""
    with mock.patch("himaya.reporting.spool.os.fsync", side_effect=OSError(28, "full")):
        yield


def pressed(story: str = STORY) -> Visitor:
    """A reporter who goes the whole way while the database is away."""
    visitor = Visitor()
    with database_away():
        return visitor.send(story=story, file=a_file(FILE))


def taken_in() -> int:
    """What the site's own role takes in."""
    with as_role("public"):
        return replay()


@threat("D3", off=no_spool)
def test_what_was_acknowledged_while_the_database_was_away_reaches_the_desk(
    reporters_site, known_keys, intake
):
    assert pressed().receipt
    assert not Report.objects.exists()

    assert taken_in() == 1

    found = read(
        actor=intake.actor,
        keyring=intake.keyring,
        report_id=Report.objects.get().pk,
        at=NOON,
        reason="day_list",
    )
    assert found.story == STORY
    assert [attached.file.content for attached in found.files] == [FILE]
    assert Pending.objects.filter(act="reporting.received").count() == 1


def test_what_waits_is_sealed_and_for_nobody_elses_eyes(reporters_site, known_keys):
    visitor = pressed()
    (path,) = spool.waiting()

    words = [STORY, FILE.decode(), visitor.receipt.replace(" ", "")]
    assert look_for(words, [("spool", path.read_bytes())]).places == []
    assert spool.folder().stat().st_mode & 0o077 == 0


def test_taken_in_twice_it_is_one_report(reporters_site, known_keys):
    pressed()
    (path,) = spool.waiting()
    content = path.read_bytes()
    taken_in()
    path.write_bytes(content)  # the machine died before the file was removed

    taken_in()

    assert Report.objects.count() == 1
    assert spool.waiting() == []


def test_the_second_press_is_the_same_receipt_whether_stored_or_waiting(reporters_site, known_keys):
    visitor = Visitor()
    visitor.begin()
    visitor.press("report", story=STORY)
    while "data-sends" not in visitor.response.content.decode():
        visitor.press("report")
    form = visitor.page.forms["report"]
    with database_away():
        first = visitor.post("/4", form.fields).receipt
    taken_in()

    assert visitor.post("/4", form.fields).receipt == first
    assert Report.objects.count() == 1


@threat("D3", off=no_spool)
def test_when_the_disk_is_full_too_nobody_is_thanked(reporters_site, known_keys):
    with disk_full():
        visitor = pressed()

    assert visitor.response.status_code == 503
    assert str(NOT_STORED) in visitor.page.text
    assert list(spool.folder().glob("*.report")) == []


def test_without_a_key_that_was_read_before_nobody_is_thanked(reporters_site, intake):
    desk_keys._last.clear()

    visitor = pressed()

    assert visitor.response.status_code == 503
    assert spool.waiting() == []


@contextmanager
def no_mac() -> Iterator[None]:
    """A spool that believes whatever lies in it."""
    with mock.patch("himaya.reporting.spool.hmac.compare_digest", return_value=True):
        yield


@threat("D3", off=no_mac)
def test_a_damaged_file_is_set_aside_and_the_counts_add_up(reporters_site, known_keys):
    acknowledged = [pressed(f"{STORY} {number}").receipt for number in range(3)]
    damaged = spool.waiting()[1]
    whole = damaged.read_bytes()
    damaged.write_bytes(whole.replace(b'"web"', b'"sms"'))

    stored = taken_in()

    assert (stored, len(spool.broken()), len(spool.waiting())) == (2, 1, 0)
    assert len(acknowledged) == Report.objects.count() + len(spool.broken())


def test_while_the_database_stays_away_everything_goes_on_waiting(reporters_site, known_keys):
    pressed()

    with (
        mock.patch("himaya.reporting.public.replaying.database_time", side_effect=OperationalError),
        pytest.raises(OperationalError),
    ):
        replay()

    assert len(spool.waiting()) == 1


def test_what_the_database_refuses_holds_up_nobody_behind_it(reporters_site, known_keys):
    for number in range(3):
        pressed(f"{STORY} {number}")
    refused, *others = spool.waiting()
    take_in = replaying.take_in

    def refuse_one(*, made, **said):
        if made.report.pk.hex == refused.stem:
            raise IntegrityError
        return take_in(made=made, **said)

    with mock.patch.object(replaying, "take_in", refuse_one):
        assert taken_in() == len(others)

    assert spool.waiting() == [refused]


def test_the_button_pressed_twice_at_once_leaves_one_whole_file(reporters_site, known_keys):
    put, presses = spool.put, []

    def twice(made):
        with mock.patch.object(spool.os, "fsync", side_effect=lambda _line: once_more(made)):
            put(made)

    def once_more(made):
        if not presses:
            presses.append("the second one is faster")
            put(made)

    with mock.patch.object(spool, "put", twice):
        assert pressed().receipt

    assert presses
    assert taken_in() == 1
    assert [path.name for path in spool.folder().iterdir()] == ["lock"]


def test_what_another_process_takes_away_meanwhile_is_passed_over(reporters_site, known_keys):
    pressed()
    (path,) = spool.waiting()
    (spool.folder() / "gone.report").symlink_to("taken away")

    assert spool.waiting() == [path]


def test_when_one_waited_in_vain_the_next_are_not_asked_to(reporters_site, known_keys):
    with mock.patch.object(replaying, "_begun") as begun:
        begun.acquire.return_value = False  # somebody looks after the spool already
        keep_replaying(away=True)
    visitor = Visitor()

    with mock.patch.object(send, "submit", side_effect=AssertionError("it waited")):
        assert visitor.send(story=STORY).receipt

    with as_role("public"):
        replaying._look_after(turn=1)
    assert not is_away()
    assert Report.objects.count() == 1


def test_a_process_that_nobody_came_to_yet_can_seal_without_the_database(reporters_site, intake):
    desk_keys._last.clear()
    with as_role("public"):
        replaying._look_after(turn=0)

    assert pressed().receipt
