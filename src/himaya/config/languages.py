"""Languages of the two sites, and what the framework does not know of them."""

from typing import Final

from django.conf import locale
from django.utils.translation import gettext_lazy as _

OFFICERS: Final = [("en", _("English")), ("ar", _("Arabic"))]
# A catalogue lies in locale/ for each but English, in which the sentences are written.
REPORTERS: Final = [
    ("ar", "Arabic"),
    ("en", "English"),
    ("hi", "Hindi"),
    ("ur", "Urdu"),
    ("bn", "Bengali"),
    ("ne", "Nepali"),
    ("fil", "Filipino"),
    ("ml", "Malayalam"),
    ("ta", "Tamil"),
    ("si", "Sinhala"),
    ("am", "Amharic"),
    ("id", "Indonesian"),
]
CODES: Final = frozenset(code for code, _name in REPORTERS)
WRITTEN_IN: Final = "en"  # shown, with a mark, where a language lacks a sentence
# What browsers call them otherwise: older telephones keep codes that were given up long ago.
ALSO_CALLED: Final = {"tl": "fil", "in": "id"}
UNKNOWN_TO_FRAMEWORK: Final = {
    "am": ("Amharic", "አማርኛ"),
    "fil": ("Filipino", "Filipino"),
    "si": ("Sinhala", "සිංහල"),
}
# Which form of a sentence a number takes: CLDR 47, as gettext writes it. Arabic keeps the order
# of none, one, two, 3 to 10, 11 to 99, the rest.
PLURALS: Final = {
    "am": "nplurals=2; plural=(n > 1);",
    "ar": "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3"
    " : n%100>=11 && n%100<=99 ? 4 : 5);",
    "bn": "nplurals=2; plural=(n > 1);",
    "fil": "nplurals=2; plural=(n%10==4 || n%10==6 || n%10==9);",
    "hi": "nplurals=2; plural=(n > 1);",
    "id": "nplurals=1; plural=0;",
    "ml": "nplurals=2; plural=(n != 1);",
    "ne": "nplurals=2; plural=(n != 1);",
    "si": "nplurals=2; plural=(n > 1);",
    "ta": "nplurals=2; plural=(n != 1);",
    "ur": "nplurals=2; plural=(n != 1);",
}


def teach_the_framework() -> None:
    """Name the languages that it lacks: without an entry they cannot be switched on."""
    for code, (name, own_name) in UNKNOWN_TO_FRAMEWORK.items():
        known = {"bidi": False, "code": code, "name": name, "name_local": own_name}
        locale.LANG_INFO.setdefault(code, known)
