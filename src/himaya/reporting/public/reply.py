"""Coming back with a receipt: is there a reply, read it, put it away, write again."""

from collections.abc import Callable
from contextlib import suppress
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
from himaya.reporting.conversation import Conversation, conversation_of, line_of
from himaya.reporting.errors import AlreadyReceived
from himaya.reporting.operations.converse import give_second, put_away, write_again
from himaya.reporting.public.arrival import ReporterRequest, database_time, reporters_page
from himaya.reporting.public.carry import Carried, pack
from himaya.reporting.public.failure import NOT_NOW, NOT_STORED
from himaya.reporting.public.forms import MessageForm, ReceiptForm
from himaya.reporting.receipts import digits_in, grouped, numbers_of, open_receipt, second_of

LONGEST_TYPED = 200
ASKS_AGAIN = "again"
Then = Callable[[ReporterRequest, Carried, Conversation], HttpResponse]


@reporters_page
def look(request: ReporterRequest) -> HttpResponse:
    """Enter the digits; then hear whether there is a message, and no more than that.

    The work is the same whether or not the number was ever given; so is the length of the
    answer, which the site fills up to one size.
    """
    if ASKS_AGAIN in request.words:
        return _ask(request)
    if "number" in request.words:
        digits = digits_in(request.words.get("number", "")[:LONGEST_TYPED])
        return _opened(request, _anew(request, digits), _found)
    if request.carried.digits:
        return _opened(request, _anew(request, request.carried.digits), _found)
    return _ask(request)


@reporters_page
def second(request: ReporterRequest) -> HttpResponse:
    """A second number, for whoever may be made to show their messages."""
    return _opened(request, request.carried, _second)


@reporters_page
def read(request: ReporterRequest) -> HttpResponse:
    """The message itself, after a further tap."""
    return _opened(request, request.carried, _letter)


@reporters_page
def put_aside(request: ReporterRequest) -> HttpResponse:
    """I have read it: the reporter's copy is emptied, and the number opens it no more."""
    return _opened(request, request.carried, _put_aside)


@reporters_page
def filed(request: ReporterRequest) -> HttpResponse:
    """What proves that the words arrived, to copy by hand; the same with the second number."""
    return _opened(request, request.carried, _filed)


@reporters_page
def write(request: ReporterRequest) -> HttpResponse:
    """Write again, to the desks that read the report."""
    return _opened(request, request.carried, _write)


def _opened(request: ReporterRequest, carried: Carried, then: Then) -> HttpResponse:
    """Look the number up and go on with what it opens, in one transaction.

    What was opened, or a thank-you, leaves only after the database has kept the trace of it.
    """
    if request.method != "POST":
        return HttpResponseRedirect("/5", status=HTTPStatus.SEE_OTHER)
    receipt = open_receipt(carried.digits)
    try:
        with transaction.atomic():
            conversation = conversation_of(receipt)
            if conversation is None:
                return _ask(request, unknown=True)
            return then(request, carried, conversation)
    except (DatabaseFault, Refusal):
        return _talk(
            request,
            carried,
            form=MessageForm(request.words),
            sentence=NOT_STORED if then is _write else NOT_NOW,
            status=HTTPStatus.SERVICE_UNAVAILABLE,
        )


def _anew(request: ReporterRequest, digits: str) -> Carried:
    """A fresh seed, so that what is written next is a message of its own."""
    return request.carried.anew(digits=digits)


def _ask(request: ReporterRequest, *, unknown: bool = False) -> HttpResponse:
    context = _context(request, _anew(request, ""), "/5")
    context |= {"form": ReceiptForm(), "unknown": unknown}
    return render(request, "reporting/public/look.html", context)


def _found(request: ReporterRequest, carried: Carried, found: Conversation) -> HttpResponse:
    return _talk(request, carried, waiting=found.letter is not None)


def _letter(request: ReporterRequest, carried: Carried, found: Conversation) -> HttpResponse:
    if found.letter is None:
        return _found(request, carried, found)
    shown = replace(carried, letter=str(found.letter.id))
    return _talk(request, shown, letter=found.read(found.letter), language_to="/6")


def _put_aside(request: ReporterRequest, carried: Carried, found: Conversation) -> HttpResponse:
    if carried.letter:
        put_away(
            actor=REPORTERS_SITE,
            conversation=found,
            message_id=UUID(carried.letter),
            at=database_time(),
        )
    left = conversation_of(found.receipt) or found
    return _found(request, replace(carried, letter=""), left)


def _second(request: ReporterRequest, carried: Carried, found: Conversation) -> HttpResponse:
    digits = second_of(carried.digits)
    # With the second number nobody makes a third: the page says that there is no message.
    if found.is_empty:
        return _found(request, carried, found)
    with suppress(AlreadyReceived):  # the button was pressed twice: the same number is right
        give_second(
            actor=REPORTERS_SITE,
            conversation=found,
            digits=digits,
            receipt=open_receipt(digits),
            at=database_time(),
        )
    context = _context(request, carried, "/10") | {"receipt": grouped(digits)}
    return render(request, "reporting/public/second.html", context)


def _filed(request: ReporterRequest, carried: Carried, found: Conversation) -> HttpResponse:
    context = _context(request, carried, "/12") | {"line": line_of(found.receipt)}
    return render(request, "reporting/public/filed.html", context)


def _write(request: ReporterRequest, carried: Carried, found: Conversation) -> HttpResponse:
    form = MessageForm(request.words)
    waiting = found.letter is not None
    if request.chose_language or not form.is_valid():
        wrong = HTTPStatus.OK if request.chose_language else HTTPStatus.UNPROCESSABLE_ENTITY
        return _talk(request, carried, waiting=waiting, form=form, status=wrong)
    text = form.cleaned_data["message"]
    message_id, _unused = numbers_of(bytes.fromhex(carried.seed), text.encode())
    try:
        write_again(
            actor=REPORTERS_SITE,
            conversation=found,
            message_id=message_id,
            text=text,
            at=database_time(),
        )
    except AlreadyReceived:
        pass  # the button was pressed twice
    except Refusal as refusal:
        return _talk(
            request,
            carried,
            waiting=waiting,
            form=form,
            sentence=refusal.message,
            status=refusal.status,
        )
    return _talk(request, _anew(request, carried.digits), waiting=waiting, written=True)


def _talk(
    request: ReporterRequest,
    carried: Carried,
    *,
    waiting: bool = False,
    letter: str = "",
    written: bool = False,
    form: MessageForm | None = None,
    sentence: str | Promise = "",
    language_to: str = "/5",
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    """The conversation's page: what waits, the letter that is open, and room to write."""
    context = _context(request, carried, language_to) | {
        "waiting": waiting,
        "letter": letter,
        "written": written,
        "form": form or MessageForm(),
        "sentence": sentence,
    }
    return render(request, "reporting/public/talk.html", context, status=status)


def _context(request: ReporterRequest, carried: Carried, language_to: str) -> dict[str, object]:
    return {
        "carried": pack(carried, request.seen_at.date()),
        "language_to": language_to,
        "left_out": request.left_out,
    }
