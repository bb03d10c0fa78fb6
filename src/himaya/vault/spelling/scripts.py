"""Letters of any script as the Latin letters of their sound, near enough to compare names.

Short vowels are not written in Arabic and follow from the letter in Indic and Ethiopic scripts, so
only what `sounds` keeps has to be right: consonants, and whether a word begins with a vowel.
"""

import re
import unicodedata
from functools import cache

ARABIC = {
    **dict.fromkeys("اأإآٱءئىؤع", "a"),
    **dict.fromkeys("بپ", "b"),
    **dict.fromkeys("تةطٹ", "t"),
    **dict.fromkeys("دڈ", "d"),
    **dict.fromkeys("ثذضظ", "th"),
    **dict.fromkeys("سصش", "s"),
    **dict.fromkeys("زژ", "z"),
    **dict.fromkeys("حهہھ", "h"),
    **dict.fromkeys("كکقخ", "k"),
    **dict.fromkeys("غگ", "g"),
    **dict.fromkeys("يیےۓ", "y"),
    **dict.fromkeys("نںڻ", "n"),
    **dict.fromkeys("رڑ", "r"),
    "ج": "G",  # said as j or as g
    "چ": "ch",
    "ف": "f",
    "ڤ": "v",
    "و": "w",
    "ل": "l",
    "م": "m",
}
# The letter t at the end of a word is only said before God's name, and else is a vowel.
TIED = re.compile(r"ة(?!\s+الل)")
# The Unicode standard names letters of these scripts after their sound.
INDIC = re.compile(r"LETTER (?:CHILLU |VOCALIC |KHANDA )?([A-Z]+)$")
SINHALA = re.compile(r"([A-Z]+)YANNA$")
ETHIOPIC = re.compile(r"SYLLABLE (?:PHARYNGEAL |GLOTTAL )?([A-Z]+)$")
NASAL = ("ANUSVARA", "ANUSVARAYA", "CANDRABINDU", "BINDI", "TIPPI", "NAASIKYAYA")
NO_VOWEL = ("VIRAMA", "LAKUNA", "CHANDRAKKALA")
LETTER_R = "VOCALIC R"
SILENT = "\b"  # takes the vowel away that a letter has of its own
# Where names are written with another letter than the standard's.
SAID = {
    "CA": "cha",
    "CHA": "cha",
    "SSA": "sa",
    "SHA": "sa",
    "SZA": "sa",
    "TSA": "sa",
    "TZA": "sa",
    "THA": "ta",
    "TTHA": "ta",
    "DHA": "da",
    "DDHA": "da",
}
SAID_IN_ETHIOPIC = {**SAID, "XA": "ha", "PHA": "pa", "KXA": "ka"}
BENGALI_J = "য"
WITHIN_WORDS = "’‘ʼʻʾʿ`´'ـ"


def latin(text: str) -> str:
    """The text in small Latin letters, with everything that is no letter or digit as a space."""
    text = TIED.sub("a", unicodedata.normalize("NFKC", text).casefold())
    written = "".join(map(_said, text))
    return written.replace(f"a{SILENT}", "").replace(SILENT, "")


@cache
def _said(letter: str) -> str:
    if letter in WITHIN_WORDS:
        return ""
    if letter.isdecimal():
        return str(unicodedata.decimal(letter))
    if letter in ARABIC:
        return ARABIC[letter]
    name = unicodedata.name(letter, "")
    if unicodedata.category(letter) in ("Mn", "Mc", "Cf"):
        return _mark(name)
    return _without_accent(letter) or _by_name(letter, name) if letter.isalpha() else " "


def _mark(name: str) -> str:
    """What a sign at a letter changes of its sound: few do more than its vowel."""
    if name.endswith(NO_VOWEL):
        return SILENT
    if name.endswith(NASAL):
        return "n"
    return "r" if name.endswith(LETTER_R) else ""


def _without_accent(letter: str) -> str:
    """A Latin letter without its accent; empty for one of another script."""
    base = unicodedata.normalize("NFKD", letter)[0]
    return base if base.isascii() else {"ø": "o", "ł": "l", "đ": "d"}.get(letter, "")


def _by_name(letter: str, name: str) -> str:
    if letter == BENGALI_J:
        return "ja"
    if name.endswith(NASAL):
        return "na"
    if found := SINHALA.search(name) if name.startswith("SINHALA") else INDIC.search(name):
        return _written(found[1], SAID)
    if found := ETHIOPIC.search(name):
        return _written(found[1], SAID_IN_ETHIOPIC)
    return ""


def _written(sound: str, said: dict[str, str]) -> str:
    """A sound that the standard writes, as names do. Which vowel follows does not matter here."""
    consonant = sound.rstrip("AEIOU")
    if not consonant:
        return "a"
    if consonant == sound:
        return sound.lower()
    return said.get(f"{consonant}A", f"{consonant.lower()}a")
