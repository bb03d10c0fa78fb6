"""Grants go on for longer, on the same basis. Needs no private key: the sealed one stays."""

from datetime import datetime

from django.db.models import QuerySet

from himaya.vault.models import Grant


def prolong(grants: QuerySet[Grant], *, until: datetime) -> list[Grant]:
    """Let these grants end at another moment; the caller's operation says why, and records them.

    A grant is never changed: each is replaced under its own id. Returns them.
    """
    found = list(grants.exclude(until=until))
    grants.filter(id__in=[grant.id for grant in found]).delete()
    for grant in found:
        grant.until = until
    return list(Grant.objects.bulk_create(found))
