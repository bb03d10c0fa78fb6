"""What the prosecution does with a referred case. The file stays with the prosecution."""

import uuid
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from himaya.kernel.access import Actor


class LawsuitQuerySet(models.QuerySet["Lawsuit"]):
    """Lawsuits, for an actor."""

    def visible_to(self, actor: Actor) -> Self:
        """Lawsuits of the actor's own desks; nobody else sees the file."""
        return self.filter(desk_id__in=actor.desk_ids)


class Lawsuit(models.Model):
    """A public lawsuit that the prosecution opened on a referral. Its words are sealed to the desk.

    offences: articles of the pack's law, such as `law_91_2013:2`.
    """

    class State(models.TextChoices):
        OPENED = "opened", _("Opened")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    referral = models.OneToOneField(
        "referrals.Referral", on_delete=models.PROTECT, related_name="+"
    )
    case_id = models.UUIDField(db_index=True)
    pseudonym = models.CharField(max_length=12)
    desk = models.ForeignKey("agencies.Desk", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=16, choices=State, default=State.OPENED)
    offences = ArrayField(models.CharField(max_length=60))
    opened_at = models.DateTimeField()

    objects = LawsuitQuerySet.as_manager()
