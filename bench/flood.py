"""Ten thousand made-up reports in one hour around twenty real ones: when is each real one read?

A quarter each is random, copied, told anew and urgent. A desk reads thirty an hour in the order of
its own list. HIMAYA_BENCH_LINES says over how many addresses the made-up ones come; without it
three numbers are tried. What is stored is what stays of a report; sealing is `bench intake`'s.
"""

import json
import os
import time
from datetime import UTC, datetime
from statistics import median

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "himaya.config.worker"
django.setup()

from django.db import connection, transaction  # noqa: E402 - needs the line above
from psycopg.conninfo import make_conninfo  # noqa: E402

from himaya.agencies.models import Desk  # noqa: E402
from himaya.config.env import database_from  # noqa: E402
from himaya.installation.inside import opened  # noqa: E402
from himaya.installation.temporary import Running  # noqa: E402
from himaya.kernel.access import Actor  # noqa: E402
from himaya.reporting.listing import arms_of  # noqa: E402
from himaya.reporting.models import Report  # noqa: E402
from tests.factories.flood import flood, read_in_turn, stored  # noqa: E402

FAKES, REAL, AN_HOUR = 10_000, 20, 30
LINES = (100, 200, 10_000)
AIM_LINES = 200  # over more, made-up reports that are like no other cannot be told from real ones


def measured(lines: int) -> dict[str, object]:
    """One flood over so many addresses, taken away again afterwards."""
    with transaction.atomic():
        desk = Desk.objects.filter(kind=Desk.Kind.INTAKE).order_by("code").first()
        assert desk, "the pack has an intake desk"
        reader = Actor(kind="officer", name="intake_officer", desk_ids=frozenset({desk.pk}))
        told = flood(1, FAKES, REAL, datetime.now(UTC), lines)
        began = time.perf_counter()
        kept = stored(told, desk.pk)
        took = time.perf_counter() - began
        order = [row for arm in sorted(arms_of(reader), key=lambda arm: arm.rank)
                 for row in arm.reports.order_by("due_at", "id")]  # fmt: skip
        seen = read_in_turn(kept, order, told[0].at, AN_HOUR)
        due = dict(Report.objects.filter(pk__in=kept).values_list("pk", "due_at"))
        real = [pk for pk in seen if kept[pk].real]
        waited = [(seen[pk] - kept[pk].at).total_seconds() / 3600 for pk in real]
        found = {
            "lines": lines,
            "behind": Report.objects.filter(pk__in=kept, set_back=True).count(),
            "late": sum(seen[pk] > due[pk] for pk in real),
            "median_hours": round(median(waited), 1),
            "longest_hours": round(max(waited), 1),
            "seconds_to_store_and_compare": round(took, 1),
        }
        transaction.set_rollback(True)
    return found


def main(running: Running, *, as_json: bool) -> int:
    """Measure, print, and end with one line of JSON; 1 when a real report is read too late."""
    asked = os.environ.get("HIMAYA_BENCH_LINES")
    with opened(running.place) as server:
        dsn = make_conninfo(server.administrator(), dbname=server.database)
        connection.settings_dict.update(database_from(dsn))
        found = [measured(int(asked))] if asked else [measured(lines) for lines in LINES]
    if not as_json:
        for each in found:
            print(
                f"{FAKES} made up over {each['lines']} lines, {REAL} real, {AN_HOUR} read an hour:"
                f" {each['late']} read too late; waited {each['median_hours']} hours (median),"
                f" {each['longest_hours']} at most; {each['behind']} stood behind."
            )
        print(f"The aim: none read too late over {AIM_LINES} lines or fewer.")
    print(json.dumps({"aims": {"late": 0, "lines": AIM_LINES}, "floods": found}))
    late = [each for each in found if each["late"] and int(str(each["lines"])) <= AIM_LINES]
    return 1 if late else 0
