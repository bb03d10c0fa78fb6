"""Invented services of a demonstration: some for its desks, some of bodies that do not exist."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from himaya.agencies.models import Desk
from himaya.directory.codes import TAXONOMY
from himaya.directory.hsds.stream import Found
from himaya.directory.operations.bringing_in import Rejection, bring_in
from himaya.installation.failure import Failure
from himaya.kernel.access import Actor
from himaya.packs.loader import current

NAMES = UUID("2b1df3a5-8f0f-4c53-8d64-5b3f2f0c8e10")
Service = dict[str, Any]
WORKDAYS = {"freq": "WEEKLY", "byday": "SU,MO,TU,WE,TH", "opens_at": "08:00", "closes_at": "15:00"}
ALWAYS = {"opens_at": "00:00", "closes_at": "00:00"}
# Whom the shelters of the demonstration take, one after the other; further ones take everybody.
SHELTERS: tuple[dict[str, Any], ...] = (
    {"himaya": {"sexes": ["female"], "families": "any"}},
    {"minimum_age": 18, "himaya": {"sexes": ["male"], "families": "none"}},
)
# Bodies without a desk here: name, kinds of help, more. All of it is invented, and says so.
ELSEWHERE: tuple[tuple[str, str, dict[str, Any]], ...] = (
    (
        "Invented clinic · عيادة مخترعة",
        "health psychosocial",
        {"himaya": {"channel": "Invented clinic, reception, box 1"}},
    ),
    (
        "Invented legal aid · مساعدة قانونية مخترعة",
        "legal documents",
        {"himaya": {"channel": "Invented legal aid, office, box 2"}},
    ),
    (
        "Invented interpreters · مترجمون مخترعون",
        "interpretation",
        {
            "interpretation_services": "By telephone, in many languages",
            "himaya": {"answers": "emergency"},
        },
    ),
    (
        "Invented house for children · دار أطفال مخترعة",
        "shelter guardianship",
        {"maximum_age": 17, "himaya": {"families": "none", "answers": "emergency"}},
    ),
    (
        "Invented training and work · تدريب وعمل مخترعان",
        "education livelihood",
        {"minimum_age": 16, "status": "temporarily closed", "alert": "Closed while nobody teaches"},
    ),
    (
        "Invented help to return · مساعدة مخترعة على العودة",
        "return family",
        {"assured_date": None},
    ),
)


def bring(*, actor: Actor, at: datetime) -> None:
    """Put them into the directory, as a file would."""
    listed = enumerate([*_of_desks(at), *_elsewhere(at)])
    found = (Found(1, f"/{number}", service) for number, service in listed)
    bring_in(actor=actor, at=at, services=found, rejected=_refuse)


def _refuse(rejection: Rejection) -> None:
    raise Failure(f"An invented service is wrong: {rejection.pointer} {rejection.reason}.")


def _of_desks(at: datetime) -> Iterator[Service]:
    """A shelter for each desk that is one, and help from each desk that leads cases."""
    desks = list(Desk.objects.select_related("agency").order_by("position", "code"))
    shelters = [desk for desk in desks if desk.kind == Desk.Kind.SHELTER]
    for number, desk in enumerate(shelters):
        whom = SHELTERS[number] if number < len(SHELTERS) else {"himaya": {}}
        free = {
            "free_places": 3 + number,
            "free_said_at": at.isoformat(),
            "free_said_by": desk.code,
        }
        own = {**whom["himaya"], "desk": desk.code, "answers": "emergency", **free}
        yield _service(
            f"Invented shelter {number + 1} · مأوى مخترع {number + 1}",
            "shelter food_and_clothes",
            at,
            {
                **whom,
                "himaya": own,
                "organization": _giver_of(desk),
                "service_at_locations": [_hidden_place(number)],
                "schedules": [_hours(f"shelter {number}", ALWAYS)],
            },
        )
    for number, desk in enumerate(desk for desk in desks if desk.kind == Desk.Kind.CASEWORK):
        yield _service(
            f"Invented case work {number + 1} · إدارة حالات مخترعة {number + 1}",
            "social_care psychosocial financial",
            at,
            {
                "himaya": {"desk": desk.code, "answers": "normal"},
                "organization": _giver_of(desk),
                "schedules": [_hours(f"case work {number}", WORKDAYS)],
            },
        )


def _elsewhere(at: datetime) -> Iterator[Service]:
    for name, needs, more in ELSEWHERE:
        giver = {"id": _key(f"giver of {name}"), "name": name, "description": "Invented"}
        hours = [_hours(name, WORKDAYS)]
        yield _service(name, needs, at, {"organization": giver, "schedules": hours, **more})


def _service(name: str, needs: str, at: datetime, more: dict[str, Any]) -> Service:
    known = [language.code for language in current().languages if language.tier == 1]
    assured = (at - timedelta(days=3)).date().isoformat()
    return {
        "id": _key(name),
        "name": name,
        "description": "Invented for the demonstration. Nobody gives this service.",
        "status": "active",
        "assured_date": assured,
        "attributes": [_need(name, code) for code in needs.split()],
        "languages": [{"id": _key(f"{name} {code}"), "code": code} for code in _some(known, name)],
        **more,
    }


def _some(codes: Sequence[str], name: str) -> list[str]:
    """The first two languages, and another that differs from service to service."""
    return list(dict.fromkeys([*codes[:2], codes[len(name) % len(codes)]]))


def _need(name: str, code: str) -> dict[str, Any]:
    term = {"id": _key(code), "code": code, "name": code, "description": code, "taxonomy": TAXONOMY}
    return {"id": _key(f"{name} {code}"), "taxonomy_term": term}


def _giver_of(desk: Desk) -> dict[str, Any]:
    agency = desk.agency
    return {
        "id": _key(f"agency {agency.code}"),
        "name": f"{agency.label_en} · {agency.label_ar}",
        "description": "The services that stand here for this body are invented.",
        "himaya": {"agency": agency.code, "kind": agency.kind},
    }


def _hidden_place(number: int) -> dict[str, Any]:
    districts = [district.id for district in current().districts]
    own: dict[str, Any] = {"confidential": True}
    if districts:
        own["district"] = districts[number % len(districts)]
    place = {"id": _key(f"hidden place {number}"), "location_type": "physical", "himaya": own}
    return {"id": _key(f"at hidden place {number}"), "location": place}


def _hours(name: str, hours: dict[str, str]) -> dict[str, Any]:
    return {"id": _key(f"hours of {name}"), **hours}


def _key(name: str) -> str:
    return str(uuid5(NAMES, name))
