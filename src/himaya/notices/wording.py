"""What a message may say. It names no office and no matter: somebody else may be reading."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from himaya.notices.errors import NoSuchWording
from himaya.notices.to_reporters import BEGIN_HERE, IT_ARRIVED, THANK_YOU


@dataclass(frozen=True, slots=True)
class Wording:
    """A subject and a text, for people who may be watched.

    matters: whether a desk must hear of it when it could not be sent.
    """

    subject: str | Promise
    text: str | Promise
    matters: bool = True

    def in_language(self, code: str, names: Mapping[str, str] | None = None) -> tuple[str, str]:
        """Subject and text in a language; in English where there is no translation.

        names: what the text leaves open.
        """
        with translation.override(code):
            text = str(self.text)
            return str(self.subject), text % names if names else text


WORDINGS: dict[str, Wording] = {
    "call_when_free": Wording(
        _("A short question"), _("Please call when it suits you. There is no hurry.")
    ),
    "see_you_as_agreed": Wording(_("As agreed"), _("It stays as we said. See you then.")),
    "arrived": Wording(IT_ARRIVED, BEGIN_HERE, matters=False),
    "received": Wording(IT_ARRIVED, THANK_YOU, matters=False),
    "look_at_your_list": Wording(
        _("Your list"), _("Something new is on your list. Please look when you can.")
    ),
    "look_now": Wording(_("Your list"), _("Something on your list cannot wait. Please look now.")),
}


def wording(code: str) -> Wording:
    """The wording of that code. Raises NoSuchWording: nobody writes their own words here."""
    if code not in WORDINGS:
        raise NoSuchWording(code=code)
    return WORDINGS[code]
