"""Words as they were typed, as far as they can be kept."""

NUL = "\x00"


def kept(typed: str) -> str:
    """The text with line ends of one kind and without NUL, which no page can show again.

    Nothing else is changed: not the marks that order mixed directions, not rare letters.
    """
    return typed.replace(NUL, "").replace("\r\n", "\n").replace("\r", "\n")
