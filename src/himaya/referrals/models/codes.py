"""The codes of a referral: kinds, states, answers, and what was done."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What is asked of the other desk."""

    SERVICE = "service", _("A service for the person")
    TRANSFER = "transfer", _("To lead the case from now on")


class State(models.TextChoices):
    """Where a referral stands."""

    DRAFT = "draft", _("Draft")
    CHECKED = "checked", _("Consent checked, not yet sent")
    SENT = "sent", _("Sent, not yet seen")
    ACKNOWLEDGED = "acknowledged", _("Seen, not yet answered")
    ACCEPTED = "accepted", _("Accepted")
    IN_SERVICE = "in_service", _("Being served")
    DECLINED = "declined", _("Declined")
    COMPLETED = "completed", _("Completed")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Priority(models.TextChoices):
    """How soon an answer is wanted; the country pack says within what time."""

    EMERGENCY = "emergency", _("Emergency")
    URGENT = "urgent", _("Urgent")
    NORMAL = "normal", _("Normal")


class Need(models.TextChoices):
    """What the person needs."""

    SAFE_PLACE = "safe_place", _("A safe place to stay")
    HEALTH = "health", _("Medical care")
    PSYCHOSOCIAL = "psychosocial", _("Psychological and social support")
    LEGAL_AID = "legal_aid", _("Legal help")
    PAPERS = "papers", _("Papers and stay")
    WAGES = "wages", _("Unpaid wages and labour claims")
    WORK = "work", _("Work or training")
    CHILD_CARE = "child_care", _("Care and guardianship of a child")
    INVESTIGATION = "investigation", _("Investigation of a crime")
    RETURN = "return", _("Safe and voluntary return")
    CASE_LEAD = "case_lead", _("Somebody who leads the case")
    OTHER = "other", _("Something else")


class DeclineReason(models.TextChoices):
    """Why a desk cannot."""

    NO_PLACE = "no_place", _("No free place")
    NOT_OUR_TASK = "not_our_task", _("Outside what we do")
    UNSAFE_HERE = "unsafe_here", _("The person would not be safe here")
    NEEDS_OTHER_CARE = "needs_other_care", _("The person needs care we cannot give")
    SILENT = "silent", _("The desk that was asked did not answer in time")


class Outcome(models.TextChoices):
    """How it ended."""

    SERVED = "served", _("The service was given")
    PARTLY_SERVED = "partly_served", _("Part of the service was given")
    PERSON_LEFT = "person_left", _("The person chose to leave")
    MOVED_ON = "moved_on", _("The person moved on to another service")
    NEVER_CAME = "never_came", _("The person did not come")
    TAKEN_OVER = "taken_over", _("The desk leads the case now")


class Result(models.TextChoices):
    """What came of the service, as codes."""

    SAFER = "safer", _("The person is safer")
    HEALTH_BETTER = "health_better", _("Health is better or treated")
    TREATMENT_GOES_ON = "treatment_goes_on", _("Treatment goes on")
    CLAIM_FILED = "claim_filed", _("A claim or complaint was filed")
    PAPERS_ISSUED = "papers_issued", _("Papers were issued")
    WORK_FOUND = "work_found", _("Work or training was found")
    NO_CHANGE = "no_change", _("Nothing has changed")


# Answers of the receiving desk to a request for a service, as a form offers them.
OUTCOMES_OF_SERVICE = tuple(each for each in Outcome if each is not Outcome.TAKEN_OVER)
REASONS_OF_RECEIVER = tuple(each for each in DeclineReason if each is not DeclineReason.SILENT)
