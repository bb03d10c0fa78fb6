"""What an operator says to a caller: sentences in the caller's language, beside the officer's.

The questions are those of the reporters' site, in the words that callers may know from there. Every
sentence here is to be spoken, so it stands in all languages of the reporters' site.
"""

import re
from dataclasses import dataclass

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import get_language_info, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from himaya.kernel.tongues import CLOSED, NAMED, OPENED
from himaya.packs.languages import spoken as spoken_here
from himaya.packs.schema import Pack

MARKED = re.compile(f"{OPENED}([a-z]+){NAMED}")
Words = str | Promise

YES, NO, UNKNOWN = ("yes", _("Yes")), ("no", _("No")), ("unknown", _("I do not know"))
SAFE = (YES, NO, UNKNOWN)
SPEAKS = (YES, ("little", pgettext_lazy("spoken", "Only yes or no")), NO)
HEARD = (NO, YES, UNKNOWN)

ARE_YOU_SAFE = pgettext_lazy("spoken", "Are you safe where you are now?")
CAN_YOU_SPEAK = pgettext_lazy("spoken", "Can you speak now?")
CAN_SOMEBODY_HEAR = pgettext_lazy("spoken", "Can somebody hear you?")
WHERE_ARE_YOU = pgettext_lazy("spoken", "Where are you now? A street, a building, what you see.")

IF_SOMEBODY_COMES = pgettext_lazy(
    "spoken", "If somebody comes, say “wrong number” and hang up. Call again when you can."
)
YES_OR_NO = pgettext_lazy("spoken", "If you cannot speak freely, answer only yes or no.")
NOTHING_MUST = _("You need not answer any question. You need not give your name.")
LOCKED = pgettext_lazy(
    "spoken",
    "I write down what you tell me. Then it is locked. Only the team that answers can read it, "
    "and I cannot.",
)
NO_CALL = pgettext_lazy("safety", "We will not call or write to you unless you told us a safe way.")
HAND_OVER = pgettext_lazy(
    "spoken", "Please wait. A colleague goes on with you and knows already what you told me."
)
HAVE_A_PEN = pgettext_lazy(
    "spoken",
    "I give you a number of 20 digits. Write it down now, on paper. It is lost otherwise.",
)
COME_BACK = _(
    "Come back with this number to see if there is a reply, and to add more. Nobody can see your "
    "report with it."
)


@dataclass(frozen=True, slots=True)
class Spoken:
    """A sentence to say. lacking: it stands in, because the caller's language lacks it."""

    text: str
    language: str
    direction: str
    lacking: bool = False


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language in which a caller can be spoken to, as its speakers call it."""

    code: str
    name: str
    direction: str


def say(words: Words, language: str) -> Spoken:
    """A sentence in a language; in English where that language lacks it."""
    with translation.override(language):
        return said(str(words), language)


def said(text: str, language: str) -> Spoken:
    """Words as they were chosen for a language: marked where another one stands in."""
    found = MARKED.match(text)
    if found is None:
        return Spoken(text, language, direction_of(language))
    code = found.group(1)
    plain = MARKED.sub("", text).replace(CLOSED, "")
    return Spoken(plain, code, direction_of(code), lacking=code != language)


def tongues(pack: Pack) -> list[Tongue]:
    """The languages of the reporters' site, in the country's own order."""
    named = {language.code: language.own_name for language in pack.languages}
    return [
        Tongue(code, named.get(code) or get_language_info(code)["name_local"], direction_of(code))
        for code in spoken_here(pack)
    ]


def direction_of(code: str) -> str:
    """How a language is written."""
    return "rtl" if get_language_info(code)["bidi"] else "ltr"
