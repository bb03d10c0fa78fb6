"""Why a file is opened: asked the first time an officer opens it, and kept in the ledger."""

from dataclasses import dataclass
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from himaya.audit.models import Entry
from himaya.kernel.access import Actor
from himaya.vault.errors import ReasonNeeded

READ = "vault.read"


class Reason(models.TextChoices):
    """What an officer says when they open a file for the first time. A code, never free words."""

    DAY_LIST = "day_list", _("It waits on my day list")
    OWN_WORK = "own_work", _("I work on this file")
    CALLED = "called", _("The person, or somebody for them, called or came")
    STAND_IN = "stand_in", _("I stand in for a colleague")
    DANGER = "danger", _("Somebody may be in danger now")
    CHECK = "check", _("I check or correct earlier work")
    EMERGENCY = "emergency", _("An emergency opening")
    OVERSIGHT = "oversight", _("Oversight of an opening")


# Emergency and oversight are said by pages of their own, never chosen.
OFFERED = tuple(reason for reason in Reason if reason not in {Reason.EMERGENCY, Reason.OVERSIGHT})


def has_opened(actor: Actor, subject_id: UUID) -> bool:
    """True when the ledger has numbered an earlier opening of this file by this officer.

    An opening of the last second may not be numbered yet; then the reason is asked once more.
    """
    reads = Entry.objects.filter(act=READ, actor_id=actor.officer_id, subject_id=subject_id)
    return reads.exists()


def check_reason(actor: Actor, subject_id: UUID, reason: str) -> None:
    """Raise ReasonNeeded unless a reason is given, or was given at an earlier opening."""
    if reason in Reason.values or (not reason and has_opened(actor, subject_id)):
        return
    raise ReasonNeeded(subject=subject_id)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the page asks before the first opening. chosen: what goes along without being asked."""

    needed: bool
    chosen: Reason | None = None
    offered: tuple[Reason, ...] = OFFERED


def asked(actor: Actor, subject_id: UUID, *, at_work: Reason | None) -> Asked:
    """Whether the page must ask why. at_work: the reason that the officer's own list gives."""
    return Asked(needed=not has_opened(actor, subject_id), chosen=at_work)
