"""What hangs on an organisation, a service or a location."""

import uuid

from django.db import models
from django.db.models import Q

NAME, LINE, WORDS = 300, 1000, 8000  # longest texts that a directory needs


class Part(models.Model):
    """Something that hangs on exactly one other thing, and goes with it.

    hsds_id: its identifier in HSDS. Files repeat the same telephone below several things; here
    each of these has a row of its own, whose key is made of both.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    hsds_id = models.UUIDField()

    class Meta:
        abstract = True


def one_of(name: str, *links: str) -> models.CheckConstraint:
    """The constraint that exactly one of these links is set."""
    ways = Q()
    for chosen in links:
        ways |= Q(**{f"{link}__isnull": link != chosen for link in links})
    return models.CheckConstraint(name=name, condition=ways)


def never_confidential(name: str) -> models.CheckConstraint:
    """The constraint that this hangs on no confidential location.

    A foreign key of two columns compares it with the location's own flag (migration 0002).
    """
    return models.CheckConstraint(name=name, condition=Q(confidential=False))
