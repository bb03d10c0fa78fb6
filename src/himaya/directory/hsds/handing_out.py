"""Every service of the directory, a few at a time, as a file of HSDS."""

import json
from collections.abc import Iterator
from uuid import UUID

from himaya.agencies.models import Agency, Desk
from himaya.directory.hsds.writing import Codes, written
from himaya.directory.models import Service

AT_ONCE = 200
FIRST = UUID(int=0)


def codes() -> Codes:
    """Codes of every agency and desk."""
    return Codes(
        agencies=dict(Agency.objects.values_list("pk", "code")),
        desks=dict(Desk.objects.values_list("pk", "code")),
    )


def lines() -> Iterator[str]:
    """A JSON list of services in the order of their identifiers, one a line, of any length."""
    known, before, separator = codes(), FIRST, ""
    yield "[\n"
    while services := list(Service.objects.filter(pk__gt=before).order_by("pk")[:AT_ONCE]):
        for service in written(services, known):
            yield separator + json.dumps(service, ensure_ascii=False, separators=(",", ":"))
            separator = ",\n"
        before = services[-1].pk
    yield "\n]\n"
