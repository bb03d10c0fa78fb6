"""Why there is no picture of a file, in a sentence."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from himaya.viewing.copies import Why

WORDS: Mapping[Why, str | Promise] = {
    Why.NO_KIND: _(
        "Only pictures and PDF papers are drawn. This file can only be taken as it came."
    ),
    Why.SOUND: _("This is a recording. It can only be taken as it came."),
    Why.NO_BOX: _(
        "This server has no box to draw files in, so nothing is shown. Tell the system operator."
    ),
    Why.BUSY: _("Other files are being drawn at this moment. Try again in half a minute."),
    Why.TOO_LARGE: _("The picture is too large to be drawn. It can only be taken as it came."),
    Why.UNREADABLE: _("This file could not be drawn. It may be damaged, or made to do harm."),
}
