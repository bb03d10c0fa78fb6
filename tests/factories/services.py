"""Services that nobody gives: as files of HSDS, and as rows."""

import io
import json
from typing import Any
from uuid import UUID, uuid5

from himaya.audit.record import record
from himaya.directory.hsds.handing_out import lines
from himaya.directory.hsds.stream import services_of
from himaya.directory.models import Organization, Service, Shift
from himaya.directory.operations.bringing_in import Rejection, Tally, bring_in
from himaya.kernel.access import job
from tests.factories.moments import NOON
from tests.factories.people import People

NAMES = UUID("3d0f2a76-0d5e-4d0e-9b0a-5f6f5f0f7a11")
IMPORT = job("import")


def key(name: str) -> str:
    """The identifier of something invented."""
    return str(uuid5(NAMES, name))


def organization(name: str = "Harbour House", **more: object) -> dict[str, Any]:
    """Who gives it."""
    return {"id": key(name), "name": name, "description": f"{name}, invented", **more}


def place(name: str = "front door", **more: object) -> dict[str, Any]:
    """A service at a location with an address."""
    address = {
        "id": key(f"address of {name}"),
        "address_1": "1 Invented Street",
        "city": "Nowhere",
        "state_province": "Nowhere",
        "postal_code": "",
        "country": "AQ",
        "address_type": "physical",
    }
    location = {
        "id": key(name),
        "location_type": "physical",
        "name": name,
        "addresses": [address],
        **more,
    }
    return {"id": key(f"at {name}"), "location": location}


def confidential(name: str = "secret place", district: str = "hawally") -> dict[str, Any]:
    """A service at a location of which only the district is known."""
    own = {"confidential": True, "district": district}
    location = {"id": key(name), "location_type": "physical", "himaya": own}
    return {"id": key(f"at {name}"), "location": location}


def service(
    name: str = "Night shelter", *, needs: tuple[str, ...] = (), **more: object
) -> dict[str, Any]:
    """A service that takes everybody."""
    found = {
        "id": key(name),
        "name": name,
        "status": "active",
        "organization": organization(),
        **more,
    }
    if needs:
        found["attributes"] = [need(name, code) for code in needs]
    return found


def need(name: str, code: str) -> dict[str, Any]:
    """That a service is of one kind of help."""
    term = {
        "id": key(code),
        "code": code,
        "name": code,
        "description": code,
        "taxonomy": "himaya.need",
    }
    return {"id": key(f"{name} {code}"), "taxonomy_term": term}


def brought_in(*services: object, at: Any = NOON) -> tuple[Tally, list[Rejection]]:
    """What became of these services, and which were rejected."""
    return brought_in_bytes(json.dumps(services).encode(), at=at)


def brought_in_bytes(content: bytes, at: Any = NOON) -> tuple[Tally, list[Rejection]]:
    """The same of a file."""
    rejections: list[Rejection] = []
    found = services_of(io.BytesIO(content))
    tally = bring_in(actor=IMPORT, at=at, services=found, rejected=rejections.append)
    return tally, rejections


def handed_out() -> list[dict[str, Any]]:
    """What the export holds."""
    found: list[dict[str, Any]] = json.loads("".join(lines()))
    return found


def make_service(
    name: str = "Night shelter", *, needs: tuple[str, ...] = ("shelter",), **columns: object
) -> Service:
    """A service as a row, with these columns."""
    giver, _made = Organization.objects.get_or_create(
        pk=key("Harbour House"),
        defaults={"name": "Harbour House", "description": "invented", "changed_at": NOON},
    )
    return Service.objects.create(
        **{
            "organization": giver,
            "name": name,
            "status": "active",
            "needs": list(needs),
            "changed_at": NOON,
            "assured_date": NOON.date(),
            **columns,
        }
    )


def on_ground(people: People, script: str) -> dict[str, object]:
    """What stands in addresses of the directory and the rosters. script: words that try to run."""
    name = f"House of {people.worker.desk.code}"
    where = place(f"place of {name}", description=script)
    giver = organization(f"Giver of {name}", alternate_name=script)
    made = service(
        name,
        needs=("shelter",),
        alert=script,
        description=script,
        organization=giver,
        service_at_locations=[where],
        himaya={"desk": people.worker.desk.code},
    )
    _tally, rejected = brought_in(made, at=NOON)
    assert rejected == []
    shift = Shift.objects.create(
        desk=people.worker.desk,
        officer=people.worker.officer,
        first_on=NOON.date(),
        minute=0,
        minutes=60,
    )
    record(act="tests.shift", actor=IMPORT, at=NOON, rows=[shift])
    return {
        "service_id": key(name),
        "organization_id": giver["id"],
        "location_id": where["location"]["id"],
        "shift_id": shift.pk,
    }
