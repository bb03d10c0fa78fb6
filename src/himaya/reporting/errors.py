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


class NotAnEnvelope(Refusal):
    """What a browser sent is not a report that it sealed."""

    code = "reporting.not_an_envelope"
    status = 422
    message = _(
        "Your browser did not lock this as it should, so nothing was stored. "
        "Your words are still on this page. Press the button again."
    )


class OtherReaders(Refusal):
    """The browser sealed to other keys than those of the desks that the answers name."""

    code = "reporting.other_readers"
    message = _(
        "The team has just changed its lock, so nothing was stored. "
        "Your words are still on this page. Press the button again."
    )


class OtherDesks(Refusal):
    """Two reports that do not lie at the same desks, so that one would be hidden from somebody."""

    code = "reporting.other_desks"
    message = _("These two reports are not read by the same desks, so they stay apart.")


class LessDangerous(Refusal):
    """The report that would lead tells of less danger than the one to be joined to it."""

    code = "reporting.less_dangerous"
    message = _("Join them the other way round: the report that tells of more danger leads.")


class HasOthers(Refusal):
    """Other reports are joined to the one that was to be joined."""

    code = "reporting.has_others"
    message = _("Other reports are joined to this one. Join the new report to this one instead.")


class JoinedElsewhere(Refusal):
    """The report is joined to another one, which leads."""

    code = "reporting.joined"
    message = _("This report is read together with another one. Go on with that one.")


class NotJoined(Refusal):
    """The report is not joined to another one, or no longer."""

    code = "reporting.not_joined"
    message = _("This report is not joined to another one any more.")


class NothingAlike(Refusal):
    """No report that waits has words like these."""

    code = "reporting.nothing_alike"
    message = _("No other report that waits has words like these.")


class NotClosed(Refusal):
    """Only a closed report can be taken up again."""

    code = "reporting.not_closed"
    message = _("This report is not closed. Go on with it as it is.")


class MayTell(Refusal):
    """Something in the answer may tell who or where to whoever holds the reporter's telephone."""

    code = "reporting.may_tell"
    status = 422
    message = _(
        "Nothing was sent. The answer may tell who or where, and the person who reads it may not "
        "be who they say. Take out what is marked, or ask a colleague to send it anyway."
    )


class AnswerGone(Refusal):
    """The answer that waited was sent or refused, or its time is over."""

    code = "reporting.answer_gone"
    message = _("This answer no longer waits for a second person.")


class NobodyElse(Refusal):
    """No desk of the country is free of who is named: there is none to hand the report on to."""

    code = "reporting.nobody_else"
    message = _(
        "Nothing was handed on: every desk that could receive it is of somebody who is named. "
        "Ask the independent body outside this system, and leave the report as it is."
    )


class NobodyNamed(Refusal):
    """A report is handed on because of somebody: nobody was said."""

    code = "reporting.nobody_named"
    status = 422
    message = _("Say who is named, so that the report does not go to them.")
