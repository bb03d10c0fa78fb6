"""Send: the report is sealed and stored, or the page says plainly that it was not."""

from contextlib import suppress
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import Error as DatabaseFault
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from himaya.kernel.access import REPORTERS_SITE
from himaya.kernel.errors import Refusal
from himaya.packs.loader import current
from himaya.reporting import spool
from himaya.reporting.contents import Told
from himaya.reporting.desk_keys import last_desk_keys
from himaya.reporting.envelopes import Envelope
from himaya.reporting.errors import (
    AlreadyReceived,
    NotAnEnvelope,
    NothingSaid,
    OtherReaders,
    TooLong,
)
from himaya.reporting.operations.submit import submit
from himaya.reporting.public import presenters
from himaya.reporting.public.arrival import ReporterRequest, database_time, reporters_page
from himaya.reporting.public.asked import answered, asked
from himaya.reporting.public.carry import Carried, pack
from himaya.reporting.public.failure import NOT_STORED, TOO_OLD
from himaya.reporting.public.pace import came_with_many
from himaya.reporting.public.replaying import is_away, keep_replaying
from himaya.reporting.public.steps import show_step, too_large
from himaya.reporting.public.upload import ENVELOPE
from himaya.reporting.receipts import Opened, grouped, numbers_of, open_receipt
from himaya.reporting.rules import check_may_send
from himaya.reporting.sealing import seal_report
from himaya.vault.files import File


@reporters_page
def send(request: ReporterRequest) -> HttpResponse:
    """Take the report. The receipt is shown only after the database has it for good."""
    if request.method != "POST":
        return HttpResponseRedirect("/1", status=HTTPStatus.SEE_OTHER)
    form = asked(request, request.carried)
    carried = answered(request.carried, form)
    if request.too_large:
        return too_large(request, carried, form)
    if request.is_fresh or (form is not None and not form.is_valid()):
        sentence = TOO_OLD if request.is_fresh else ""
        return show_step(
            request, carried, form, status=HTTPStatus.UNPROCESSABLE_ENTITY, sentence=sentence
        )
    if request.chose_language:
        return show_step(request, carried, form)
    told = carried.answers.told(carried.language, _files(request))
    try:
        envelope = _envelope(request)
    except NotAnEnvelope as refusal:
        return show_step(request, carried, status=refusal.status, sentence=refusal.message)
    return _taken(request, carried, told, envelope)


def _taken(
    request: ReporterRequest, carried: Carried, told: Told, envelope: Envelope | None
) -> HttpResponse:
    sealed = envelope.digest.encode() if envelope else b""
    report_id, digits = numbers_of(bytes.fromhex(carried.seed), told.canonical() + sealed)
    pathway = current()
    try:
        check_may_send(told, enveloped=envelope is not None and not envelope.is_empty)
        _keep(request, told, envelope, report_id, open_receipt(digits))
    except AlreadyReceived:
        pass  # the button was pressed twice: the same receipt is right
    except (NothingSaid, TooLong, OtherReaders) as refusal:
        return show_step(request, carried, status=refusal.status, sentence=refusal.message)
    except (DatabaseFault, OSError, Refusal):
        return show_step(
            request, carried, status=HTTPStatus.SERVICE_UNAVAILABLE, sentence=NOT_STORED
        )
    coming_back = carried.anew(digits=digits)
    context = {
        "receipt": grouped(digits),
        "reading": presenters.promise(told, pathway),
        "carried": pack(coming_back, request.seen_at.date()),
    }
    return render(request, "reporting/public/sent.html", context)


def _keep(
    request: ReporterRequest,
    told: Told,
    envelope: Envelope | None,
    report_id: UUID,
    receipt: Opened,
) -> None:
    """Store the report; while the database is away, sealed on this machine's disk."""
    set_back = came_with_many(request.META.get("REMOTE_ADDR", ""))
    if not is_away():
        with suppress(OperationalError, InterfaceError):
            submit(
                actor=REPORTERS_SITE,
                told=told,
                report_id=report_id,
                receipt=receipt,
                at=database_time(),
                envelope=envelope,
                set_back=set_back,
            )
            return
    made = seal_report(
        told,
        report_id=report_id,
        receipt=receipt,
        pack=current(),
        at=request.seen_at,
        envelope=envelope,
        keys=last_desk_keys(),
    )
    made.report.set_back = set_back
    spool.put(made)
    keep_replaying(away=True)


def _envelope(request: ReporterRequest) -> Envelope | None:
    """What the reporter's browser sealed; None where it has no script that does."""
    sent = request.FILES.get(ENVELOPE)
    return Envelope.from_bytes(sent.read()) if sent else None


def _files(request: ReporterRequest) -> tuple[File, ...]:
    """The files of the form. Only the page before Send asks for any."""
    uploaded: list[UploadedFile[Any]] = request.FILES.getlist("file")
    return tuple(File(each.name or "", each.content_type or "", each.read()) for each in uploaded)
