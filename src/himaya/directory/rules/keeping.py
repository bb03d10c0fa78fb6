"""Who may say what about a service, and keep a desk's roster."""

from uuid import UUID

from himaya.directory.errors import NotTheServicesDesk
from himaya.directory.models import Service
from himaya.kernel.access import Actor, Permission, allowed
from himaya.kernel.errors import NotKnown

READERS = (Permission.DIRECTORY_CONFIRM, Permission.DIRECTORY_KEEP)


def check_may_keep(actor: Actor) -> None:
    """Raise unless the actor keeps the directory."""
    actor.need(Permission.DIRECTORY_KEEP)


def check_may_say(actor: Actor, service: Service) -> None:
    """Raise unless the actor keeps the directory, or sits at the desk that gives the service."""
    if actor.may(Permission.DIRECTORY_KEEP):
        return
    actor.need(Permission.DIRECTORY_CONFIRM)
    if service.desk_id not in actor.desk_ids:
        raise NotTheServicesDesk(service=service.pk)


def may_say(actor: Actor, service: Service) -> bool:
    """The same rule as a question."""
    return allowed(check_may_say, actor, service)


def check_may_roster(actor: Actor, desk_id: UUID) -> None:
    """Raise unless the actor supervises this desk."""
    actor.need(Permission.ACCESS_SUPERVISE)
    if desk_id not in actor.desk_ids:
        raise NotKnown(desk=desk_id)


def may_roster(actor: Actor, desk_id: UUID) -> bool:
    """The same rule as a question."""
    return allowed(check_may_roster, actor, desk_id)
