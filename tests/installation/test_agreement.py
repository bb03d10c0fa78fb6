"""No process starts, also not again, while the ledger may not serve."""

import subprocess
from unittest import mock

import pytest

from himaya.installation import agreement
from himaya.installation.agreement import BEHIND, agrees
from himaya.installation.children import Child
from himaya.installation.failure import AlreadySaid
from himaya.installation.place import Place


@pytest.fixture
def answer(tmp_path):
    """What the comparison, in its own process, ends with."""

    def given(code):
        done = subprocess.CompletedProcess([], code)
        with mock.patch.object(agreement.subprocess, "run", return_value=done):
            return agrees(Place(tmp_path))

    return given


def test_a_ledger_that_agrees_may_serve(answer):
    assert answer(0) is True


def test_one_that_is_behind_ends_everything(answer):
    with pytest.raises(AlreadySaid):
        answer(BEHIND)


def test_one_that_could_not_be_asked_about_does_not_serve_yet(answer):
    assert answer(1) is False


def test_what_ended_stays_away_until_it_may_start(tmp_path):
    child = Child("The site", ["true"], {}, tmp_path / "log")
    child.next_start = 0.0

    child.keep(lambda: False)
    assert child.process is None

    child.keep(lambda: True)
    assert child.process.wait(10) == 0
