"""Labels of countries and groups as governments wrote them, and the code each surely means.

UNODC publishes citizenship and country of repatriation as they were filled in: country names in
several languages, demonyms, headings of the form, and letters lost in a change of encoding.
"""

import re
import tomllib
import unicodedata
from collections import defaultdict
from functools import cache, lru_cache
from pathlib import Path

from babel.core import Locale

from himaya.kernel.countries import alpha_3_of

LANGUAGES = ("en", "es", "fr", "pt", "ar", "ru", "zh")
LOST = "�"  # what a letter became when its encoding was mistaken
OWN = Path(__file__).with_name("labels.toml")


@lru_cache(maxsize=4096)
def code_of(label: str) -> str:
    """ISO 3166-1 alpha-3, or the code of a group such as `nationals`; empty when not sure."""
    key = _plain(label)
    if LOST in label:
        return _sure({code for known, code in _known().items() if _fits(key, known)})
    return _known().get(key, "")


@cache
def _known() -> dict[str, str]:
    """Plain label → code, without the labels that could mean two things."""
    found: dict[str, set[str]] = defaultdict(set)
    for language in LANGUAGES:
        names = Locale(language).territories
        for alpha_2, alpha_3 in alpha_3_of().items():
            found[_plain(names.get(alpha_2, alpha_3))].add(alpha_3)
    sure = {label: _sure(codes) for label, codes in found.items()}
    own = tomllib.loads(OWN.read_text(encoding="utf-8"))
    ours = {_plain(label): code for code, labels in own.items() for label in labels}
    return {label: code for label, code in (sure | ours).items() if label and code}


def _sure(codes: set[str]) -> str:
    return codes.pop() if len(codes) == 1 else ""


def _plain(label: str) -> str:
    letters = unicodedata.normalize("NFKD", label.casefold())
    kept = (letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(re.sub(rf"[^\w{LOST}]+", " ", "".join(kept)).split())


def _fits(key: str, known: str) -> bool:
    """True when the label is the known one, each lost letter standing for one letter or sign."""
    pattern = ".?".join(map(re.escape, key.split(LOST)))
    return re.fullmatch(pattern, known) is not None
