"""Safe contact: how a reporter may be reached, in which hours, and who may answer."""

from datetime import time
from enum import StrEnum

from himaya.reporting.contents import Contact


class Channel(StrEnum):
    """How the team may reach the reporter."""

    CALL = "call"
    TEXT = "text"
    CHAT = "chat"
    EMAIL = "email"
    PERSON = "person"  # through somebody whom the reporter trusts


class Hours(StrEnum):
    """A part of the day in which it is safe: the hour at which it begins, and at which it ends."""

    ANY = "00-24"
    MORNING = "06-12"
    AFTERNOON = "12-17"
    EVENING = "17-22"
    NIGHT = "22-06"


class Answer(StrEnum):
    """Who may be spoken to when somebody answers."""

    ONLY_ME = "only_me"
    OTHERS = "others"


def may_reach(contact: Contact, at: time) -> bool:
    """Whether the reporter may be written to or called at this time of their day.

    Nobody is reached who did not say how and in which hours.
    """
    said = contact.how.strip() and contact.channel in set(Channel)
    return bool(said) and contact.hours in set(Hours) and _is_within(contact.hours, at)


def _is_within(hours: str, at: time) -> bool:
    begins, ends = (int(each) for each in hours.split("-"))
    if begins < ends:
        return begins <= at.hour < ends
    return at.hour >= begins or at.hour < ends
