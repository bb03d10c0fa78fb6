"""What is said when something was not stored. Never a false thank-you."""

from django.utils.translation import pgettext_lazy

NOT_STORED = pgettext_lazy(
    "safety",
    "This was not stored. Nobody has received it. "
    "Please call the number below, or press the button again in a few minutes.",
)
NOT_NOW = pgettext_lazy(
    "safety",
    "This does not work now. Nothing was lost. "
    "Please try again in a few minutes, or call the number below.",
)
TOO_OLD = pgettext_lazy(
    "safety",
    "This page was open for too long, so nothing was sent. Go through the steps once more.",
)
UNREAD = pgettext_lazy(
    "safety",
    "This was far too large, so we did not read it. Nothing was sent. "
    "Go back in your browser: your words may still be there. Send them without the file.",
)
