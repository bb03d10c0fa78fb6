"""A word of a name as its sound: the consonants that every way of writing it keeps.

Vowels are written in one script and not in another; p and b, t and d, k and g, s and z are one
letter in some. A letter that is said in two ways gives two sounds.
"""

import re
from collections.abc import Mapping
from itertools import product

EITHER: Mapping[str, str] = {"1": "ts", "2": "sk"}  # what a letter may be said as
MOST = 4  # sounds of one word
PARTS = re.compile(
    r"chr|sch|tch|sh|ch|zh|jh|dj|dz|ts|tz|kh|gh|th|dh|bh|ph|rh|ng(?:k|h)?|ck|qu?|c(?=[eiy])|."
)
SAID = {
    **dict.fromkeys(("p", "b", "bh"), "b"),
    **dict.fromkeys(("f", "ph"), "f"),
    **dict.fromkeys(("t", "d"), "t"),
    **dict.fromkeys(("th", "dh"), "1"),
    **dict.fromkeys(("k", "g", "kh", "gh", "q", "qu", "c", "ck"), "k"),
    **dict.fromkeys(("s", "z", "sh", "ch", "sch", "tch", "zh", "j", "jh"), "s"),
    **dict.fromkeys(("dj", "dz", "ts", "tz"), "s"),
    **dict.fromkeys(("n", "ng", "ngh", "ngk"), "n"),
    **dict.fromkeys(("r", "rh"), "r"),
    "chr": "kr",
    "x": "ks",
    "l": "l",
    "m": "m",
    "G": "2",
}
VOWELS = "aeiou"
AT_THE_START = "hwy"  # heard there, and elsewhere lost in vowels
PAUSE = "-"


def sounds(word: str) -> list[str]:
    """The sounds of a word in Latin letters, as `scripts.latin` writes it: one, or a few.

    Short: consonants only, and an `a` for whatever vowel the word begins with.
    """
    said = _said(word)
    choices = [EITHER.get(letter, letter) for letter in said]
    found = dict.fromkeys("".join(each) for each in product(*choices))
    return list(found)[:MOST]


def _said(word: str) -> str:
    parts = PARTS.findall(word)
    letters = "".join(SAID.get(part, PAUSE) for part in parts)
    first = word[:1].replace("v", "w")
    begins = "a" if first in VOWELS else first if first in AT_THE_START else ""
    return begins + re.sub(r"([a-z0-9])\1+", r"\1", letters).replace(PAUSE, "")
