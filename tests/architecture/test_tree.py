"""The tree is as ARCHITECTURE.md describes it, and a concept has the files that a concept has."""

import re

from himaya.config.env import ROOT

SOURCE = ROOT / "src" / "himaya"
ROW = re.compile(r"^\| `(\w+)` \| (.+) \|$", re.MULTILINE)
NOT_CONCEPTS = {"locale"}  # catalogues of translations


def folders():
    """Every folder of src/himaya that holds code."""
    return {path.parent.name for path in SOURCE.glob("*/__init__.py")} - NOT_CONCEPTS


def described(page):
    """Folders that a page gives one sentence each."""
    return {name for name, sentence in ROW.findall(page) if sentence.endswith(".")}


def test_each_folder_stands_in_the_architecture_page_with_one_sentence():
    page = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")

    assert described(page) == folders()


def test_a_folder_that_the_page_leaves_out_or_makes_up_would_be_found():
    page = "| folder | one |\n| --- | --- |\n| `cases` | One person's way. |\n| `x` | no stop |"

    assert described(page) == {"cases"}


def test_each_folder_says_itself_what_it_is():
    for name in folders():
        assert (SOURCE / name / "__init__.py").read_text(encoding="utf-8").startswith('"""'), name


def test_each_concept_with_tables_says_who_sees_which_row():
    with_tables = {path.parent.name for path in SOURCE.glob("*/migrations")}

    assert {path.parent.name for path in SOURCE.glob("*/policies.sql")} >= with_tables
