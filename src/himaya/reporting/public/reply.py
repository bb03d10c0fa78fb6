"""Coming back with a receipt: is there a reply, read it, put it away, write again."""

from collections.abc import Callable
from dataclasses import replace
from http import HTTPStatus
from uuid import UUID

from django.db import Error as DatabaseFault
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.functional import Promise

from himaya.kernel.access import REPORTERS_SITE
from himaya.kernel.errors import Refusal
from himaya.reporting.conversation import Conversation, conversation_of
from himaya.reporting.errors import AlreadyReceived
from himaya.reporting.operations.converse import put_away, write_again
from himaya.reporting.public.arrival import ReporterRequest, reporters_page, transaction_time
from himaya.reporting.public.carry import Carried, pack
from himaya.reporting.public.even import even
from himaya.reporting.public.failure import NOT_STORED
from himaya.reporting.public.forms import MessageForm, ReceiptForm
from himaya.reporting.receipts import digits_in, numbers_of, open_receipt

LONGEST_TYPED = 200


@reporters_page
def look(request: ReporterRequest) -> HttpResponse:
    """Enter the digits; then hear whether there is a message, and no more than that.

    The answer is as long, and the work the same, whether or not the number was ever given.
    """
    if request.method != "POST" or request.chose_language:
        carried = Carried(language=request.carried.language)
        context = _context(request, carried, language_to="/5")
        return render(request, "reporting/public/look.html", {**context, "form": ReceiptForm()})
    carried = replace(
        Carried(language=request.carried.language),
        digits=digits_in(request.words.get("number", "")[:LONGEST_TYPED]),
    )
    return _with_conversation(request, carried, _found)


@reporters_page
def read(request: ReporterRequest) -> HttpResponse:
    """The message itself, after a further tap."""
    return _with_conversation(request, request.carried, _letter)


@reporters_page
def put_aside(request: ReporterRequest) -> HttpResponse:
    """I have read it: the reporter's copy is emptied, and cannot be read again with the number."""
    return _with_conversation(request, request.carried, _put_aside)


@reporters_page
def write(request: ReporterRequest) -> HttpResponse:
    """Write again, to the desks that read the report."""
    return _with_conversation(request, request.carried, _write)


Then = Callable[[ReporterRequest, Carried, Conversation], HttpResponse]


def _with_conversation(request: ReporterRequest, carried: Carried, then: Then) -> HttpResponse:
    """Look the number up and go on with what it opens, all in one transaction.

    What was opened or stored leaves this machine only after the database has kept the trace.
    """
    if request.method != "POST" or not carried.digits and request.is_fresh and then is not _found:
        return HttpResponseRedirect("/5", status=HTTPStatus.SEE_OTHER)
    receipt = open_receipt(carried.digits)
    try:
        with transaction.atomic():
            conversation = conversation_of(receipt)
            if conversation is None:
                return _unknown(request)
            return then(request, carried, conversation)
    except (DatabaseFault, Refusal):
        return _failed(request, carried)


def _unknown(request: ReporterRequest) -> HttpResponse:
    carried = Carried(language=request.carried.language)
    context = _context(request, carried, language_to="/5")
    return even(
        render(request, "reporting/public/look.html", {**context, "form": ReceiptForm(), "unknown": True})
    )


def _found(request: ReporterRequest, carried: Carried, found: Conversation) -> HttpResponse:
    return even(render(request, "reporting/public/found.html", _talk(request, carried, found)))


def _letter(request: ReporterRequest, carried: Carried, found: Conversation) -> HttpResponse:
    if found.letter is None:
        return _found(request, carried, found)
    shown = replace(carried, letter=str(found.letter.id))
    context = _talk(request, shown, found)
    context["letter"] = found.read(found.letter)
    return render(request, "reporting/public/letter.html", context)


def _put_aside(request: ReporterRequest, carried: Carried, found: Conversation) -> HttpResponse:
    if carried.letter:
        put_away(
            actor=REPORTERS_SITE,
            conversation=found,
            message_id=UUID(carried.letter),
            at=transaction_time(),
        )
    left = conversation_of(found.receipt)
    return _found(request, replace(carried, letter=""), left or found)


def _write(request: ReporterRequest, carried: Carried, found: Conversation) -> HttpResponse:
    form = MessageForm(request.words)
    if request.chose_language or not form.is_valid():
        return _written_wrong(request, carried, found, form)
    text = form.cleaned_data["message"]
    message_id, _unused = numbers_of(bytes.fromhex(carried.seed), text.encode())
    try:
        with transaction.atomic():
            write_again(
                actor=REPORTERS_SITE,
                conversation=found,
                message_id=message_id,
                text=text,
                at=transaction_time(),
            )
    except AlreadyReceived:
        pass  # the button was pressed twice
    except Refusal as refusal:
        return _written_wrong(request, carried, found, form, refusal.message)
    fresh = replace(Carried(language=carried.language), digits=carried.digits)
    return render(request, "reporting/public/written.html", _context(request, fresh))
