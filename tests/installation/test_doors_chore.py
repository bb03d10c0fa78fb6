"""The worker looks into the mailbox beside its other work, and a bug there tells no words."""

from pathlib import Path
from unittest import mock

import pytest
from django.conf import settings

from himaya.doors.mail.fetching import Fetching
from himaya.installation.chores.doors import Postman
from himaya.installation.worker_process import reach

WORDS = "canary-mail-words-7f3a"
MAILBOX = 'host = "127.0.0.1"\nport = 9\nuser = "u"\npassword = "p"\naddress = "a@b.example"\n'


@pytest.fixture
def mailbox():
    file = Path(settings.SECRETS / "mailbox.toml")
    file.write_text(MAILBOX)
    yield
    file.unlink()


def looked(postman: Postman) -> None:
    postman.look()
    postman._thread.join(20)


def test_without_a_mailbox_nobody_looks():
    with mock.patch.object(Fetching, "run") as run:
        postman = Postman()
        postman.look()

    assert not run.called


def test_one_look_at_a_time(mailbox):
    postman = Postman()
    with (
        mock.patch.object(Fetching, "run") as run,
        mock.patch.object(postman._thread, "is_alive", return_value=True),
    ):
        postman.look()

    assert not run.called


def test_the_worker_may_reach_the_mailbox_that_it_was_told_of(mailbox):
    assert ("127.0.0.1", 9) in reach()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_bug_in_the_look_is_logged_without_what_it_held(mailbox, capfd):
    with mock.patch.object(Fetching, "run", side_effect=RuntimeError(WORDS)):
        looked(Postman())

    said = "".join(capfd.readouterr())
    assert "RuntimeError" in said
    assert WORDS not in said
