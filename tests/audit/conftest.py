"""A filled ledger, and a verifier whose checks can be switched off."""

import pytest

from himaya.audit import examining, heads
from himaya.audit import verify as proving
from tests.factories.ledger import EIGHT, act, numbered


@pytest.fixture
def one_transaction(monkeypatch):
    """These tests run inside a transaction, which cannot become a snapshot any more."""
    monkeypatch.setattr(proving, "SNAPSHOT", "SELECT 1")


@pytest.fixture
def published(tmp_path):
    """Eight acts under a signed head, three more numbered, two waiting: the data directory."""
    data = tmp_path / "published"
    numbered(3)
    heads.publish(data=data)
    numbered(5, first=3)
    heads.keep(heads.publish(data=data), data=data)
    numbered(3, first=EIGHT)
    act(11)
    act(12)
    return data


@pytest.fixture
def outside(published, tmp_path):
    """The same, where of all that lies outside only the newest signed head is left."""
    bare = tmp_path / "bare"
    bare.mkdir()
    heads.copy(published).rename(heads.copy(bare))
    return bare


@pytest.fixture
def without(monkeypatch):
    """Switch some of the verifier's checks off."""

    def switch_off(*checks):
        for check in checks:
            where = proving if hasattr(proving, check) else examining
            monkeypatch.setattr(where, check, quiet)

    return switch_off


def quiet(*_asked):
    """A check that finds nothing."""
    return ""
