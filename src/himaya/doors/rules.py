"""Who may enter a report that somebody told them."""

from himaya.kernel.access import Actor, Permission


def check_may_enter(actor: Actor) -> None:
    """Raise NotPermitted unless the actor may enter what was said in person or on paper."""
    actor.need(Permission.REPORT_ENTER)
