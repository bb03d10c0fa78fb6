"""Word shares of a secret: SLIP-39, by the reference library. What is said when one is misread."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from shamir_mnemonic import MnemonicError, Share, combine_mnemonics, generate_mnemonics
from shamir_mnemonic.constants import CUSTOMIZATION_STRING_EXTENDABLE
from shamir_mnemonic.rs1024 import verify_checksum
from shamir_mnemonic.wordlist import WORDLIST, mnemonic_to_indices

WORDS = 33  # of one share of 32 bytes
FEWEST, MOST = 2, 7  # keepers
UNIQUE_LETTERS = 4  # the list is made so that four letters name a word
IN_FULL: dict[str, str] = {word[:UNIQUE_LETTERS]: word for word in WORDLIST}


class ShareFault(Exception):
    """The shares open nothing. The message is one sentence for the people who hold them."""


@dataclass(frozen=True, slots=True)
class Paper:
    """One share as its keeper gave it. name: which one, for the sentence about it."""

    name: str
    text: str

    def words(self) -> list[str]:
        """The words, without lines that begin with # and without numbers before words."""
        lines = [line for line in self.text.splitlines() if not line.lstrip().startswith("#")]
        written = " ".join(lines).lower().split()
        return [word for word in written if not word.rstrip(".):").isdecimal()]

    def mnemonic(self) -> str:
        """The share, every word in full. Raises ShareFault, naming where it can the word."""
        share: str = _read(self).mnemonic()
        return share


def split(secret: bytes, *, needed: int, keepers: int) -> list[str]:
    """One share for each keeper; any `needed` of them together give the secret back.

    Raises ShareFault unless 2 ≤ needed ≤ keepers ≤ 7.
    """
    if not FEWEST <= needed <= keepers <= MOST:
        raise ShareFault(
            f"{needed} of {keepers} cannot be: there must be {FEWEST} to {MOST} keepers, and at "
            f"least {FEWEST} and at most all of them must be needed."
        )
    # No passphrase is used, so that its stretching would only cost time.
    group: list[str]
    (group,) = generate_mnemonics(1, [(needed, keepers)], secret, iteration_exponent=0)
    return group


def combine(papers: Sequence[Paper]) -> bytes:
    """The secret. Raises ShareFault, naming the paper and where it can the word."""
    if not papers:
        raise ShareFault("No share was given.")
    shares = [(paper, _read(paper)) for paper in papers]
    needed = _check_together(shares)
    secret: bytes
    try:
        secret = combine_mnemonics([share.mnemonic() for _paper, share in shares[:needed]])
    except MnemonicError as wrong:
        names = ", ".join(paper.name for paper in papers)
        raise ShareFault(f"The shares of {names} do not belong together.") from wrong
    return secret


def _read(paper: Paper) -> Share:
    words = [_in_full(paper, place, word) for place, word in enumerate(paper.words(), start=1)]
    if len(words) != WORDS:
        raise ShareFault(f"{paper.name} has {len(words)} words; a share has {WORDS}.")
    share = _share(words)
    if share is None:
        raise ShareFault(_about_wrong_word(paper, words))
    return share


def _in_full(paper: Paper, place: int, word: str) -> str:
    full = IN_FULL.get(word[:UNIQUE_LETTERS], "")
    if full.startswith(word):
        return full
    (near,) = get_close_matches(word, WORDLIST, n=1, cutoff=0)
    raise ShareFault(
        f"Word {place} of {paper.name}, “{word}”, is not one of the words that shares are made "
        f"of. The nearest one is “{near}”: look at the paper."
    )


def _share(words: Sequence[str]) -> Share | None:
    try:
        return Share.from_mnemonic(" ".join(words))
    except MnemonicError:
        return None


def _about_wrong_word(paper: Paper, words: list[str]) -> str:
    """The sentence about a share whose checksum fails. It says where, never what it should be."""
    place = next((n for n in range(WORDS) if _mends(words, n)), None)
    if place is None:
        return f"{paper.name} was misread: at least two of its words are other words on the paper."
    return f"Word {place + 1} of {paper.name}, “{words[place]}”, is another word on the paper."


def _mends(words: list[str], place: int) -> bool:
    """True when one other word in this place would make the checksum right."""
    numbers = list(mnemonic_to_indices(" ".join(words)))
    for other in range(len(WORDLIST)):
        numbers[place] = other
        if verify_checksum(numbers, CUSTOMIZATION_STRING_EXTENDABLE):
            return True
    return False


def _check_together(shares: Sequence[tuple[Paper, Share]]) -> int:
    """How many of these shares are needed. Refuse strangers, twins and too few."""
    first_paper, first = shares[0]
    needed: int = first.member_threshold
    seen: dict[int, Paper] = {}
    for paper, share in shares:
        if share.group_parameters() != first.group_parameters():
            raise ShareFault(
                f"{first_paper.name} and {paper.name} are shares of two different ceremonies: one "
                f"begins with “{_beginning(first)}”, the other with “{_beginning(share)}”."
            )
        twin = seen.setdefault(share.index, paper)
        if twin is not paper:
            raise ShareFault(f"{twin.name} and {paper.name} are the same share.")
    if len(shares) < needed:
        given = "only one was" if len(shares) == 1 else f"only {len(shares)} were"
        raise ShareFault(f"{needed} shares are needed and {given} given.")
    return needed


def _beginning(share: Share) -> str:
    return " ".join(share.words()[:2])
