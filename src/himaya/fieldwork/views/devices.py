"""Registering the device at hand, revoking one, and what became of the records."""

import json
from http import HTTPStatus
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST, require_safe

from himaya.accounts.pages import OfficerRequest, officer_page
from himaya.fieldwork import handing, queries
from himaya.fieldwork.operations import devices
from himaya.fieldwork.presenters import lines
from himaya.kernel.access import Permission
from himaya.kernel.errors import Refusal


@require_safe
@officer_page(Permission.CARD_USE, Permission.ACCESS_SUPERVISE)
def listed(request: OfficerRequest) -> HttpResponse:
    """The officer's devices and what they brought; for a supervisor also those of the agency."""
    return _page(request)


def _page(
    request: OfficerRequest, *, sentence: str = "", status: int = HTTPStatus.OK
) -> HttpResponse:
    actor, uses = request.actor, request.actor.may(Permission.CARD_USE)
    others = queries.devices_supervised(actor) if actor.may(Permission.ACCESS_SUPERVISE) else []
    context = {
        "own": [lines.device_line(each) for each in queries.own_devices(actor)],
        "others": [lines.device_line(each, who=each.officer.username) for each in others],
        "supervises": actor.may(Permission.ACCESS_SUPERVISE),
        "cards": lines.lines(queries.sent_by(actor, request.at)) if uses else [],
        "uses": uses,
        "card": reverse("fieldwork:card", args=[(get_language() or "en").partition("-")[0]]),
        "sentence": sentence,
    }
    return render(request, "fieldwork/devices.html", context, status=status)


@require_POST
@sensitive_variables()
@officer_page(Permission.CARD_USE, fresh=True)
def register(request: OfficerRequest) -> HttpResponse:
    """Let this browser send records. Its secret is shown to it once, and to nobody."""
    try:
        handing.desk_key()  # a device that cannot seal is not registered
        registered = devices.register(actor=request.actor, at=request.at)
    except Refusal as refusal:
        return _page(request, sentence=refusal.sentence(), status=refusal.status)
    language = (get_language() or "en").partition("-")[0]
    context = {
        "mark": registered.device.mark,
        "said": json.dumps(handing.for_device(registered)),
        "next": reverse("fieldwork:card", args=[language]),
    }
    return render(request, "fieldwork/registered.html", context)


@require_POST
@officer_page(Permission.CARD_USE, Permission.ACCESS_SUPERVISE)
def revoke(request: OfficerRequest, device_id: UUID) -> HttpResponse:
    """Take nothing from a device any more."""
    try:
        devices.revoke(actor=request.actor, device_id=device_id, at=request.at)
    except Refusal as refusal:
        if refusal.status == HTTPStatus.NOT_FOUND:
            raise
        return _page(request, sentence=refusal.sentence(), status=refusal.status)
    return redirect("fieldwork:devices")
