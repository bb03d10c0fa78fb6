"""How much of a case is not finished, in words: one sentence for each kind of thing."""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def _referrals(number: int) -> str:
    words = ngettext("%(n)d referral is still live.", "%(n)d referrals are still live.", number)
    return words % {"n": number}


def _shares(number: int) -> str:
    words = ngettext("%(n)d consent still holds.", "%(n)d consents still hold.", number)
    return words % {"n": number}


def _places(number: int) -> str:
    if number:
        return _("The person awaits or holds a place in a shelter.")
    return _("The person holds no place in a shelter.")


def _deadlines(number: int) -> str:
    words = ngettext(
        "%(n)d deadline of your desk is still running.",
        "%(n)d deadlines of your desk are still running.",
        number,
    )
    return words % {"n": number}


def _tasks(number: int) -> str:
    words = ngettext("%(n)d task is still to do.", "%(n)d tasks are still to do.", number)
    return words % {"n": number}


WORDS: Mapping[str, Callable[[int], str]] = {
    "referrals": _referrals,
    "shares": _shares,
    "places": _places,
    "deadlines": _deadlines,
    "tasks": _tasks,
}


def amounts(live: Mapping[str, object]) -> list[str]:
    """A sentence for each kind of thing of which there is something. live: kind → how many."""
    found = ((words, live.get(kind)) for kind, words in WORDS.items())
    return [words(number) for words, number in found if isinstance(number, int) and number]
