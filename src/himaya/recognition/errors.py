"""Refusals about persons who may have been seen before."""

from django.utils.translation import gettext_lazy as _

from himaya.kernel.errors import Refusal


class AlreadyAnswered(Refusal):
    """Somebody has answered whether the two are one person."""

    code = "recognition.already_answered"
    message = _("A colleague has answered this already. Open the case again to see what they said.")


class AnswerIsTheirs(Refusal):
    """The other desk must say whether the two are one person: it knows its own file."""

    code = "recognition.answer_is_theirs"
    status = 403
    message = _("The other desk must answer this. Ask it, or say that it is somebody else.")


class NobodyToAsk(Refusal):
    """Both cases are of the actor's own desk."""

    code = "recognition.nobody_to_ask"
    message = _("Both cases are of your own desk. Compare them, and say whether it is one person.")


class StillJoined(Refusal):
    """The two persons are joined by what was answered."""

    code = "recognition.still_joined"
    message = _("The two are joined as one person. Undo that first.")
