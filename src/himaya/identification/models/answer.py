"""What was found about one sign."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from himaya.identification.models.screening import Screening


class Answer(models.Model):
    """What was found about one indicator. Not known, would not say and not asked differ.

    carried: as it was found in an earlier screening, and not asked again. While the screening is
    not finished an answer may change; afterwards none does.
    """

    class Value(models.TextChoices):
        YES = "yes", _("Yes")
        NO = "no", _("No")
        NOT_KNOWN = "not_known", _("Not known")
        WOULD_NOT_SAY = "would_not_say", _("Would not say")
        NOT_ASKED = "not_asked", _("Not asked")
        DOES_NOT_APPLY = "does_not_apply", _("Does not apply")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    screening = models.ForeignKey(Screening, on_delete=models.PROTECT, related_name="+")
    indicator = models.CharField(max_length=16)
    value = models.CharField(max_length=16, choices=Value)
    carried = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="identification_one_answer_an_indicator", fields=["screening", "indicator"]
            ),
        ]
