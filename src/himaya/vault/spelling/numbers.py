"""Numbers of documents with one sign too few, too many or wrong, or two that changed places.

Two numbers of which each becomes the other by one such slip have a shortened form in common, so
that nobody has to try every number that may have been meant.
"""

SHORTEST = 5  # of shorter numbers, too many are like each other


def one_off(number: str) -> list[str]:
    """The number as it is, and with each of its signs left out."""
    if len(number) < SHORTEST:
        return []
    shorter = (number[:place] + number[place + 1 :] for place in range(len(number)))
    return list(dict.fromkeys([number, *shorter]))


def swapped(number: str) -> list[str]:
    """The number with each two neighbours exchanged."""
    if len(number) < SHORTEST:
        return []
    each = (
        number[:place] + number[place + 1] + number[place] + number[place + 2 :]
        for place in range(len(number) - 1)
    )
    return [other for other in dict.fromkeys(each) if other != number]
