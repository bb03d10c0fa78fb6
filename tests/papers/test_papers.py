"""Papers: right in each language, readable aloud, and deaf to what is typed into them."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from himaya.packs.loader import current
from himaya.papers import coverage
from himaya.papers.make import TEMPLATES, pdf
from tests.factories.pdfs import Pdf

LAUNCH = ["ar", "en", "hi", "ur", "bn", "ne", "fil", "ml", "ta", "si", "am", "id"]
OWN_NAMES = {each.code: each.own_name for each in current().languages}


def letter(*paragraphs, language="en", title="A letter"):
    """A letter with these paragraphs."""
    return pdf("letter", {"title": title, "paragraphs": paragraphs}, language=language)


@pytest.mark.parametrize("language", LAUNCH)
def test_a_paper_in_each_language_names_it_and_keeps_to_the_standard(language):
    name = OWN_NAMES[language]

    made = Pdf(letter(name, title=name, language=language))

    assert made.title() == name
    assert made.language() == language
    assert made.is_accessible()
    assert "\N{REPLACEMENT CHARACTER}" not in made.words()
    assert "?" not in made.words()


@pytest.mark.parametrize("language", ["ar", "ur"])
def test_a_page_of_a_right_to_left_language_begins_at_the_right(language):
    def start(language):
        """Where the title begins, in points from the left."""
        drawn = Pdf(letter("abc", language=language)).streams.values()
        content = next(each for each in drawn if b"\nBT " in each)
        return float(re.findall(rb"1 0 0 -1 ([\d.]+) ", content)[0])

    middle = 595 / 2  # of the breadth of A4, in points
    assert start("en") < middle < start(language)


def test_words_of_another_language_say_so():
    made = Pdf(letter({"language": "en", "text": "Your name"}, language="ar"))

    assert made.language() == "ar"
    assert "en" in made.languages()
    assert "Your name" in made.words()


@pytest.mark.parametrize(
    "typed",
    [
        '#read("/etc/passwd")',
        "#panic()",
        "$ 1 / 0 $",
        '"] #eval("1/0") ["',
        "*a* _b_ `c` = d",
        "\\u{41}",
    ],
)
def test_what_was_typed_is_printed_and_never_done(typed):
    made = Pdf(letter(typed, title=typed))

    assert typed in made.words()
    assert made.title() == typed


@pytest.mark.parametrize("typed", ["\U0001f600", "\u4e2d", "\x07", "\ud800", "\ufeff", "\ue000"])
def test_a_letter_that_no_font_has_shows_as_a_mark_and_not_as_a_failure(typed):
    assert "a\N{REPLACEMENT CHARACTER}b" in Pdf(letter(f"a{typed}b")).words()


def test_the_same_content_makes_the_same_bytes():
    assert letter("once", language="ur") == letter("once", language="ur")
    assert letter("once") != letter("twice")


def test_no_template_asks_for_a_package_or_reads_a_file():
    for template in TEMPLATES.glob("*.typ"):
        text = template.read_text()
        assert not re.search(r"@preview|@local|\bread\(|\bplugin\(|\beval\(|https?:", text), (
            template
        )
        assert set(re.findall(r'#import "(.*?)"', text)) <= {"frame.typ"}


def test_the_fonts_come_with_their_licence():
    fonts = {each.name for each in coverage.FONTS.iterdir()}

    assert "OFL.txt" in fonts
    assert "SIL OPEN FONT LICENSE" in (coverage.FONTS / "OFL.txt").read_text()
    assert all(name.startswith("Noto") for name in fonts - {"OFL.txt"})


@pytest.mark.slow
@settings(deadline=None, max_examples=150)
@given(words=st.text(max_size=120), language=st.sampled_from(LAUNCH))
def test_whatever_is_typed_makes_a_paper(words, language):
    assert Pdf(letter(words, title=words or "-", language=language)).is_accessible()
