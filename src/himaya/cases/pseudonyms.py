"""What officers call a person: a short made-up word that tells nothing and is easy to say."""

from secrets import choice

# No letter or digit that is mistaken for another when read aloud or written by hand.
LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"
DIGITS = "23456789"


def pseudonym() -> str:
    """Two letters and four digits, such as `KD-4827`: 2 million of them, drawn at random.

    Whoever keeps it draws again when it is taken, as one in a hundred is among 20,000 cases.
    """
    letters = "".join(choice(LETTERS) for _ in range(2))
    return f"{letters}-{''.join(choice(DIGITS) for _ in range(4))}"
