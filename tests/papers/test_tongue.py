"""Papers in the language of whoever reads them: days, what was typed, and words that stand in."""

from datetime import date

import pytest
from django.utils.translation import override

from himaya.config.languages import CODES
from himaya.kernel.tongues import standing_in
from himaya.papers.make import pdf
from himaya.papers.tongue import as_written, day_said, speaking
from tests.factories.pdfs import Pdf

DAY = date(2026, 12, 5)
SAID = {
    "en": "5 December 2026",
    "ar": "5 ديسمبر 2026",
    "am": "5 ዲሴምበር 2026",
    "fil": "Disyembre 5, 2026",
    "si": "2026 දෙසැම්බර් 5",
    "ur": "5 دسمبر، 2026",
}


@pytest.mark.parametrize("language", sorted(CODES))
def test_a_day_is_said_in_every_language_with_digits_that_one_can_dial(language):
    with override(language):
        said = day_said(DAY)

    assert "2026" in said
    assert said == SAID.get(language, said)
    assert ("December" in said) == (language == "en")


@pytest.mark.parametrize(("language", "spoken"), [("am", "am"), ("te", "en"), ("", "en")])
def test_where_a_language_is_missing_the_next_one_speaks(language, spoken):
    with speaking(language) as found:
        assert found == spoken


@pytest.mark.parametrize(
    ("words", "paper", "written_in"),
    [
        ("she said", "en", None),
        ("قالت", "en", "ar"),
        ("قالت", "ar", None),
        ("  12. she said", "ar", "en"),
        ("12.05.2026", "ar", None),
        ("she said", "ur", "en"),
        ("", "en", None),
    ],
)
def test_what_was_typed_keeps_its_direction(words, paper, written_in):
    said = as_written(words, paper)

    assert said == (words if written_in is None else {"language": written_in, "text": words})


def test_words_that_stand_in_for_missing_ones_are_printed_without_their_marks():
    content = {"title": "T", "paragraphs": [f"a {standing_in('the police', 'en')} b"]}

    assert "a the police b" in Pdf(pdf("letter", content, language="en")).words()
