"""Whether a message may be answered by itself, and to whom. Source: RFC 3834, sections 2 to 4."""

import re
from email.message import Message
from email.utils import getaddresses

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

# A person's message has none of these; lists, bulk mail and other machines do.
OF_LISTS = ("List-Id", "List-Post", "List-Unsubscribe", "List-Help", "X-Loop", "X-Autoreply")
BULK = frozenset({"bulk", "list", "junk", "auto_reply"})
MACHINES = re.compile(
    r"^(mailer-daemon|postmaster|no-?reply|do-?not-?reply|bounces?|listserv|majordomo|owner-.*"
    r"|.*-(request|bounces?|owner))(\+.*)?@",
    re.IGNORECASE,
)
MOST_HOPS = 25
LONGEST_ADDRESS = 254


def answer_to(message: Message, ours: frozenset[str]) -> str:
    """The one address that may be told that its message arrived; empty when nobody may.

    ours: our own addresses. Answers go where the message came from by its envelope, which a mail
    server writes into Return-Path; a writer who names another place is not believed.
    """
    if is_by_a_machine(message) or len(message.get_all("Received", [])) > MOST_HOPS:
        return ""
    sender = _only(message, "From")
    by_envelope = _only(message, "Return-Path") if "Return-Path" in message else sender
    if sender != by_envelope or not _can_be_answered(sender, ours):
        return ""
    return sender if ours & _all(message, "To", "Cc") else ""


def is_by_a_machine(message: Message) -> bool:
    """True for bounces, automatic answers, lists and bulk mail."""
    if _said(message, "Auto-Submitted") not in {"", "no"}:
        return True
    if _said(message, "Precedence") in BULK or _said(message, "X-Spam-Flag") == "yes":
        return True
    if _said(message, "X-Auto-Response-Suppress") not in {"", "none"}:
        return True
    return any(name in message for name in OF_LISTS) or _is_bounce_by_envelope(message)


def is_bounce(message: Message) -> bool:
    """True for what a mail server, and no person, says of a message that did not arrive.

    All three signs must be there, so that nobody's words are ever taken for one.
    """
    kind = str(message.get_param("report-type", "")).lower()
    if message.get_content_type() != "multipart/report" or kind != "delivery-status":
        return False
    parts = {part.get_content_type() for part in message.walk()}
    return "message/delivery-status" in parts and _is_bounce_by_envelope(message)


def _is_bounce_by_envelope(message: Message) -> bool:
    return "Return-Path" in message and not _all(message, "Return-Path")


def _said(message: Message, name: str) -> str:
    """The first word of a header, in small letters."""
    return re.split(r"[;,\s(]", str(message.get(name, "")).strip().lower())[0]


def _only(message: Message, name: str) -> str:
    """The address in a header; empty when there is none, or more than one."""
    found = _all(message, name)
    return next(iter(found)) if len(found) == 1 else ""


def _all(message: Message, *names: str) -> frozenset[str]:
    values = [str(value) for name in names for value in message.get_all(name, [])]
    addresses = (address.strip().casefold() for _who, address in getaddresses(values))
    return frozenset(filter(None, addresses))


def _can_be_answered(address: str, ours: frozenset[str]) -> bool:
    if not address or address in ours or MACHINES.match(address):
        return False
    try:
        validate_email(address)
    except ValidationError:
        return False
    return address.isascii() and len(address) <= LONGEST_ADDRESS
