"""Who is on duty at a desk, when."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

A_DAY = 24 * 60


class Roster(models.Model):
    """That a desk keeps a roster. always: somebody is meant to be on duty at every hour."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    desk = models.OneToOneField("agencies.Desk", on_delete=models.PROTECT, related_name="+")
    always = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)


class Shift(models.Model):
    """An officer's turn at a desk, every week on the weekday of its first day, in local time.

    minute: of the day at which it begins; minutes: how long, also past midnight, at most a day.
    last_on: the last day on which it begins; the first day for a turn that does not repeat, null
    until further notice. No officer has two turns at a desk at one time (migration 0002).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    desk = models.ForeignKey("agencies.Desk", on_delete=models.PROTECT, related_name="+")
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    first_on = models.DateField()
    last_on = models.DateField(null=True)
    minute = models.PositiveSmallIntegerField()
    minutes = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="directory_shift_of_a_day_at_most",
                condition=Q(minute__lt=A_DAY, minutes__gt=0, minutes__lte=A_DAY),
            ),
            models.CheckConstraint(
                name="directory_shift_ends_after_it_began",
                condition=Q(last_on__isnull=True) | Q(last_on__gte=F("first_on")),
            ),
        ]
        indexes = [models.Index(name="directory_shifts_of_desk", fields=["desk", "first_on"])]


class Replacement(models.Model):
    """One turn of a shift that another officer takes, or, with no officer, nobody.

    on: the day on which that turn begins. desk: the shift's own, so that its people see it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    shift = models.ForeignKey(Shift, on_delete=models.PROTECT, related_name="+")
    desk = models.ForeignKey("agencies.Desk", on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(name="directory_one_replacement_a_turn", fields=["shift", "on"])
        ]
