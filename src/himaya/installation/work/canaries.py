"""Planting canaries, as the owner of the tables."""

from argparse import Namespace
from datetime import datetime, timedelta
from secrets import SystemRandom

from django.db import transaction

from himaya.accountability.operations.canaries import Seen, plant
from himaya.agencies.models import Desk
from himaya.cases.models import Case
from himaya.installation.clock import now
from himaya.installation.failure import Failure
from himaya.kernel.access import job
from himaya.packs.loader import current

CHANCE = SystemRandom()
OUTCOMES = (Case.Outcome.LOST_CONTACT, Case.Outcome.WITHDREW, Case.Outcome.REFERRED_ELSEWHERE)
# Workers of many countries, as they stand in lists; the figures never see these cases.
CITIZENSHIPS = ("BGD", "ETH", "IND", "IDN", "LKA", "NPL", "PHL")


def run(options: Namespace) -> int:
    """Plant so many at each desk that leads cases, or at one."""
    desks = Desk.objects.filter(kind=Desk.Kind.CASEWORK).order_by("position")
    if options.desk:
        desks = desks.filter(code=options.desk)
    screening = Desk.objects.filter(kind=Desk.Kind.IDENTIFICATION).order_by("position").first()
    if not desks or screening is None:
        raise Failure("There is no such desk that leads cases. `himaya psql` lists agencies_desk.")
    at = now()
    with transaction.atomic():
        for desk in desks:
            for _number in range(options.number):
                plant(
                    actor=job("canaries"),
                    desk_id=desk.pk,
                    identification_desk_id=screening.pk,
                    seen=_seen(at),
                    at=at,
                )
    print(f"{options.number * len(desks)} planted in {current().id}. Tell nobody which they are.")
    return 0


def _seen(at: datetime) -> Seen:
    """A case that was opened some time within two years and ended some weeks later."""
    opened_at = at - timedelta(days=CHANCE.randint(60, 700))
    opened_at = opened_at.replace(hour=CHANCE.randint(5, 11), minute=CHANCE.randint(0, 59))
    return Seen(
        opened_at=opened_at,
        closed_at=opened_at + timedelta(days=CHANCE.randint(5, 50), minutes=CHANCE.randint(0, 90)),
        outcome=CHANCE.choice(OUTCOMES),
        citizenship=CHANCE.choice(CITIZENSHIPS),
        sex=CHANCE.choice(("female", "male")),
    )
