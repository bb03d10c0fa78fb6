"""Words that stand in for missing ones, in another language than the rest of the page.

They travel between three signs that no keyboard has, from wherever a sentence is chosen to the one
place that draws the page, which shows them as what they are.
"""

OPENED, NAMED, CLOSED = "\ue000", "\ue001", "\ue002"


def standing_in(words: str, language: str) -> str:
    """The words of another language, marked as such."""
    return f"{OPENED}{language}{NAMED}{words}{CLOSED}"
