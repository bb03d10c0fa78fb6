"""The tool that keeps every sentence translated."""

import sys
from pathlib import Path

import pytest

from himaya.config.env import ROOT
from himaya.installation.catalogues import sign, standing
from himaya.installation.messages import compile_messages
from himaya.kernel.tongues import standing_in

sys.path.insert(0, str(ROOT / "tools"))
from public_sentences import CODE, public_part
from sentence_lengths import too_long
from translations import SOURCE, check, read, said, say_review, update
from visible_words import untranslated

HEAD = (
    'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n"Plural-Forms: {}\\n"\n'
    '"X-Review: needs native review\\n"\n\n'
)
SIX = (
    "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3"
    " : n%100>=11 && n%100<=99 ? 4 : 5);"
)
RIGHT = 'msgid "Hello %(who)s"\nmsgstr "مرحبا %(who)s"\n\n'


@pytest.fixture
def source(tmp_path):
    """A tree with one sentence in a template and its catalogue."""
    templates = tmp_path / "concept" / "templates"
    catalogues = tmp_path / "locale" / "ar" / "LC_MESSAGES"
    templates.mkdir(parents=True)
    catalogues.mkdir(parents=True)
    page = "{% load i18n %}\n    {% blocktranslate %}Hello {{ who }}{% endblocktranslate %}\n"
    (templates / "page.html").write_text(page, encoding="utf-8")
    return tmp_path


def catalogue(source: Path) -> Path:
    return source / "locale" / "ar" / "LC_MESSAGES" / "django.po"


def faults(source: Path, entries: str) -> list[str]:
    catalogue(source).write_text(HEAD.format(SIX) + entries, encoding="utf-8")
    return check(source).faults


def test_a_whole_catalogue_has_no_fault(source):
    assert faults(source, RIGHT) == []


@pytest.mark.parametrize(
    ("entries", "fault"),
    [
        ("", "missing"),
        ('msgid "Hello %(who)s"\nmsgstr ""\n', "not translated"),
        ("#, fuzzy\n" + RIGHT, "fuzzy"),
        ('msgid "Hello %(who)s"\nmsgstr "مرحبا %(whom)s"\n', "has a placeholder"),
        ('msgid "Hello %(who)s"\nmsgstr "مرحبا"\n', "lacks a placeholder"),
        (RIGHT + 'msgid "Gone"\nmsgstr "ذهب"\n', "said nowhere any more"),
    ],
)
def test_each_kind_of_fault_is_found(source, entries, fault):
    (found,) = faults(source, entries)

    assert fault in found


def test_nothing_to_look_at_is_a_fault(tmp_path):
    assert check(tmp_path).faults


def plural(*forms: str) -> str:
    lines = "".join(f'msgstr[{number}] "{form}"\n' for number, form in enumerate(forms))
    return f'msgid "%(n)d day"\nmsgid_plural "%(n)d days"\n{lines}'


@pytest.mark.parametrize(
    ("forms", "right"),
    [
        (("لا أيام", "يوم", "يومان", "%(n)d أيام", "%(n)d يومًا", "%(n)d يوم"), True),
        (("لا أيام", "يوم", "يومان", "%(n)d أيام", "%(n)d يومًا", "يوم"), False),
        (("يوم", "أيام"), False),
    ],
)
def test_arabic_has_six_plural_forms_of_which_the_last_says_the_number(source, forms, right):
    code = 'ngettext("%(n)d day", "%(n)d days", 3)\n'
    (source / "concept" / "views.py").write_text(code, encoding="utf-8")

    assert (faults(source, RIGHT + plural(*forms)) == []) is right


def test_updating_adds_what_is_new_keeps_what_is_translated_and_drops_what_is_gone(source):
    (source / "concept" / "views.py").write_text('gettext("New")\n', encoding="utf-8")
    faults(source, RIGHT + 'msgid "Gone"\nmsgstr "ذهب"\n')

    came_and_went = update(catalogue(source), said(source))

    written = catalogue(source).read_text(encoding="utf-8")
    assert came_and_went == (1, 1)
    assert "مرحبا %(who)s" in written
    assert "Gone" not in written
    assert "page.html" not in written, "no line moves when a file does"
    assert read(catalogue(source)).num_plurals == 6


@pytest.mark.parametrize(
    "planted",
    [
        "<p>Hello</p>",
        '<input placeholder="Your name">',
        "<p>{{ name }} is here</p>",
        "<p>مرحبا</p>",
    ],
)
def test_words_that_no_translator_is_asked_for_are_found(planted):
    assert list(untranslated(planted))


@pytest.mark.parametrize(
    "fine",
    [
        '<p class="card">{% translate "Hello" %}</p>',
        "{# Hello #}{% blocktranslate %}Hello <b>you</b>{% endblocktranslate %}",
        '<a href="/cases/" aria-label="{% translate \'Cases\' %}">{{ word }}</a>',
        "<p>12 · —</p>",
    ],
)
def test_words_that_a_translator_is_asked_for_are_not(fine):
    assert list(untranslated(fine)) == []


def test_a_catalogue_whose_head_says_more_than_its_signatures_is_found(source):
    faults(source, RIGHT)
    text = catalogue(source).read_text(encoding="utf-8")

    catalogue(source).write_text(text.replace("needs native review", "signed"), encoding="utf-8")

    assert check(source).faults == ["ar: the head does not say: needs native review"]


def test_a_signature_holds_for_the_sentence_as_it_stands_and_safety_needs_two(source):
    safety = 'msgctxt "safety"\nmsgid "Leave"\nmsgstr "غادروا"\n\n'
    faults(source, RIGHT + safety)
    path = catalogue(source)

    assert sign(path, "A. B.") == 2
    assert (standing(path).unsigned, standing(path).unsafe) == (1, 1)
    assert sign(path, "A. B.") == 0
    sign(path, "C. D.")
    assert standing(path).review == "signed by native speakers"
    say_review(path)
    assert "X-Review: signed by native speakers" in path.read_text(encoding="utf-8")

    path.write_text(path.read_text(encoding="utf-8").replace("مرحبا", "أهلا"), encoding="utf-8")
    assert standing(path).unsigned == 1


def test_a_sentence_that_is_missing_is_compiled_with_a_mark_where_only_reporters_read(source):
    path = source / "locale" / "hi" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    entries = 'msgid "Hello %(who)s"\nmsgstr ""\n'
    path.write_text(HEAD.format("nplurals=2; plural=(n > 1);") + entries, encoding="utf-8")

    compile_messages(source / "locale")

    assert standing_in("Hello %(who)s", "en").encode() in path.with_suffix(".mo").read_bytes()


@pytest.mark.parametrize("pattern", sorted(CODE))
def test_every_file_that_is_called_public_is_there(pattern):
    found = list(SOURCE.glob(pattern))

    assert found
    for path in found:
        assert public_part(path.relative_to(SOURCE), path.read_text(encoding="utf-8"))


def test_of_a_file_only_the_named_parts_are_public():
    text = "class NoWords:\n    m = _('yours')\nclass Other:\n    m = _('theirs')\n"
    text += "".join(f"class {name}: ...\n" for name in CODE["reporting/errors.py"])

    part = public_part(Path("reporting/errors.py"), text)

    assert "theirs" not in part


def test_a_sentence_of_more_than_one_breath_is_named():
    long = " ".join(["word"] * 21)

    assert list(too_long([f"Short. {long}. Short again."])) == [long]


def test_no_sentence_for_reporters_is_longer_than_one_breath_in_english():
    spoken = [form for words in said(SOURCE, publicly=True).values() for form in words]

    assert list(too_long(spoken)) == []
