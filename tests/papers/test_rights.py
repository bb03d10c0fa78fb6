"""The leaflet on rights, in every language: one sheet to keep, one to sign, no name on either."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from himaya.cases.rights import leaflet, on_paper, receipt
from himaya.config.languages import CODES
from himaya.packs.entries import Label
from himaya.packs.loader import current, load
from himaya.papers.make import pdf
from tests.factories.pdfs import Pdf

PACKS = Path(__file__).parents[2] / "packs"
NUMBER = "XX-7F3A-29"
OWN_SCRIPT = {
    "ar": "\u0600-\u06ff",
    "ur": "\u0600-\u06ff",
    "hi": "\u0900-\u097f",
    "ne": "\u0900-\u097f",
    "bn": "\u0980-\u09ff",
    "ta": "\u0b80-\u0bff",
    "ml": "\u0d00-\u0d7f",
    "si": "\u0d80-\u0dff",
    "am": "\u1200-\u137f",
}


def made(language, beside="en"):
    """The leaflet and its receipt, as they are printed."""
    theirs, ours = receipt(language), receipt(beside)
    both = (theirs, ours) if theirs.language != ours.language else (theirs,)
    said = leaflet(current(), language)
    return Pdf(pdf("rights", on_paper(said, both, NUMBER), language=said.language))


def sentences(language):
    """Everything that is said to the person, but not the numbers to call."""
    said, signed = leaflet(current(), language), receipt(language)
    told = [said.title, said.keep, said.calls_title, *signed.sentences, *signed.fields]
    told += [part.title for part in said.parts]
    return told + [point for part in said.parts for point in part.points]


@pytest.mark.parametrize("language", sorted(CODES - {"en"}))
def test_every_sentence_is_said_in_the_language_and_in_its_script(language):
    theirs, english = sentences(language), sentences("en")

    assert len(theirs) == len(english)
    same = {each for each, other in zip(theirs, english, strict=True) if each == other}
    assert not same
    script = OWN_SCRIPT.get(language)
    if script:
        assert [each for each in theirs if not re.search(f"[{script}]", each)] == []
        assert [each for each in theirs if re.search("[A-Za-z]{4,}", each)] == []


@pytest.mark.slow
@pytest.mark.parametrize("language", sorted(CODES))
def test_it_is_one_sheet_to_keep_and_one_to_sign_and_can_be_read_aloud(language):
    paper = made(language, beside="ar" if language == "en" else "en")

    rights, signed = paper.words().replace(" ", "").split("\n")  # some signs stand apart
    assert paper.is_accessible()
    assert paper.language() == language
    assert paper.languages() >= {language, "ar" if language == "en" else "en"}
    assert "\N{REPLACEMENT CHARACTER}" not in paper.words()
    assert NUMBER in signed
    assert NUMBER not in rights


def test_a_receipt_in_one_language_is_said_once():
    both = (receipt("en"),)

    content = on_paper(leaflet(current(), "en"), both, NUMBER)

    assert len(content["receipts"]) == 1
    assert all(len(labels) == 1 for labels in content["fields"])


@pytest.mark.slow
@pytest.mark.parametrize("code", ["kw", "uk", "osce"])
def test_it_promises_what_the_country_sets_and_no_more(code):
    pack = load(PACKS / code)
    told = " ".join(point for part in leaflet(pack, "en").parts for point in part.points)
    without = replace(pack, decisions=())
    other = " ".join(point for part in leaflet(without, "en").parts for point in part.points)

    assert f"This time is {pack.setting('recovery_period').in_force} days or more" in told
    assert ("ask for another look" in told) == any(each.again for each in pack.decisions)
    assert "ask for another look" not in other
    assert pack.law_note.en in told


@pytest.mark.slow
def test_words_that_a_pack_lacks_are_english_and_keep_their_direction():
    pack = replace(current(), law_note=Label("The law says so.", "هكذا يقول القانون."))
    said = leaflet(pack, "ur")

    content = on_paper(said, (receipt("ur"),), NUMBER)

    points = [point for part in content["parts"] for point in part["points"]]
    assert {"language": "en", "text": "The law says so."} in points
    assert "\ue000" not in repr(content)
    made = Pdf(pdf("rights", content, language="ur"))
    assert made.languages() >= {"ur", "en"}


def test_a_language_that_is_missing_is_english_and_says_so():
    assert leaflet(current(), "te").language == "en"
