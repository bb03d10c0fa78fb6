"""Partners, read for whoever runs the installation."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Max, Q

from himaya.doors.models import Partner, PartnerKey


def standing_of_partners(at: datetime) -> Iterator[tuple[str, datetime | None]]:
    """Each partner's name, and until when its last key works; None without one in force."""
    in_force = PartnerKey.objects.filter(Q(revoked_at=None), expires_at__gt=at)
    until = dict(in_force.values_list("partner").annotate(Max("expires_at")))
    for partner in Partner.objects.order_by("name"):
        yield partner.name, until.get(partner.pk)
