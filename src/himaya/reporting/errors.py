"""Refusals of reporting."""

from django.utils.translation import gettext_lazy as _

from himaya.kernel.errors import Refusal


class NothingSaid(Refusal):
    """A report without words, file, or an answer about danger."""

    code = "reporting.nothing_said"
    status = 422
    message = _(
        "There is nothing to send yet. "
        "Write a few words, add a file, or say if somebody is in danger. One of them is enough."
    )


class TooLong(Refusal):
    """More words than one report or message may hold."""

    code = "reporting.too_long"
    status = 422
    message = _(
        "This text is too long to send at once. Nothing was sent, and your words are still here. "
        "Shorten them, or send the rest afterwards with your number."
    )


class AlreadyReceived(Refusal):
    """The very same report is stored already: a second press of the button."""

    code = "reporting.already_received"
    message = _("This report has already arrived. Nothing more needs to be done.")


class NoDeskKey(Refusal):
    """The desk that should receive the report has no key to seal it to."""

    code = "reporting.no_desk_key"
    status = 503
    message = _(
        "We could not send this: the team has no key yet. Nothing was stored. "
        "Please use the telephone."
    )


class ReportIsDone(Refusal):
    """The report became a case or was closed, so it is no longer rated or linked here."""

    code = "reporting.done"
    message = _("This report is no longer on your list. Go on in its case.")


class NoWords(Refusal):
    """A message without words."""

    code = "reporting.no_words"
    status = 422
    message = _("The message is empty. Write what you want to say, then send it.")


class NoCustodian(Refusal):
    """Every pair of desks that could keep who reported has one that may be involved."""

    code = "reporting.no_custodian"
    message = _(
        "Do not write down who reported: every office that could keep it may be involved. "
        "Nothing was stored."
    )


class AtBothDesks(Refusal):
    """An officer who sits at both desks that keep a name would be asking themselves."""

    code = "reporting.at_both_desks"
    status = 403
    message = _("You sit at both desks that keep this. Two other officers must do it.")


class NotLent(Refusal):
    """The second desk has not agreed, or its time is over."""

    code = "reporting.not_lent"
    status = 403
    message = _("The second desk has not agreed, or the time is over. Ask it first.")
