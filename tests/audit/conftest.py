"""A filled ledger, and a verifier whose checks can be switched off."""

import pytest

from himaya.audit import verify as proving
from himaya.audit.sequencer import sign_checkpoint
from tests.factories.ledger import EIGHT, act, later, numbered


@pytest.fixture
def one_transaction(monkeypatch):
    """These tests run inside a transaction, which cannot become a snapshot any more."""
    monkeypatch.setattr(proving, "SNAPSHOT", "SELECT 1")


@pytest.fixture
def outside(tmp_path):
    """Eight acts under a signed head with a copy outside, three more numbered, two waiting."""
    numbered(3)
    sign_checkpoint(at=later(3))
    numbered(5, first=3)
    copy = tmp_path / "checkpoint"
    copy.write_text(sign_checkpoint(at=later(8)).note.rstrip("\n"))
    numbered(3, first=EIGHT)
    act(11)
    act(12)
    return copy


@pytest.fixture
def without(monkeypatch):
    """Switch some of the verifier's checks off."""

    def switch_off(*checks):
        for check in checks:
            monkeypatch.setattr(proving, check, {"_check_place": lambda *_: None}.get(check, quiet))

    return switch_off


def quiet(_act):
    return ""
