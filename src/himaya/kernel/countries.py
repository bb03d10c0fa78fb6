"""Countries and languages: their codes and their names, as the Unicode CLDR has them."""

import re
from functools import cache
from operator import itemgetter

from babel.core import Locale, get_global
from django.conf import settings
from django.utils.translation import get_language, to_locale

# Kosovo has no code in ISO 3166-1; this pair is the one that UNODC and others use.
USER_ASSIGNED = {"XK": "XKX"}
# Codes of countries that are no more, and of none, which the CLDR still translates.
WITHDRAWN = frozenset({"AAA", "BUR", "DDR", "FXX", "QUU", "TMP", "YMD", "ZAR", "ZZZ"})
ALPHA_2, ALPHA_3 = 2, 3
LANGUAGE = re.compile(r"[a-z]{2,3}\Z")


@cache
def alpha_3_of() -> dict[str, str]:
    """ISO 3166-1 alpha-2 → alpha-3. `NA` is Namibia, never a missing value."""
    known = Locale("en").territories
    codes = {}
    for overlong, short in get_global("territory_aliases").items():
        is_code = len(overlong) == ALPHA_3 and overlong.isalpha() and overlong not in WITHDRAWN
        if is_code and len(short) == 1 and short[0] in known:
            codes[short[0]] = overlong
    return codes | USER_ASSIGNED


@cache
def alpha_2_of() -> dict[str, str]:
    """ISO 3166-1 alpha-3 → alpha-2."""
    return {long: short for short, long in alpha_3_of().items()}


def country_name(code: str) -> str:
    """A country in the reader's language, by its alpha-3 code; the code where CLDR has no name."""
    return str(_reader().territories.get(alpha_2_of().get(code, ""), code))


def countries_by_name() -> list[tuple[str, str]]:
    """Every country in the reader's language, as a form offers them: alpha-3, name."""
    return sorted(((code, country_name(code)) for code in alpha_2_of()), key=itemgetter(1))


def language_in_words(code: str) -> str:
    """A language in the reader's language; the code where CLDR has no name."""
    return str(_reader().languages.get(code, code))


def languages_by_name() -> list[tuple[str, str]]:
    """Every language that the CLDR names by two or three letters, as a form offers them."""
    named = _reader().languages.items()
    return sorted(((code, name) for code, name in named if LANGUAGE.match(code)), key=itemgetter(1))


def _reader() -> Locale:
    return Locale.parse(to_locale(get_language() or settings.LANGUAGE_CODE))
