"""Desks that receive, the reporters' site, and a real mailbox."""

import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from himaya.config import public
from tests.factories import dovecot
from tests.factories.desks import Seated, make_desks
from tests.factories.fixtures import undone

Seats = dict[str, Seated]


@pytest.fixture
def reporters_site(settings) -> None:
    """The settings of the reporters' site, with the test's database."""
    settings.STATIC_ROOT.mkdir(exist_ok=True)
    settings.ROOT_URLCONF = public.ROOT_URLCONF
    settings.MIDDLEWARE = public.MIDDLEWARE
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = public.DATA_UPLOAD_MAX_MEMORY_SIZE


@pytest.fixture(scope="module")
def scene(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[Seats]:
    """The desks of the pack for the whole file, with an officer at two that may receive."""
    with django_db_blocker.unblock(), undone():  # type: ignore[attr-defined] # pytest-django's own
        yield make_desks(pnc_intake="intake_officer", ndhr_independent="intake_officer")


@pytest.fixture
def db(scene: Seats) -> Iterator[None]:
    """In place of pytest-django's: a savepoint of the file's transaction for each test."""
    with undone():
        yield


@pytest.fixture
def officers(scene: Seats, db: None) -> Seats:
    """Who sits at those two desks."""
    return scene


@pytest.fixture
def intake(officers: Seats) -> Seated:
    """The officer at the desk that receives a report in which no office is named."""
    return officers["pnc_intake"]


@pytest.fixture(scope="session")
def imap() -> Iterator[dovecot.Server]:
    """Dovecot, where it is installed; a run of all tests has it."""
    if dovecot.program() is None and not os.environ.get("CI"):
        pytest.skip("dovecot is not installed: apt-get install dovecot-imapd")
    with TemporaryDirectory(prefix="himaya-imap-") as place:
        Path(place).chmod(0o755)  # it runs as a user of its own and passes through here
        with dovecot.running(Path(place) / "server") as server:
            yield server


@pytest.fixture
def mailbox(imap: dovecot.Server) -> dovecot.Server:
    """The mailbox, empty."""
    imap.empty()
    return imap
