"""Files in a part of a case's file."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from himaya.cases.models.case import Case


class Document(models.Model):
    """A file that an officer put into a part of a case's file, seen by whoever holds its key.

    about: its name and kind, sealed; content: the file itself, sealed beside it, so that naming the
    documents of a part opens none of them. size_class: how large it is, as padded and no nearer.
    Goes with its part: shredded, nothing of it is left to open, and nobody sees that it was there.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    about = models.OneToOneField("vault.Sealed", on_delete=models.PROTECT, related_name="+")
    content = models.OneToOneField("vault.Sealed", on_delete=models.PROTECT, related_name="+")
    size_class = models.PositiveIntegerField()
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="cases_document_is_named_apart", condition=~Q(about=models.F("content"))
            ),
        ]
