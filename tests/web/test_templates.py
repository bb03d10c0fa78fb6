"""What holds for every template and both style sheets."""

import gzip
import re
from pathlib import Path

import pytest

from himaya.config.env import ROOT

SOURCE = ROOT / "src" / "himaya"
TEMPLATES = sorted(path for path in SOURCE.glob("**/templates/**/*.html"))
SHEETS = SOURCE / "web" / "static" / "web"
COMMENT = re.compile(r"{#.*?#}|{% comment %}.*?{% endcomment %}", re.DOTALL)
PHYSICAL = re.compile(
    r"(?:margin|padding|border)-(?:left|right|top|bottom)|[{;\s](?:left|right|top|bottom)\s*:"
    r"|(?:text-align|float|clear)\s*:\s*(?:left|right)"
)


def inline_code(html: str) -> list[str]:
    """Styles and scripts that stand in the page itself."""
    return re.findall(r"<style|\sstyle=|<script(?![^>]* src=)|\son[a-z]+\s*=|javascript:", html)


def classes_in(html: str) -> set[str]:
    """Every class that a template uses as it stands."""
    found = set()
    for value in re.findall(r'class="([^"]*)"', COMMENT.sub("", html)):
        found |= set(re.sub(r"{%.*?%}|{{.*?}}", " ", value).split())
    return found


def classes_of(sheet: str) -> set[str]:
    """Every class that a style sheet knows."""
    text = re.sub(r"/\*.*?\*/", "", (SHEETS / sheet).read_text(encoding="utf-8"), flags=re.DOTALL)
    return set(re.findall(r"\.([a-z][\w-]*)", text))


def known_to(path: Path) -> set[str]:
    """The classes that a template may use; what both sites share may use those of both."""
    if path.parts[-2] == "fieldwork" and path.name.startswith("card"):
        return classes_of("../../../fieldwork/static/fieldwork/card.css")
    if {"components", "errors"} & set(path.parts):
        return classes_of("staff.css") | classes_of("public.css")
    return classes_of("public.css" if "public" in path.parts else "staff.css")


def name(path: Path) -> str:
    return str(path.relative_to(SOURCE))


def test_there_are_templates_to_look_at():
    assert len(TEMPLATES) > 20


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_a_template_says_first_what_it_takes(path):
    assert path.read_text(encoding="utf-8").startswith(("{#", "{% comment %}"))


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_a_template_has_no_style_and_no_script_in_it(path):
    assert inline_code(COMMENT.sub("", path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "planted",
    [
        '<p style="color:red">',
        "<style>",
        "<script>1</script>",
        '<p onclick="x()">',
        '<a href="javascript:1">',
    ],
)
def test_the_check_above_finds_inline_code(planted):
    assert inline_code(planted)


def without_nonce(html: str) -> list[str]:
    """Tags that the browser would not run or use, because they do not repeat the answer's nonce."""
    tags = re.findall(r"<script[^>]*>|<link[^>]*stylesheet[^>]*>", COMMENT.sub("", html))
    return [tag for tag in tags if not re.search(r'nonce="{{ (page\.)?nonce }}"', tag)]


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_every_script_and_style_sheet_repeats_the_nonce(path):
    assert without_nonce(path.read_text(encoding="utf-8")) == []


def test_the_check_above_finds_a_tag_without_it():
    assert without_nonce('<script src="a.js"></script>') == ['<script src="a.js">']
    assert without_nonce('<link rel="stylesheet" href="a.css">') != []


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_a_template_uses_only_classes_that_its_style_sheet_knows(path):
    text = path.read_text(encoding="utf-8")

    assert classes_in(text) - known_to(path) == set()


def test_the_check_above_finds_an_unknown_class():
    planted = '<p class="card {% if x %}good{% endif %} nowhere">'

    assert classes_in(planted) - classes_of("staff.css") == {"nowhere"}


@pytest.mark.parametrize("sheet", ["staff.css", "public.css"])
def test_a_style_sheet_knows_no_left_and_no_right(sheet):
    assert PHYSICAL.findall((SHEETS / sheet).read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("planted", ["{ left: 0 }", "; margin-left: 1px", "text-align: right"])
def test_the_check_above_finds_left_and_right(planted):
    assert PHYSICAL.findall(planted)


def test_the_style_sheets_stay_small():
    public = (SHEETS / "public.css").read_bytes() + (SHEETS / "leave.js").read_bytes()

    assert len((SHEETS / "staff.css").read_bytes()) < 20_000
    # With the first page and three heads it fits into one window: tests/reporting/test_first_visit.
    assert len(gzip.compress(public, 9)) <= 3_328
