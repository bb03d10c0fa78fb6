"""Words of any script in the one form that is hashed: marks off, small letters, digits of ours."""

import re
import unicodedata

# Arabic letters that are written one for another, and their Persian and Urdu forms.
LETTERS = str.maketrans(
    {
        "أ": "ا",
        "إ": "ا",
        "آ": "ا",
        "ٱ": "ا",
        "ى": "ي",
        "ی": "ي",
        "ئ": "ي",
        "ؤ": "و",
        "ة": "ه",
        "ہ": "ه",
        "ھ": "ه",
        "ک": "ك",
        "گ": "ك",
        "ـ": None,
        "ء": None,
    }
)
APART = re.compile(r"[\W_]+")  # whatever is neither a letter nor a digit


def plain(text: str) -> str:
    """Compatible forms made one, marks taken off, small letters, digits of ours."""
    if text.isascii():
        return text.casefold()
    taken_apart = unicodedata.normalize(
        "NFKD", unicodedata.normalize("NFKC", text).translate(LETTERS)
    )
    letters = [
        _digit(each) for each in taken_apart if not unicodedata.category(each).startswith("M")
    ]
    return unicodedata.normalize("NFKC", "".join(letters)).casefold().translate(LETTERS)


def words_of(text: str) -> list[str]:
    """The words of a text in that form, in their order."""
    return APART.sub(" ", plain(text)).split()


def _digit(letter: str) -> str:
    return str(unicodedata.decimal(letter)) if letter.isdecimal() else letter
