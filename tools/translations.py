"""Every sentence of the pages, in every language of the officers' site.

    python tools/translations.py [check]   fails unless each sentence is translated whole and right
    python tools/translations.py update    writes sentences that are new into the catalogues, and
                                           takes those away that no page says any more

A catalogue is src/himaya/locale/<language>/LC_MESSAGES/django.po.
"""

import re
import sys
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize
from visible_words import untranslated

SOURCE = Path(__file__).resolve().parents[1] / "src" / "himaya"
HEAD = """# Himaya: what the officers' site and the reporters' site say, in {name}.
# Written by people and checked by tools/translations.py. AGPL-3.0-or-later, like the rest.
msgid ""
msgstr ""
"Language: {code}\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plurals}\\n"

"""
KEYWORDS = {
    **dict.fromkeys(("gettext", "gettext_lazy", "_")),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}
# The order that Arabic catalogues keep everywhere: none, one, two, 3 to 10, 11 to 99, the rest.
PLURALS = {
    "ar": "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3"
    " : n%100>=11 && n%100<=99 ? 4 : 5);"
}
HOLES = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}|</?\w+>")

Words = tuple[str, ...]  # one sentence, or its singular and plural
Key = tuple[str | None, str]  # context and sentence: what a catalogue finds a message by


@dataclass
class Report:
    """What is wrong, one line each, and how much was looked at."""

    faults: list[str] = field(default_factory=list)
    sentences: int = 0
    templates: int = 0


def said(source: Path) -> dict[Key, Words]:
    """Every sentence that templates and Python files may show."""
    found: dict[Key, Words] = {}
    for code in _texts(source):
        for _line, words, _comments, context in extract(
            "python", BytesIO(code.encode()), keywords=KEYWORDS, options={"encoding": "utf-8"}
        ):
            sentence = (words,) if isinstance(words, str) else tuple(words)
            key = (context, sentence[0])
            found[key] = max(found.get(key, ()), sentence, key=len)
    return found


def templates(source: Path) -> list[Path]:
    """Every template of every concept."""
    return sorted(
        path for path in source.glob("**/templates/**/*") if path.suffix in {".html", ".txt"}
    )


def _texts(source: Path) -> Iterator[str]:
    for path in sorted(source.rglob("*.py")):
        if "migrations" not in path.parts:
            yield path.read_text(encoding="utf-8")
    for path in templates(source):
        code = templatize(path.read_text(encoding="utf-8"), origin=str(path))
        # What is not a sentence comes back as filler, indented in no way that Python reads.
        yield "\n".join(line.strip() for line in code.splitlines())


def catalogues(source: Path) -> list[Path]:
    """The catalogue of each language."""
    return sorted(source.glob("locale/*/LC_MESSAGES/django.po"))


def read(path: Path) -> Catalog:
    """A catalogue, its plural rule that of its language."""
    with path.open("rb") as file:
        return read_po(file, locale=path.parts[-3])


def check(source: Path) -> Report:
    """Look at every sentence in every language, and for words that no translator is asked for."""
    report = Report()
    wanted = said(source)
    report.sentences = len(wanted)
    for path in catalogues(source):
        report.faults += faults_of(read(path), wanted)
    for template in templates(source):
        report.templates += 1
        text = template.read_text(encoding="utf-8")
        name = str(template.relative_to(source))
        report.faults += [f"{name}: not translatable: {words}" for words in untranslated(text)]
    if not catalogues(source) or not report.templates:
        report.faults.append("nothing was looked at: no catalogue or no template was found")
    return report


def faults_of(catalogue: Catalog, wanted: dict[Key, Words]) -> list[str]:
    """What a catalogue lacks, has wrong, or has too much."""
    language = catalogue.locale_identifier
    known = {(message.context, _first(message)): message for message in catalogue if message.id}
    faults = [f"{language}: said nowhere any more: {key[1]}" for key in known if key not in wanted]
    for key, words in wanted.items():
        message = known.get(key)
        fault = "missing" if message is None else _fault(message, words, catalogue.num_plurals)
        if fault:
            faults.append(f"{language}: {fault}: {words[0]}")
    return faults


def _first(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _fault(message: Message, words: Words, plurals: int) -> str:
    string = message.string or ""
    forms = (string,) if isinstance(string, str) else tuple(string)
    if len(forms) != (1 if len(words) == 1 else plurals):
        return "wrong number of plural forms"
    if not all(forms):
        return "not translated"
    if message.fuzzy:
        return "fuzzy: a guess that nobody has confirmed"
    holes = set(HOLES.findall(words[-1]))
    if any(set(HOLES.findall(form)) - holes for form in forms):
        return "has a placeholder or tag that the sentence has not"
    # "One" and "two" may say the number as a word; "many" may not.
    if set(HOLES.findall(forms[-1])) != holes:
        return "lacks a placeholder or tag of the sentence"
    return ""


def update(path: Path, wanted: dict[Key, Words]) -> tuple[int, int]:
    """Write the catalogue anew, sorted and without line numbers. Returns how many came and went."""
    old = read(path)
    new = Catalog(locale=old.locale)
    came = 0
    for (context, first), words in wanted.items():
        before = old.get(first, context)
        came += before is None
        string = before.string if before is not None else ""
        flags = before.flags & {"fuzzy"} if before is not None else ()
        new.add(words if len(words) > 1 else words[0], string, context=context, flags=flags)
    went = len(old) - (len(wanted) - came)
    path.write_bytes(_head(new) + _body(new))
    return came, went


def _head(catalogue: Catalog) -> bytes:
    code, locale = str(catalogue.locale_identifier), catalogue.locale
    name = locale.get_display_name("en") if locale else code
    plurals = PLURALS.get(code, catalogue.plural_forms)
    return HEAD.format(name=name, code=code, plurals=plurals).encode()


def _body(catalogue: Catalog) -> bytes:
    file = BytesIO()
    write_po(file, catalogue, width=100, no_location=True, omit_header=True, sort_output=True)
    return file.getvalue()


def main(arguments: Iterable[str]) -> int:
    """The command line."""
    parser = ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("act", nargs="?", choices=["check", "update"], default="check")
    if parser.parse_args(list(arguments)).act == "update":
        for path in catalogues(SOURCE):
            came, went = update(path, said(SOURCE))
            print(f"{path.parts[-3]}: {came} new, {went} gone")
        return 0
    report = check(SOURCE)
    print("\n".join(report.faults))
    languages = len(catalogues(SOURCE))
    print(
        f"{report.sentences} sentences in {languages} languages besides English,"
        f" {report.templates} templates: {len(report.faults)} faults"
    )
    return 1 if report.faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
