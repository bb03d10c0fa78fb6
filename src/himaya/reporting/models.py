"""Reports: what was told to us, as codes. Every word of it is sealed in the vault."""

import uuid
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from himaya.kernel.access import Actor
from himaya.reporting.desk_models import HeldAnswer, Join, Likeness, Recusal

__all__ = [
    "HeldAnswer",
    "Informant",
    "Join",
    "Likeness",
    "Message",
    "Receipt",
    "Recusal",
    "Report",
]


class ReportQuerySet(models.QuerySet["Report"]):
    """Reports, for an actor."""

    def visible_to(self, actor: Actor) -> Self:
        """Reports that one of the actor's desks received, or took over from a silent desk."""
        return self.filter(Q(desk_id__in=actor.desk_ids) | Q(overtaken_by_id__in=actor.desk_ids))


# What a desk has still to do about a report, and what it does first.
WAITING = Q(state__in=["received", "triaged"])
IN_DANGER = Q(seriousness="emergency") | Q(seriousness__isnull=True, danger__contains=["now"])
# One of many alike, or of many that came over one line: it stands behind what is like no other.
SET_BACK = Q(set_back=True)
IN_TURN = Q(set_back=False)


class Report(models.Model):
    """Something that somebody told us in confidence. Ends linked to a case, or closed.

    These columns are all that stays in clear. The words, the files and the way to reach the
    reporter lie in the vault's compartments whose subject is this report.
    """

    class Channel(models.TextChoices):
        WEB = "web", _("Web page")
        PHONE = "phone", _("Telephone")
        EMAIL = "email", _("E-mail")
        SMS = "sms", _("Text message or chat")
        WALK_IN = "walk_in", _("In person or on paper")
        PARTNER = "partner", _("Partner organisation")

    class Role(models.TextChoices):
        NOT_SAID = "", _("Not said who writes")
        SELF = "self", _("Somebody who needs help")
        OTHER = "other", _("Somebody who knows a person who needs help")
        WITNESS = "witness", _("Somebody who saw or heard something")
        PROFESSIONAL = "work", _("Somebody who does this work for a living")

    class Danger(models.TextChoices):
        NOW = "now", _("Somebody is in danger now")
        NOT_NOW = "not_now", _("Nobody is in danger at this moment")
        UNKNOWN = "unknown", _("The reporter does not know if somebody is in danger")

    class Child(models.TextChoices):
        YES = "yes", _("A child is concerned")
        NO = "no", _("No child is concerned")
        UNKNOWN = "unknown", _("Not known if a child is concerned")

    class Persons(models.TextChoices):
        NOT_SAID = "", _("Number of persons not said")
        ONE = "1", _("One person")
        FEW = "2-5", _("Two to five persons")
        SEVERAL = "6-20", _("Six to twenty persons")
        MANY = "21+", _("More than twenty persons")
        UNKNOWN = "unknown", _("Number of persons not known")

    class Involved(models.TextChoices):
        NOT_SAID = "", _("Not said if officials are involved")
        NOBODY = "nobody", _("No official is involved")
        AGENCY = "agency", _("People of a named agency may be involved")
        ANY_OFFICIAL = "any_official", _("Some official may be involved")
        NOT_SURE = "not_sure", _("The reporter is not sure if officials are involved")

    class State(models.TextChoices):
        RECEIVED = "received", _("Not yet rated")
        TRIAGED = "triaged", _("Rated")
        LINKED = "linked", _("Became a case")
        JOINED = "joined", _("Read together with another report")
        CLOSED = "closed", _("Closed")

    class Seriousness(models.TextChoices):
        EMERGENCY = "emergency", _("Emergency: life, captivity or a child in danger")
        URGENT = "urgent", _("Urgent: harm goes on")
        NORMAL = "normal", _("Normal: no sign of present danger")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    received_at = models.DateTimeField()
    channel = models.CharField(max_length=16, choices=Channel)
    language = models.CharField(max_length=12)
    role = models.CharField(max_length=8, choices=Role, blank=True, default="")
    danger = ArrayField(models.CharField(max_length=16, choices=Danger), default=list)
    child = models.CharField(max_length=8, choices=Child, default=Child.UNKNOWN)
    persons = models.CharField(max_length=8, choices=Persons, blank=True, default="")
    involved = models.CharField(max_length=16, choices=Involved, blank=True, default="")
    involved_agencies = ArrayField(models.CharField(max_length=40), default=list)
    desk = models.ForeignKey("agencies.Desk", on_delete=models.PROTECT, related_name="+")
    overtaken_by = models.ForeignKey(
        "agencies.Desk", on_delete=models.PROTECT, related_name="+", null=True
    )
    state = models.CharField(max_length=8, choices=State, default=State.RECEIVED)
    seriousness = models.CharField(max_length=16, choices=Seriousness, null=True)
    due_at = models.DateTimeField(null=True)
    size_class = models.PositiveIntegerField()
    # The first report of the same desk whose words are like these, and whether it stands behind.
    alike = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    set_back = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    objects = ReportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="reporting_rated_unless_new",
                condition=Q(state="received", seriousness__isnull=True)
                | Q(state="triaged", seriousness__isnull=False)
                | Q(state__in=["linked", "joined", "closed"]),
            ),
            models.CheckConstraint(
                name="reporting_due_until_done",
                condition=Q(state__in=["received", "triaged"], due_at__isnull=False)
                | Q(state__in=["linked", "joined", "closed"], due_at__isnull=True),
            ),
            models.CheckConstraint(
                name="reporting_agencies_if_named",
                condition=Q(involved="agency", involved_agencies__len__gt=0)
                | Q(involved__in=["", "nobody"], involved_agencies__len=0)
                | Q(involved__in=["any_official", "not_sure"]),
            ),
            models.CheckConstraint(
                name="reporting_set_back_until_rated",
                condition=Q(set_back=False) | Q(seriousness__isnull=True),
            ),
        ]
        indexes = [
            models.Index(
                name="reporting_waiting",
                fields=["desk", "due_at", "id"],
                condition=WAITING,
            ),
            models.Index(
                name="reporting_in_danger",
                fields=["desk", "due_at", "id"],
                condition=WAITING & IN_TURN & IN_DANGER,
            ),
            models.Index(
                name="reporting_set_back",
                fields=["desk", "due_at", "id"],
                condition=WAITING & SET_BACK,
            ),
            models.Index(
                name="reporting_overtaken",
                fields=["overtaken_by", "due_at", "id"],
                condition=WAITING,
            ),
            models.Index(
                name="reporting_overtaken_danger",
                fields=["overtaken_by", "due_at", "id"],
                condition=WAITING & IN_TURN & IN_DANGER,
            ),
            models.Index(
                name="reporting_overtaken_back",
                fields=["overtaken_by", "due_at", "id"],
                condition=WAITING & SET_BACK,
            ),
            models.Index(
                name="reporting_alike", fields=["alike"], condition=Q(alike__isnull=False)
            ),
        ]


