"""What a machine of ours may say to whoever reported: that something came, and nothing else."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

IT_ARRIVED: str | Promise = _("It arrived")
THANK_YOU: str | Promise = _("Thank you, your message arrived.")
BEGIN_HERE: str | Promise = _(
    "Thank you, your message arrived. Nobody reads what is sent in answer to this one. "
    "To hear from us, begin here and keep the number that you are shown: %(site)s"
)
