"""One time that an officer sits with a person: how it was arranged, and how it ended."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from himaya.identification.models.screening import Screening


class Sitting(models.Model):
    """One sitting of a screening, which may take several. Begins arranged; ends finished, or
    stopped for a reason.

    private: nobody hears or sees. company: who is beside the person. with_child: the person is
    treated as a child, who is never heard alone; no_tie: then, how it was made sure that whoever is
    beside them has no part in what happened and no tie to whom they fear. bound: the
    interpreter signed that they keep silent; clear: no tie to whom the person fears was found; the
    interpreter's name is sealed. wished, sex: of the interviewer; another_agreed: the wish could
    not be met, and the person wanted to go on. breaks: how many were taken.
    """

    class Company(models.TextChoices):
        NOBODY = "nobody", _("Nobody")
        CHOSEN = "chosen", _("Somebody the person chose")
        GUARDIAN = "guardian", _("A guardian")
        PROTECTION = "protection", _("A child protection officer or a social worker")
        RELATIVE = "relative", _("A parent or another relative")
        LAWYER = "lawyer", _("A lawyer")

    class NoTie(models.TextChoices):
        ASKED = "asked", _("The child was asked alone, and trusts them")
        APPOINTED = (
            "appointed",
            _("A court or a child protection body appointed them for the child"),
        )
        LOOKED_INTO = "looked_into", _("It was looked into, and no tie was found")

    class Interpreter(models.TextChoices):
        NOT_NEEDED = "not_needed", _("Not needed: we share a language")
        PRESENT = "present", _("In the room")
        REMOTE = "remote", _("By telephone or video")

    class Sex(models.TextChoices):
        FEMALE = "female", _("A woman")
        MALE = "male", _("A man")

    class Wish(models.TextChoices):
        NONE = "none", _("No wish")
        FEMALE = "female", _("A woman")
        MALE = "male", _("A man")

    class Ended(models.TextChoices):
        FINISHED = "finished", _("Finished")
        WANTED = "wanted", _("The person wanted to stop")
        DISTRESS = "distress", _("It was too much for the person")
        UNSAFE = "unsafe", _("The place was not safe any more")
        INTERPRETER = "interpreter", _("The interpreter had to go, or was not right")
        CARE = "care", _("The person needed a doctor, food or sleep first")
        TIME = "time", _("Time was up: it goes on another day")
        HANDED_OVER = "handed_over", _("A colleague went on")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    screening = models.ForeignKey(Screening, on_delete=models.PROTECT, related_name="+")
    officer = models.ForeignKey("accounts.Officer", on_delete=models.PROTECT, related_name="+")
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended = models.CharField(max_length=12, choices=Ended, blank=True)
    language = models.CharField(max_length=12, blank=True)
    private = models.BooleanField()
    company = models.CharField(max_length=12, choices=Company)
    with_child = models.BooleanField(default=False)
    no_tie = models.CharField(max_length=12, choices=NoTie, blank=True)
    interpreter = models.CharField(max_length=12, choices=Interpreter)
    bound = models.BooleanField(default=False)
    clear = models.BooleanField(default=False)
    wished = models.CharField(max_length=8, choices=Wish)
    sex = models.CharField(max_length=8, choices=Sex)
    another_agreed = models.BooleanField(default=False)
    breaks = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="identification_one_sitting_at_a_time",
                fields=["screening"],
                condition=Q(ended_at__isnull=True),
            ),
            models.CheckConstraint(
                name="sitting_ends_with_a_code",
                condition=Q(ended_at__isnull=True, ended="")
                | (Q(ended_at__isnull=False, ended_at__gte=F("began_at")) & ~Q(ended="")),
            ),
            # An interview before ears that the person does not trust is none.
            models.CheckConstraint(
                name="sitting_is_safe",
                condition=Q(private=True)
                & (Q(interpreter="not_needed") | Q(bound=True, clear=True))
                & (Q(wished="none") | Q(wished=F("sex")) | Q(another_agreed=True)),
            ),
            # Never alone, nor beside somebody whose interests may be against the child's.
            models.CheckConstraint(
                name="sitting_child_is_not_alone",
                condition=Q(with_child=False) | ~Q(company="nobody") & ~Q(no_tie=""),
            ),
        ]
        indexes = [models.Index(name="identification_sittings", fields=["screening", "began_at"])]
