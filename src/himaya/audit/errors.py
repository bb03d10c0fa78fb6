"""Refusals of the ledger."""

from django.utils.translation import gettext_lazy as _

from himaya.kernel.errors import Refusal


class NothingLost(Refusal):
    """The ledger is not behind the head that somebody wanted to begin anew after."""

    code = "audit.nothing_lost"
    status = 409
    message = _("The ledger is not behind its witnesses: there is no loss to accept.")
