"""The reporters' site as its own process serves it, and desks that receive."""

import pytest

from himaya.config import public
from tests.factories.desks import Seated, colleague, make_desks
from tests.factories.visitor import Visitor


@pytest.fixture
def reporters_site(settings) -> None:
    """The settings of the reporters' site, with the test's database."""
    settings.STATIC_ROOT.mkdir(exist_ok=True)
    settings.ROOT_URLCONF = public.ROOT_URLCONF
    settings.MIDDLEWARE = public.MIDDLEWARE
    settings.LANGUAGES = public.LANGUAGES
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = public.DATA_UPLOAD_MAX_MEMORY_SIZE


@pytest.fixture
def visitor(reporters_site: None) -> Visitor:
    """Somebody who comes to the reporters' site with an English browser."""
    return Visitor()


@pytest.fixture
def desks(db: None) -> dict[str, Seated]:
    """The desks of the pack, with an officer at each that a report may go to."""
    receiving = ("pnc_intake", "pp_intake", "ndhr_independent", "kshr_independent")
    return make_desks(**dict.fromkeys(receiving, "intake_officer"))


@pytest.fixture
def intake(desks: dict[str, Seated]) -> Seated:
    """The officer at the desk that receives a report in which no office is named."""
    return desks["pnc_intake"]


@pytest.fixture
def second(desks: dict[str, Seated]) -> Seated:
    """The officer at the desk that takes over when the first one is silent."""
    return desks["pp_intake"]


@pytest.fixture
def other(intake: Seated) -> Seated:
    """A second officer of the desk that receives, who holds its key too."""
    return colleague(intake)


@pytest.fixture(autouse=True)
def nobody_looks_after_the_spool(monkeypatch) -> None:
    """No thread of ours outlives a test; the spool is asked for where it is the subject."""
    monkeypatch.setattr("himaya.reporting.public.send.keep_replaying", lambda **_said: None)
