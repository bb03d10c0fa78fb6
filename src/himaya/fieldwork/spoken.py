"""What is said to a person beside the questions, in their own language: on every card alike."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from himaya.hotline.script import NO, NOTHING_MUST, UNKNOWN, YES
from himaya.identification.models import Answer

STOP_ANY_TIME = pgettext_lazy(
    "spoken", "You can stop at any time. It has no bad consequence for you."
)
BEFORE = (NOTHING_MUST, STOP_ANY_TIME)
ANSWERS = {
    Answer.Value.YES: YES[1],
    Answer.Value.NO: NO[1],
    Answer.Value.NOT_KNOWN: UNKNOWN[1],
    Answer.Value.WOULD_NOT_SAY: _("I do not want to say"),
}
