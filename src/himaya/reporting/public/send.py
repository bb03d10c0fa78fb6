"""Send: the report is sealed and stored, or the page says plainly that it was not."""

from http import HTTPStatus
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import Error as DatabaseFault
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from himaya.kernel.access import REPORTERS_SITE
from himaya.kernel.errors import Refusal
from himaya.packs.loader import current
from himaya.reporting.contents import Told
from himaya.reporting.errors import AlreadyReceived, NothingSaid, TooLong
from himaya.reporting.operations.submit import submit
from himaya.reporting.public import presenters
from himaya.reporting.public.arrival import ReporterRequest, database_time, reporters_page
from himaya.reporting.public.carry import Carried
from himaya.reporting.public.failure import NOT_STORED, TOO_OLD
from himaya.reporting.public.steps import answered, asked, show_step, too_large
from himaya.reporting.receipts import grouped, numbers_of, open_receipt
from himaya.reporting.rules import check_may_send
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
    return _taken(request, carried, told)


def _taken(request: ReporterRequest, carried: Carried, told: Told) -> HttpResponse:
    report_id, digits = numbers_of(bytes.fromhex(carried.seed), told.canonical())
    pathway = current()
    try:
        check_may_send(told)
        submit(
            actor=REPORTERS_SITE,
            told=told,
            report_id=report_id,
            receipt=open_receipt(digits),
            at=database_time(),
        )
    except AlreadyReceived:
        pass  # the button was pressed twice: the same receipt is right
    except (NothingSaid, TooLong) as refusal:
        return show_step(request, carried, status=refusal.status, sentence=refusal.message)
    except (DatabaseFault, Refusal):
        return show_step(
            request, carried, status=HTTPStatus.SERVICE_UNAVAILABLE, sentence=NOT_STORED
        )
    context = {"receipt": grouped(digits), "reading": presenters.promise(told, pathway)}
    return render(request, "reporting/public/sent.html", context)


def _files(request: ReporterRequest) -> tuple[File, ...]:
    """The files of the form. Only the page before Send asks for any."""
    uploaded: list[UploadedFile[Any]] = request.FILES.getlist("file")
    return tuple(File(each.name or "", each.content_type or "", each.read()) for each in uploaded)
