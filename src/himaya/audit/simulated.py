"""Rows of invented countries: an entry says that there are some, and how they are known.

A million invented cases need no digest each: nobody is harmed when one is changed. What an act does
to such a row later is known like any other.
"""

import json

from himaya.audit.models import Entry, Pending

SIMULATED = "simulation.made"


def simulated_prefixes() -> tuple[str, ...]:
    """How the ids of invented rows begin. The entries were proved genuine before this is asked."""
    found = [
        json.loads(facts)["prefix"]
        for kind in (Entry, Pending)
        for facts in kind.objects.filter(act=SIMULATED).values_list("facts", flat=True)
    ]
    return tuple(f"{prefix}-" for prefix in found)
