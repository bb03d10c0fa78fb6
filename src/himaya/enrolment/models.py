"""What is proposed about an officer, and the papers with which newcomers come in."""

import uuid
from datetime import datetime
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Proposal(models.Model):
    """To enrol an officer, to change their roles and desks, or to let them work again.

    Never changed after it was made, so that what the second person allows is what is done. kind:
    the act of two that it needs, whose subject it is. officer_id: for a newcomer, the id that they
    will have. roles, desks: codes of all that they then hold. certificate_until: how long the
    trainings that the roles ask for are valid. done: the database has carried it out.
    """

    class Kind(models.TextChoices):
        ENROL = "officer.enrol", _("Enrol a new officer")
        CHANGE = "officer.change", _("Change roles or desks")
        REINSTATE = "officer.reinstate", _("Let the officer work again")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=20, choices=Kind)
    officer_id = models.UUIDField()
    username = models.CharField(max_length=60)
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    made_by_agency = models.ForeignKey(
        "agencies.Agency", on_delete=models.PROTECT, related_name="+"
    )
    roles = ArrayField(models.CharField(max_length=40))
    desks = ArrayField(models.CharField(max_length=40), default=list)
    certificate_until = models.DateField(null=True)
    made_at = models.DateTimeField()
    done = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="enrolment_proposal_has_roles", condition=Q(roles__len__gt=0)
            ),
        ]


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Invitations, by whether they still open anything."""

    def open(self, at: datetime) -> Self:
        """Those that nobody has used yet, within their time."""
        return self.filter(used_at__isnull=True, expires_at__gt=at)


class Invitation(models.Model):
    """A paper that lets one officer in once: its token is handed over in person, never sent.

    token_hash: SHA-256 of the token, which is nowhere else but on the paper. proposal: what two
    people agreed on; none for the two officers who found an installation.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    officer = models.ForeignKey("accounts.Officer", on_delete=models.PROTECT, related_name="+")
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="+", null=True)
    token_hash = models.BinaryField(unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    objects = InvitationQuerySet.as_manager()
