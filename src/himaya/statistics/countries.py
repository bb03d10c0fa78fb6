"""Countries: their codes and their names, as the Unicode CLDR has them."""

from functools import cache

from babel.core import Locale, get_global

# Kosovo has no code in ISO 3166-1; this pair is the one that UNODC and others use.
USER_ASSIGNED = {"XK": "XKX"}
# Codes of countries that are no more, and of none, which the CLDR still translates.
WITHDRAWN = frozenset({"AAA", "BUR", "DDR", "FXX", "QUU", "TMP", "YMD", "ZAR", "ZZZ"})
ALPHA_2, ALPHA_3 = 2, 3


@cache
def alpha_3_of() -> dict[str, str]:
    """ISO 3166-1 alpha-2 → alpha-3. `NA` is Namibia, never a missing value."""
    known = Locale("en").territories
    codes = dict(USER_ASSIGNED)
    for overlong, short in get_global("territory_aliases").items():
        is_code = len(overlong) == ALPHA_3 and overlong.isalpha() and overlong not in WITHDRAWN
        if is_code and len(short) == 1 and short[0] in known:
            codes[short[0]] = overlong
    return codes


@cache
def alpha_2_of() -> dict[str, str]:
    """ISO 3166-1 alpha-3 → alpha-2."""
    return {long: short for short, long in alpha_3_of().items()}
