"""The address that gateways call. It answers in their form, and never in words of a report."""

import time
from datetime import datetime
from http import HTTPStatus
from importlib import import_module
from typing import cast
from zoneinfo import ZoneInfo

import structlog
from django.db import Error as DatabaseFault
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from himaya.config.doors import Gateway
from himaya.config.env import environment
from himaya.doors import standing
from himaya.doors.counting import Share
from himaya.doors.errors import TooLarge, TooMany
from himaya.doors.intake import take
from himaya.doors.messages.incoming import Adapter, may_answer
from himaya.doors.messages.signing import HEADER, Signed, check
from himaya.doors.operations import see
from himaya.kernel.access import Actor
from himaya.kernel.errors import Refusal
from himaya.notices.wording import wording
from himaya.packs.loader import current
from himaya.reporting.contents import Told
from himaya.reporting.models import Report
from himaya.reporting.public.arrival import database_time
from himaya.reporting.public.upload import announced

log = structlog.get_logger("himaya.doors")
GATEWAYS = Actor(kind="site", name="gateways")
LARGEST = 256 * 1024
SHARE = Share(most=1200)


@transaction.non_atomic_requests
@require_POST
def door(request: HttpRequest, name: str) -> HttpResponse:
    """Take one message. Answered only once it is stored for good."""
    try:
        if announced(request) > LARGEST:
            raise TooLarge
        header = request.headers.get(HEADER, "")
        signed = check(environment().gateways(), name, header, request.body, time.time())
        if not SHARE.allows(name.encode(), time.monotonic()):
            raise TooMany
        return _taken(signed, request.body)
    except Refusal as refusal:
        said = {"code": refusal.code, "sentence": refusal.sentence()}
        return JsonResponse(said, status=refusal.status, headers=_later(refusal.status))
    except DatabaseFault as fault:
        log.error("database", kind=type(fault).__name__)
        away = HTTPStatus.SERVICE_UNAVAILABLE
        return JsonResponse({"code": "doors.not_now"}, status=away, headers=_later(away))


def _taken(signed: Signed, body: bytes) -> HttpResponse:
    adapter = _adapter(signed.gateway)
    incoming = adapter.read(body)
    told = incoming.told(signed.gateway.language)
    with transaction.atomic():
        at = database_time()
        see(actor=GATEWAYS, seen_id=signed.seen_id, until=signed.until, at=at)
        name = f"{signed.gateway.name}\0{incoming.name}".encode("utf-8", "replace")
        take(
            actor=GATEWAYS,
            channel=Report.Channel.SMS,
            told=told,
            name=name,
            at=at,
            sender=told.contact.how,
        )
        transaction.on_commit(
            lambda: standing.arrived(signed.gateway.name, environment().data), robust=True
        )
    return JsonResponse(dict(adapter.reply(_answer(told, at))))


def _answer(told: Told, at: datetime) -> str | None:
    """Neutral words, when the person said that they may be answered here at this hour."""
    if not may_answer(told.contact, at, ZoneInfo(current().calendar.time_zone)):
        return None
    _subject, text = wording("received").in_language(told.language)
    return text


def _adapter(gateway: Gateway) -> Adapter:
    module = import_module(f"himaya.doors.messages.{gateway.adapter}")
    return cast(Adapter, module.adapter)


def _later(status: int) -> dict[str, str]:
    """When to try again, where trying again helps."""
    again = {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE}
    return {"Retry-After": "60"} if status in again else {}
