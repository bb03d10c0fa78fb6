"""A whole name as the few sounds by which it is found again, however it was written.

Particles and titles are left out, and what some write as one word and others as two is put
together: Abd al-Rahman and Abdulrahman, Salah ad-Din and Salahuddin. Source of the customs: how
names stand in passports of the countries whose languages the system speaks.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations, islice, pairwise, product

from himaya.vault.spelling.scripts import latin
from himaya.vault.spelling.sounds import AT_THE_START, sounds

MOST_WORDS = 6  # of a name; what comes after is not compared
MOST_WAYS = 4  # of one name or pair to sound, when letters are said in two ways
SHORTEST = 3  # letters of a sound: of what is shorter, half the country has the same
SHORTEST_PAIR = 4
PAIR = 2  # words

PARTICLES = """al el ul ur ad as ash az an ar at ed es ez ibn abn bin bn ben bint bnt binti walad
wld ould de da do dos del dela di la las los so wo"""
TITLES = """mr mrs ms miss dr eng haj hajj haji hajji alhaj sayyid syed sayed syd shaikh sheikh
shaykh mst mosammat mosamat musammat smt shri sri shree sree ato wro weizero jr sr ii iii"""
LEFT_OUT = frozenset((PARTICLES + " " + TITLES).split())
SHORT_FOR = {
    **dict.fromkeys(("md", "mohd", "muhd", "mhd", "mohmd"), "mohammed"),
    "ma": "maria",
}
ARTICLE = re.compile(r"(?<!\w)ال(?=[\u0621-\u06d3]{3})")  # as Arabic writes it, on the word
SERVANT = re.compile(r"abd[aeou]*[lrsnztd]?h?")  # Abd al-, and its forms before other letters
SERVANT_WITHIN = re.compile(r"^abd[aeou]*l(?=..)")
OF_FAITH = {"din", "deen", "dine", "dyn", "udin", "uddin", "uddeen", "eddin", "eddine"}
OF_GOD = {"allah", "alla", "allh", "elah", "ullah", "ulla", "ollah", "olla"}
# Mujibur Rahman is also Mujib ur-Rahman, and Aminul Islam Amin-ul Islam: (end, what comes after).
LINKED = (
    ("r", frozenset({"rmn", "rsk", "rsl", "rm"})),
    ("l", frozenset({"aslm", "hk", "ht", "hsn", "krm", "kbr", "hkm", "alm", "bsr"})),
)
OF_ONE_WORD = re.compile(r"^(?:dela|delos)(?=.{4})")  # Dela Cruz, as one word
MOHAMMED_IN_BENGALI = re.compile(r"মো[ঃ:.]")


@dataclass(frozen=True, slots=True)
class Sound:
    """One sound of a name. words: of how many words of the name; whole: of all of them."""

    form: str
    words: int
    whole: bool


def sounds_of(name: str) -> list[Sound]:
    """Every sound of a name: of the whole of it in any order and run together, and of its pairs."""
    heard = [sounds(word) for word in _words(name)]
    heard = _unlinked([ways for ways in heard if ways[0]][:MOST_WORDS])
    number = len(heard)
    found = [Sound(form, number, whole=True) for form in _whole(heard)]
    if number > PAIR:  # of two words the only pair is the whole
        pairs = (form for two in combinations(heard, PAIR) for form in _sorted(two))
        found += [Sound(pair, PAIR, whole=False) for pair in pairs if len(pair) > SHORTEST_PAIR]
    return list(dict.fromkeys(found))


def _whole(heard: Sequence[Sequence[str]]) -> list[str]:
    forms = [*_sorted(heard), *_run_together(heard)]
    return [form for form in dict.fromkeys(forms) if len(form.replace(" ", "")) >= SHORTEST]


def _sorted(heard: Iterable[Sequence[str]]) -> list[str]:
    """The words in the order of their letters: families come first in some countries."""
    return [" ".join(sorted(ways)) for ways in islice(product(*heard), MOST_WAYS)]


def _run_together(heard: Sequence[Sequence[str]]) -> list[str]:
    """The words as one, because Haile Mariam is also Hailemariam."""
    if not heard:
        return []
    first, *others = heard
    inside = [[_inside(way) for way in ways] for ways in others]
    return ["".join(ways) for ways in islice(product(first, *inside), MOST_WAYS)]


def _inside(sound: str) -> str:
    """A sound within a word, where what is only heard at the start is lost."""
    return sound[1:] if sound[:1] in f"a{AT_THE_START}" else sound


def _words(name: str) -> list[str]:
    text = MOHAMMED_IN_BENGALI.sub("mohammed ", unicodedata.normalize("NFKC", name))
    written = latin(ARTICLE.sub("", text)).split()
    kept = [
        OF_ONE_WORD.sub("", SHORT_FOR.get(word, word))
        for word in written
        if word not in LEFT_OUT and len(word) > 1
    ]
    return _joined(kept) or written


def _joined(words: Sequence[str]) -> list[str]:
    """The words, with what belongs to the word before it put there."""
    found: list[str] = []
    servant = ""
    for place, word in enumerate(words, start=1):
        if servant:
            found.append(servant + word)
            servant = ""
        elif SERVANT.fullmatch(word) and place < len(words):
            servant = "abd"
        elif found and word in OF_FAITH:
            found[-1] += "din"
        elif found and word in OF_GOD:
            found[-1] += "ala"
        else:
            found.append(SERVANT_WITHIN.sub("abd", word))
    return found


def _unlinked(heard: Sequence[list[str]]) -> list[list[str]]:
    """The sounds without the article that some write at the end of the word before."""
    return [
        [_without_link(way, after[0]) for way in ways] for ways, after in pairwise([*heard, [""]])
    ]


def _without_link(sound: str, after: str) -> str:
    for end, followers in LINKED:
        if sound.endswith(end) and after in followers and len(sound) >= SHORTEST:
            return sound[:-1]
    return sound
