"""Consents: one for each recipient, purpose and set of compartments."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from himaya.packs.vocabulary import Decider


class Consent(models.Model):
    """What lets a desk know parts of a person's file: for what, which parts, until when.

    The person's own yes, or of whoever decides for them; or, with `legal_basis`, a law in its
    place. Asked first; then granted or refused; what was granted ends withdrawn, by its date, or
    renewed. Shares live only while it is granted and its time is not over. series: the same for a
    consent and those that renew it. band, basis: ids of the pack. body: code of the agency that
    decided. signed_copy: SHA-256 of the scan of the signed paper.
    """

    class State(models.TextChoices):
        ASKED = "asked", _("Asked, not yet answered")
        GRANTED = "granted", _("Granted")
        REFUSED = "refused", _("Refused")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        EXPIRED = "expired", _("Its time is over")
        RENEWED = "renewed", _("Renewed by a later one")

    class Purpose(models.TextChoices):
        SHELTER = "shelter", _("A safe place to stay, and care there")
        HEALTH = "health", _("Medical or psychological care")
        LEGAL_AID = "legal_aid", _("Legal advice")
        PROSECUTION = "prosecution", _("Telling the Public Prosecution")
        OTHER = "other", _("Another service that the person asked for")

    class Method(models.TextChoices):
        SPOKEN = "spoken", _("Said aloud, witnessed by the case worker")
        SIGNED = "signed", _("Signed on paper")
        SIGNS = "signs", _("In sign language, or by signs")
        IMPLIED = "implied", _("Could not answer, and care could not wait")

    class Giver(models.TextChoices):
        PERSON = Decider.PERSON.value, _("The person")
        GUARDIAN = Decider.GUARDIAN.value, _("A parent or guardian")
        RELATIVE = Decider.RELATIVE.value, _("A relative whom the person trusts")
        BODY = Decider.BODY.value, _("The body that decides in their place")

    class OwnView(models.TextChoices):
        AGREES = "agrees", _("Agrees")
        OBJECTS = "objects", _("Does not want it")
        CANNOT_SAY = "cannot_say", _("Was asked, and could not say")

    class Stead(models.TextChoices):
        NONE_THERE = "none_there", _("There is nobody nearer, or nobody can reach them")
        IMPLICATED = "implicated", _("They had a part in what was done to the person")
        CONFLICT = "conflict", _("What they want is against what the person wants or needs")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    series = models.UUIDField()
    follows = models.ForeignKey("self", on_delete=models.PROTECT, related_name="+", null=True)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    recipient = models.ForeignKey("agencies.Desk", on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=16, choices=Purpose)
    kinds = ArrayField(models.CharField(max_length=16))
    language = models.CharField(max_length=12)
    state = models.CharField(max_length=12, choices=State, default=State.ASKED)
    interpreter = models.BooleanField(default=False)
    interpreter_fit = models.BooleanField(default=False)
    method = models.CharField(max_length=8, choices=Method, blank=True)
    band = models.CharField(max_length=40, blank=True)
    given_by = models.CharField(max_length=8, choices=Giver, blank=True)
    own_view = models.CharField(max_length=12, choices=OwnView, blank=True)
    stead = models.CharField(max_length=12, choices=Stead, blank=True)
    body = models.CharField(max_length=40, blank=True)
    legal_basis = models.CharField(max_length=40, blank=True)
    against = models.BooleanField(default=False)
    asked_at = models.DateTimeField()
    given_at = models.DateTimeField(null=True)
    refused_at = models.DateTimeField(null=True)
    until = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    expired_at = models.DateTimeField(null=True)
    renewed_at = models.DateTimeField(null=True)
    signed_copy = models.CharField(max_length=64, blank=True)
    signed_copy_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="consent_ends_after_asking", condition=Q(until__gt=F("asked_at"))
            ),
            models.CheckConstraint(name="consent_names_something", condition=Q(kinds__len__gt=0)),
            models.CheckConstraint(
                name="consent_moments_fit_state",
                condition=Q(
                    state="asked",
                    given_at=None,
                    refused_at=None,
                    withdrawn_at=None,
                    expired_at=None,
                    renewed_at=None,
                )
                | Q(state="refused", refused_at__isnull=False, given_at=None)
                | Q(state="granted", given_at__isnull=False)
                & Q(withdrawn_at=None, expired_at=None, renewed_at=None)
                | Q(state="withdrawn", given_at__isnull=False, withdrawn_at__isnull=False)
                | Q(state="expired", given_at__isnull=False, expired_at__isnull=False)
                | Q(state="renewed", given_at__isnull=False, renewed_at__isnull=False),
            ),
            # Nothing is held on a yes that nobody gave: whose it was, and how, or which law.
            models.CheckConstraint(
                name="consent_granted_by_somebody",
                condition=Q(state__in=["asked", "refused"])
                | ~Q(legal_basis="")
                | ~Q(given_by="") & ~Q(method=""),
            ),
            models.CheckConstraint(
                name="consent_interpreter_fit",
                condition=Q(interpreter=False) | Q(interpreter_fit=True) | Q(given_at=None),
            ),
            # Two would both take its place, and the end of one would end what rests on the other.
            models.UniqueConstraint(
                name="consent_one_renewal_waits", fields=["follows"], condition=Q(state="asked")
            ),
            models.CheckConstraint(
                name="consent_signed_copy_whole",
                condition=Q(signed_copy="", signed_copy_at=None)
                | ~Q(signed_copy="") & Q(signed_copy_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(name="consent_by_case", fields=["case", "recipient"]),
            models.Index(name="consent_by_end", fields=["until"], condition=Q(state="granted")),
            models.Index(
                name="consent_by_law",
                fields=["given_at"],
                condition=~Q(legal_basis="") & Q(given_at__isnull=False),
            ),
        ]


class Telling(models.Model):
    """The person was told that something was shared without their consent; or not yet, and why.

    told: then how, else why not and when somebody looks again. Rows are added, never changed.
    """

    class How(models.TextChoices):
        SPOKEN = "spoken", _("Said to the person, in their language")
        WRITTEN = "written", _("In a letter that the person could keep safely")
        GUARDIAN = "guardian", _("Told to whoever decides for the person")

    class Why(models.TextChoices):
        DANGER = "danger", _("Telling now would put the person or somebody else in danger")
        OBSERVED = "observed", _("Whoever controls the person would learn of it")
        UNREACHABLE = "unreachable", _("Nobody can reach the person safely")
        ORDER = "order", _("The order forbids telling")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    how = models.CharField(max_length=12, choices=How, blank=True)
    why_not = models.CharField(max_length=12, choices=Why, blank=True)
    look_again_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="consent_told_or_looked_at_again",
                condition=~Q(how="") & Q(why_not="", look_again_at=None)
                | Q(how="") & ~Q(why_not="") & Q(look_again_at__gt=F("at")),
            ),
        ]
        indexes = [models.Index(name="consent_telling_newest", fields=["consent", "at"])]
