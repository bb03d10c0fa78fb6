"""Putting the country pack into the database, and in a demonstration the invented people."""

from datetime import datetime

from django.db import connection, transaction

from himaya.accounts.models import Officer
from himaya.agencies.models import Agency, Desk
from himaya.audit.record import record
from himaya.cases.models import Case
from himaya.config.env import environment
from himaya.installation import invented, invented_ceremony, invented_services
from himaya.kernel.access import job
from himaya.packs.editions import keep
from himaya.packs.loader import current, edition

LOADER = job("loader")


def load(*, demo: bool) -> None:
    """Load agencies and desks, and once, in a demonstration, officers with their keys."""
    keep_editions()
    with transaction.atomic():
        at = _now()
        _load_agencies(at)
        if demo and not Officer.objects.exists():
            invented_ceremony.hold(actor=LOADER, at=at)  # before the desks' keys: it opens them all
            invented.enrol(actor=LOADER, at=at)
            invented_services.bring(actor=LOADER, at=at)


def keep_editions() -> None:
    """Keep the pack as an edition, and make sure that every edition that cases go by is here.

    Raises PackError when the version was loaded with other content, or when an edition is lost:
    without its steps and deadlines a case could not go on, so nothing starts.
    """
    keep(environment().pack, current(), environment().data)
    for code in Case.objects.order_by().values_list("pack", flat=True).distinct():
        edition(code)


def _now() -> datetime:
    with connection.cursor() as cursor:
        cursor.execute("SELECT now()")
        moment: datetime = cursor.fetchone()[0]
    return moment


def _load_agencies(at: datetime) -> None:
    """Bring agencies and desks to what the pack says; none is ever removed."""
    changed: list[Agency | Desk] = []
    for spec in current().agencies:
        agency = Agency.objects.filter(code=spec.id).first() or Agency(code=spec.id)
        wanted = (spec.kind.value, spec.label.en, spec.label.ar, spec.ended_on)
        if (agency.kind, agency.label_en, agency.label_ar, agency.ended_on) != wanted:
            agency.kind, agency.label_en, agency.label_ar, agency.ended_on = wanted
            agency.save()
            changed.append(agency)
    agencies = {agency.code: agency for agency in Agency.objects.all()}
    for position, place in enumerate(current().desks):
        desk = Desk.objects.filter(code=place.id).first() or Desk(code=place.id)
        described = {
            "agency_id": agencies[place.agency].pk,
            "kind": place.kind.value,
            "label_en": place.label.en,
            "label_ar": place.label.ar,
            "position": position,
        }
        if described != {name: getattr(desk, name) for name in described}:
            for name, value in described.items():
                setattr(desk, name, value)
            desk.save()
            changed.append(desk)
    if changed:
        record(
            act="pack.loaded",
            actor=LOADER,
            at=at,
            facts={"pack": current().id, "version": current().version},
            rows=changed,
        )
