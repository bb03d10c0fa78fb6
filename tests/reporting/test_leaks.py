"""What in an answer may tell who or where is found, and what tells nothing passes."""

import tomllib
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

import pytest

from himaya.config.env import ROOT
from himaya.packs.loader import load
from himaya.reporting import answering, leaks
from himaya.reporting.leaks import Kind, leaks_in
from tests.factories.threats import threat

HERE = Path(__file__).parent
REPLIES = tomllib.loads((HERE / "replies.toml").read_text(encoding="utf-8"))
UNSEEN = tomllib.loads((HERE / "unseen_replies.toml").read_text(encoding="utf-8"))
DECISION = ROOT / "docs" / "adr" / "0035-the-desk-under-a-flood.md"
KNOWN = ("Hawally", "Farwaniya", "Ahmadi", "حولي", "الجهراء")
RECALL = 0.98
pytestmark = pytest.mark.slow  # it reads every pack


@contextmanager
def numbers_only():
    """As if telephone numbers were all that tells."""
    with (
        mock.patch.object(leaks, "_words", return_value=[]),
        mock.patch.object(leaks, "_names", return_value=[]),
        mock.patch.object(leaks, "_known", return_value=[]),
    ):
        yield


@threat("A6", off=numbers_only)
def test_of_the_labelled_replies_nearly_all_that_tell_are_found():
    told = REPLIES["tells"]

    missed = [text for text in told if not leaks_in(text, known=KNOWN)]

    assert len(told) >= 150
    assert 1 - len(missed) / len(told) >= RECALL, missed


def test_of_replies_it_was_not_made_for_it_finds_what_the_decision_record_says():
    """A warning beside a second pair of eyes, not a guarantee: the record says how good it is."""
    told = UNSEEN["tells"]

    found = [text for text in told if leaks_in(text, known=KNOWN)]

    share = f"{len(found) / len(told):.2f}"
    assert f"finds {share} of {len(told)} replies" in DECISION.read_text(encoding="utf-8")


def test_what_tells_nothing_is_seldom_marked():
    safe = REPLIES["tells_nothing"]

    marked = [text for text in safe if leaks_in(text, known=KNOWN)]

    assert len(marked) / len(safe) <= 0.05, marked


@pytest.mark.parametrize("folder", sorted(path.name for path in (ROOT / "packs").iterdir()))
def test_no_answer_of_a_pack_tells_anything(folder):
    found = {
        (reply.id, code): marked
        for reply in load(ROOT / "packs" / folder).replies
        for code, words in reply.text.items()
        if (marked := leaks_in(words, known=KNOWN))
    }

    assert found == {}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Call 99123456", Kind.NUMBER),
        ("one two three four", Kind.NUMBER),
        ("at the second floor", Kind.ADDRESS),
        ("في المستشفى", Kind.PLACE),
        ("we know of Grace", Kind.NAME),
        ("a@b.example", Kind.LINK),
        ("somewhere in HAWALLY", Kind.PLACE),
    ],
)
def test_each_kind_is_named(text, kind):
    assert kind in {leak.kind for leak in leaks_in(text, known=KNOWN)}


def test_an_hour_and_a_public_number_pass():
    assert leaks_in("Write again at 10:30.") == []
    assert leaks_in("Call 112.", public=["112"]) == []
    assert leaks_in("Call 112.") != []


@pytest.mark.django_db
def test_an_answer_that_the_pack_has_ready_is_never_held():
    ready = [words for reply in answering.replies() for words in reply.text.values()]

    assert [words for words in ready if answering.may_tell(words)] == []
