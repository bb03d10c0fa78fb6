"""Who may record what the committee does, and when."""

from datetime import date

from himaya.kernel.access import Actor, Permission, allowed
from himaya.oversight.errors import DueBeforeMeeting, MeetingNotHeldYet


def check_may_record(actor: Actor) -> None:
    """Raise NotPermitted unless this actor keeps the committee's record."""
    actor.need(Permission.MEETING_RECORD)


def may_record(actor: Actor) -> bool:
    """The same rule as a question, for pages that show or hide a form."""
    return allowed(check_may_record, actor)


def check_was_held(held_on: date, today: date) -> None:
    """Raise MeetingNotHeldYet while the day of a meeting lies ahead."""
    if held_on > today:
        raise MeetingNotHeldYet(held_on=held_on.isoformat())


def check_due(held_on: date, due_on: date) -> None:
    """Raise DueBeforeMeeting when an action would be due before it was decided."""
    if due_on < held_on:
        raise DueBeforeMeeting(due_on=due_on.isoformat())
