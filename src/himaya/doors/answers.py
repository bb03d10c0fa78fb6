"""Answers that contradict one another, made into what the person most likely means."""

from collections.abc import Iterable


def coherent(involved: str, agencies: Iterable[str]) -> tuple[str, tuple[str, ...]]:
    """The answer about officials with the offices that were named, as a report may hold them.

    Whoever names an office means it, whatever the question above says; who says that one is part
    of it and names none wants no office of the state to read first.
    """
    named = tuple(sorted(set(agencies)))
    if named and involved in {"", "nobody"}:
        return "agency", named
    if not named and involved == "agency":
        return "any_official", named
    return involved, named
