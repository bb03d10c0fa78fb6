"""Officers, the desks they sit at, and what they are trained in."""

import uuid

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models


class OfficerManager(BaseUserManager["Officer"]):
    """Finds officers by their user name, as signing in needs it."""


class Officer(AbstractBaseUser):
    """A person who works in an agency of the pathway. roles: codes of `accounts.roles`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    username = models.CharField(max_length=60, unique=True)
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    roles = ArrayField(models.CharField(max_length=40))
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "username"
    unrecorded_columns = ("last_login", "password")  # signing in changes them
    objects = OfficerManager()


class Membership(models.Model):
    """An officer sits at a desk, and so may be given its key."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    desk = models.ForeignKey("agencies.Desk", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="accounts_one_seat_a_desk", fields=["officer", "desk"]),
        ]


class Certificate(models.Model):
    """A training that an officer has passed. topic: a code, for example
    `trauma_informed_interviewing`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    topic = models.CharField(max_length=60)
    valid_until = models.DateField()
