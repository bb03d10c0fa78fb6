"""The doctor counts what reporters read in another language, and what nobody signed."""

from dataclasses import replace

import pytest

from himaya.installation.catalogues import read, sign
from himaya.installation.doctor.languages import (
    every_sentence_is_there,
    native_speakers_have_signed,
)
from himaya.packs.entries import Label
from himaya.packs.languages import spoken
from himaya.packs.loader import current

HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
WHOLE = 'msgid "Go on"\nmsgstr "आगे"\n\nmsgctxt "safety"\nmsgid "Leave"\nmsgstr "निकलें"\n'


@pytest.fixture
def hindi(tmp_path):
    """A folder of languages with one small catalogue."""
    path = tmp_path / "hi" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    path.write_text(HEAD + WHOLE, encoding="utf-8")
    assert len(read(path)) == 2
    return path


def test_whole_catalogues_and_packs_lack_nothing():
    assert list(every_sentence_is_there(current())) == []


def test_sentences_that_stand_in_are_counted(hindi):
    hindi.write_text(hindi.read_text("utf-8").replace("आगे", ""), encoding="utf-8")

    (found,) = every_sentence_is_there(current(), hindi.parents[2])

    assert (found.code, found.facts) == ("languages.lacking", {"language": "hi", "number": "1"})


def test_words_that_the_pack_lacks_are_counted_too(tmp_path):
    note = current().law_note
    pack = replace(current(), law_note=Label(note.en, note.ar))

    found = {each.facts["language"]: each for each in every_sentence_is_there(pack, tmp_path)}

    assert found.keys() == set(spoken(pack)) - {"en", "ar"}
    assert {each.facts["number"] for each in found.values()} == {"1"}


def test_unsigned_sentences_are_counted_and_safety_needs_two(hindi):
    def counted():
        return [
            each.facts["languages"]
            for each in native_speakers_have_signed(current(), hindi.parents[2])
        ]

    assert counted() == ["hi 2 (1)"]
    sign(hindi, "A. B.")
    assert counted() == ["hi 1 (1)"]
    sign(hindi, "C. D.")
    assert counted() == []
