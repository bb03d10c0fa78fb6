"""The tool that keeps every sentence translated."""

import sys
from pathlib import Path

import pytest

from himaya.config.env import ROOT

sys.path.insert(0, str(ROOT / "tools"))
from translations import check, read, said, update
from visible_words import untranslated

HEAD = (
    'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n"Plural-Forms: {}\\n"\n\n'
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
