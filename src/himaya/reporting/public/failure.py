"""What is said when something was not stored. Never a false thank-you."""

from django.utils.translation import gettext_lazy as _

NOT_STORED = _(
    "This was not stored. Nobody has received it. "
    "Please call the number below, or press the button again in a few minutes."
)
NOT_NOW = _(
    "This does not work now. Nothing was lost. "
    "Please try again in a few minutes, or call the number below."
)
TOO_OLD = _("This page was open for too long, so nothing was sent. Go through the steps once more.")
UNREAD = _(
    "This was far too large, so we did not read it. Nothing was sent. "
    "Go back in your browser: your words may still be there. Send them without the file."
)
