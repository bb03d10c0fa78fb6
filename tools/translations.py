"""Every sentence of the pages, in every language of the site that says it.

    python tools/translations.py [check]   fails unless each sentence is translated whole and right
    python tools/translations.py update    writes sentences that are new into the catalogues, and
                                           takes those away that no page says any more
    python tools/translations.py lengths   how long the sentences of the reporters' site are
    python tools/translations.py sign LANGUAGE --by NAME
                                           writes down that a native speaker read all and agrees

A catalogue is src/himaya/locale/<language>/LC_MESSAGES/django.po. Those of the officers' languages
hold every sentence, the others what the reporters' site says.
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
from babel.messages.pofile import write_po
from django.utils.translation.template import templatize
from public_sentences import is_public, public_part
from sentence_lengths import lengths
from visible_words import untranslated

from himaya.config.languages import OFFICERS, PLURALS
from himaya.installation.catalogues import NEEDS_REVIEW, forms_of, read, sign, standing
from himaya.installation.catalogues import catalogues as catalogues_under

SOURCE = Path(__file__).resolve().parents[1] / "src" / "himaya"
HEAD = """# Himaya: what {who} say, in {name}.
# Checked by tools/translations.py. AGPL-3.0-or-later, like the rest.
msgid ""
msgstr ""
"Language: {code}\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plurals}\\n"
"X-Review: {review}\\n"

"""
KEYWORDS = {
    **dict.fromkeys(("gettext", "gettext_lazy", "_")),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}
COMPLETE = frozenset(code for code, _name in OFFICERS)
WHO_ELSE = "the reporters' site and papers for reporters"
HOLES = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}|</?\w+>")

Words = tuple[str, ...]  # one sentence, or its singular and plural
Key = tuple[str | None, str]  # context and sentence: what a catalogue finds a message by


@dataclass
class Report:
    """What is wrong, one line each, and how much was looked at."""

    faults: list[str] = field(default_factory=list)
    sentences: int = 0
    templates: int = 0


def said(source: Path, *, publicly: bool = False) -> dict[Key, Words]:
    """Every sentence that templates and Python files may show; publicly: to reporters."""
    found: dict[Key, Words] = {}
    for code in _texts(source, publicly=publicly):
        for _line, words, _comments, context in extract(
            "python", BytesIO(code.encode()), keywords=KEYWORDS, options={"encoding": "utf-8"}
        ):
            sentence = (words,) if isinstance(words, str) else tuple(words)
            key = (context, sentence[0])
            found[key] = max(found.get(key, ()), sentence, key=len)
    return found


def wanted_in(path: Path, source: Path) -> dict[Key, Words]:
    """The sentences that a catalogue must hold."""
    return said(source, publicly=path.parts[-3] not in COMPLETE)


def templates(source: Path) -> list[Path]:
    """Every template of every concept."""
    return sorted(
        path for path in source.glob("**/templates/**/*") if path.suffix in {".html", ".txt"}
    )


def _texts(source: Path, *, publicly: bool) -> Iterator[str]:
    for path in sorted(source.rglob("*.py")):
        if "migrations" not in path.parts:
            text = path.read_text(encoding="utf-8")
            yield public_part(path.relative_to(source), text) if publicly else text
    for path in templates(source):
        if publicly and not is_public(path.relative_to(source)):
            continue
        code = templatize(path.read_text(encoding="utf-8"), origin=str(path))
        # What is not a sentence comes back as filler, indented in no way that Python reads.
        yield "\n".join(line.strip() for line in code.splitlines())


def catalogues(source: Path) -> list[Path]:
    """The catalogue of each language."""
    return catalogues_under(source / "locale")


def check(source: Path) -> Report:
    """Look at every sentence in every language, and for words that no translator is asked for."""
    report = Report()
    report.sentences = len(said(source))
    for path in catalogues(source):
        report.faults += faults_of(read(path), wanted_in(path, source))
        report.faults += faults_of_head(path)
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


def faults_of_head(path: Path) -> list[str]:
    """A head that says something else of the review than the signatures, or counts otherwise."""
    code, head = path.parts[-3], path.read_text(encoding="utf-8").partition("\n\n")[0]
    faults = []
    if f"X-Review: {standing(path).review}" not in head:
        faults.append(f"{code}: the head does not say: {standing(path).review}")
    if PLURALS[code] not in head:
        faults.append(f"{code}: the head counts otherwise than: {PLURALS[code]}")
    return faults


def _first(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _fault(message: Message, words: Words, plurals: int) -> str:
    forms = forms_of(message)
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
    # Otherwise it would count as Babel's own table does, which knows fewer languages.
    new.mime_headers = [("Plural-Forms", PLURALS[path.parts[-3]])]
    came = 0
    for (context, first), words in wanted.items():
        before = old.get(first, context)
        came += before is None
        string = before.string if before is not None else ""
        flags = before.flags & {"fuzzy"} if before is not None else ()
        new.add(words if len(words) > 1 else words[0], string, context=context, flags=flags)
    went = len(old) - (len(wanted) - came)
    path.write_bytes(_head(new) + _body(new))
    say_review(path)
    return came, went


def say_review(path: Path) -> None:
    """Let the head of a catalogue say how far native speakers have signed it."""
    text = path.read_text(encoding="utf-8")
    said_now = f"X-Review: {standing(path).review}"
    path.write_text(re.sub(r"X-Review: [^\\]*", said_now, text, count=1), encoding="utf-8")


def _head(catalogue: Catalog) -> bytes:
    code, locale = str(catalogue.locale_identifier), catalogue.locale
    return HEAD.format(
        who="the officers' site and the reporters' site" if code in COMPLETE else WHO_ELSE,
        name=locale.get_display_name("en") if locale else code,
        code=code,
        plurals=PLURALS[code],
        review=NEEDS_REVIEW,
    ).encode()


def _body(catalogue: Catalog) -> bytes:
    file = BytesIO()
    write_po(file, catalogue, width=100, no_location=True, omit_header=True, sort_output=True)
    return file.getvalue()


def main(arguments: Iterable[str]) -> int:
    """The command line."""
    parser = ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    acts = ["check", "update", "lengths", "sign"]
    parser.add_argument("act", nargs="?", choices=acts, default="check")
    parser.add_argument("language", nargs="?", help="for sign: which language was read")
    parser.add_argument("--by", help="for sign: who read it")
    options = parser.parse_args(list(arguments))
    match options.act:
        case "update":
            for path in catalogues(SOURCE):
                came, went = update(path, wanted_in(path, SOURCE))
                print(f"{path.parts[-3]}: {came} new, {went} gone")
        case "lengths":
            print("\n".join(lengths(said(SOURCE, publicly=True), catalogues(SOURCE))))
        case "sign":
            path = SOURCE / "locale" / options.language / "LC_MESSAGES" / "django.po"
            print(f"{sign(path, options.by)} sentences signed: {standing(path).review}")
            say_review(path)
        case _:
            return _checked()
    return 0


def _checked() -> int:
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
