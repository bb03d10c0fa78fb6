"""Letters about decisions, in every language of the people they are for."""

import re
from datetime import timedelta

import pytest

from himaya.cases.models import Move
from himaya.config.languages import CODES
from himaya.decisions.wording import letter
from himaya.packs.loader import current
from himaya.papers.make import pdf
from tests.factories.moments import NOON
from tests.factories.pdfs import Pdf

UNTIL = NOON + timedelta(days=30)
YES, NO = "presume", "do_not_presume"


def said(step, language, until=UNTIL):
    """What a letter says."""
    return letter(current(), Move(step=step, at=NOON), language, until)


@pytest.mark.parametrize("language", sorted(CODES - {"en"}))
@pytest.mark.parametrize(("step", "until"), [(YES, None), (NO, UNTIL), (NO, None)])
def test_no_sentence_is_left_in_english(step, until, language):
    theirs, english = said(step, language, until), said(step, "en", until)

    assert theirs.language == language
    assert len(theirs.sentences) == len(english.sentences)
    assert not {theirs.title, theirs.reasons} & {english.title, english.reasons}
    assert not set(theirs.sentences) & set(english.sentences)
    if until:
        day, year = str(UNTIL.day), str(UNTIL.year)
        assert any(day in each and year in each for each in theirs.sentences)


@pytest.mark.slow
@pytest.mark.parametrize("language", sorted(CODES))
def test_it_can_be_read_aloud_and_every_letter_is_there(language):
    told = said(NO, language)
    content = {"title": told.title, "paragraphs": [*told.sentences, told.reasons], "foot": ""}

    made = Pdf(pdf("letter", content, language=language))

    assert made.is_accessible()
    assert made.language() == language
    assert "\N{REPLACEMENT CHARACTER}" not in made.words()


@pytest.mark.parametrize("step", [YES, NO])
def test_no_word_tells_whoever_finds_it_what_it_is_about(step):
    words = " ".join([said(step, "en").title, *said(step, "en").sentences]).lower()

    assert not re.search(r"traffick|victim|case|shelter|report|prosecut", words)
