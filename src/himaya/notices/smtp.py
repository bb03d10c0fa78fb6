"""Handing a message to the mail server. The envelope and the headers say nothing of the service."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from uuid import UUID

from himaya.config.mail import MailServer
from himaya.notices.letters import Letter

SECONDS = 5  # the worker numbers the ledger between two messages
TROUBLE = (OSError, smtplib.SMTPException)


@dataclass(frozen=True, slots=True)
class Line:
    """An open line to the mail server."""

    server: MailServer
    smtp: smtplib.SMTP

    def send(self, letter: Letter, *, address: str, message_id: UUID, at: datetime) -> None:
        """Send one message. Its Message-ID is made of the row's id: a copy is known as one."""
        message = EmailMessage()
        message["From"], message["To"] = self.server.sender, address
        message["Subject"], message["Date"] = letter.subject, format_datetime(at)
        message["Message-ID"] = f"<{message_id}@{self.server.domain}>"
        message.set_content(letter.text)
        if letter.answers is None:
            self.smtp.send_message(message)
            return
        _mark_as_automatic(message, letter.answers)
        # Without a sender on the envelope, a refusal of it comes back to nobody.
        self.smtp.send_message(message, from_addr="<>")


def _mark_as_automatic(message: EmailMessage, answers: str) -> None:
    """Tell every machine on the way that a machine wrote this. Source: RFC 3834, section 3."""
    message["Auto-Submitted"] = "auto-replied"
    message["X-Auto-Response-Suppress"] = "All"
    if answers:
        message["In-Reply-To"] = message["References"] = answers


@contextmanager
def line_to(server: MailServer) -> Iterator[Line]:
    """A line to the mail server. Greets it by the sender's domain and not by this machine's name.

    Raises one of TROUBLE when it is away, its certificate is wrong, or it refuses us.
    """
    context = ssl.create_default_context()
    with _called(server, context) as smtp:
        if server.protection == "starttls":
            smtp.starttls(context=context)
        if server.user:
            smtp.login(server.user, server.password)
        yield Line(server, smtp)


def _called(server: MailServer, context: ssl.SSLContext) -> smtplib.SMTP:
    where, name = (server.host, server.port), server.domain
    if server.protection == "tls":
        return smtplib.SMTP_SSL(*where, local_hostname=name, timeout=SECONDS, context=context)
    return smtplib.SMTP(*where, local_hostname=name, timeout=SECONDS)