class Informant(models.Model):
    """Somebody wrote down who reported: that they did, and which two desks keep it, never who.

    The name lies sealed in `lock` and that again in `outer`: the custodian desk holds the key of
    the one, the second desk that of the other. The desk that wrote it holds neither.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="+")
    custodian = models.ForeignKey("agencies.Desk", on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey("agencies.Desk", on_delete=models.PROTECT, related_name="+")
    outer = models.OneToOneField("vault.Compartment", on_delete=models.PROTECT, related_name="+")
    lock = models.OneToOneField("vault.Compartment", on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="reporting_informant_two_desks", condition=~Q(custodian=F("second"))
            ),
        ]
        indexes = [models.Index(name="reporting_informant_of", fields=["report", "written_at"])]


class Receipt(models.Model):
    """What lets a reporter come back, as far as it may be stored: never the digits.

    tag: half of what Argon2id makes of the digits, to look the report up by. reporter_key: the
    reporter's own age public key, authenticated by mac. wrapped: its private key under the other
    half, which only the digits give. empty: the second number, which a reporter who is made
    to show their messages may give: it opens the same page, and there is never one.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="+")
    tag = models.BinaryField(unique=True)
    reporter_key = models.CharField(max_length=80)
    mac = models.BinaryField()
    wrapped = models.BinaryField()
    empty = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="reporting_two_numbers_at_most", fields=["report", "empty"]
            ),
        ]


UNREAD = Q(direction="from_reporter", read_at__isnull=True)


class Message(models.Model):
    """One message between a desk and a reporter whom nobody can name.

    sealed: the desk's copy, in the report's narrative compartment. for_reporter: the copy that
    only the reporter's receipt opens; emptied when the reporter has read it.
    """

    class Direction(models.TextChoices):
        FROM_DESK = "from_desk", _("From the desk")
        FROM_REPORTER = "from_reporter", _("From the reporter")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="+")
    direction = models.CharField(max_length=16, choices=Direction)
    sealed = models.ForeignKey("vault.Sealed", on_delete=models.PROTECT, related_name="+")
    for_reporter = models.BinaryField(null=True)
    sent_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="reporting_readable_until_read",
                condition=Q(direction="from_reporter", for_reporter__isnull=True)
                | Q(direction="from_desk", for_reporter__isnull=False, read_at__isnull=True)
                | Q(direction="from_desk", for_reporter__isnull=True, read_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(name="reporting_message_by_report", fields=["report", "sent_at"]),
            models.Index(name="reporting_message_unread", fields=["sent_at"], condition=UNREAD),
        ]
