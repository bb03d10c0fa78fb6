"""Emptying the mailbox: each message is stored for good before it is removed."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

import structlog
from django.db import transaction

from himaya.audit.record import record
from himaya.config.doors import MailboxServer
from himaya.config.env import environment
from himaya.doors import standing
from himaya.doors.counting import OnceADay
from himaya.doors.intake import take
from himaya.doors.mail import mailbox
from himaya.doors.mail.answering import answer_to, is_bounce
from himaya.doors.mail.mailbox import Folder, Raw
from himaya.doors.mail.reading import Mail, read
from himaya.kernel.access import job
from himaya.kernel.errors import Refusal
from himaya.notices import outbox
from himaya.reporting.models import Report

log = structlog.get_logger("himaya.doors")
MAILBOX = job("mailbox")
LONGEST_ROUND = 60  # seconds; what is left waits for the next
MOST_ANSWERS = 2_000  # a day, to everybody together: we are nobody's amplifier


@dataclass
class Fetching:
    """Empties one mailbox, again and again. answered: who was answered today, forgotten daily.

    begun: messages that were begun and not finished. They come last, so that one which always
    fails holds up no other. now: tells the moment of the transaction.
    """

    now: Callable[[], datetime]
    answered: OnceADay = field(default_factory=lambda: OnceADay(MOST_ANSWERS))
    begun: set[str] = field(default_factory=set)

    def run(self, server: MailboxServer) -> int:
        """Take what waits; how many messages were removed. A server that is away is asked later."""
        taken = 0
        until = time.monotonic() + LONGEST_ROUND
        try:
            with mailbox.folder_of(server) as folder:
                standing.looked(standing.MAILBOX, environment().data)
                for uid in sorted(folder.waiting(), key=self.begun.__contains__):
                    taken += self._one(folder, uid, server)
                    if time.monotonic() > until:
                        break
        except mailbox.TROUBLE as trouble:
            log.warning("mailbox.away", kind=type(trouble).__name__)
        return taken

    def _one(self, folder: Folder, uid: str, server: MailboxServer) -> bool:
        self.begun.add(uid)
        raw = folder.fetch(uid)
        if raw is None:
            return False
        try:
            self.keep(raw, server)
        except Refusal as refusal:  # no key to seal to: it waits in the mailbox
            log.error("mailbox.not_taken", code=refusal.code)
            return False
        folder.remove(uid)
        self.begun.discard(uid)
        return True

    @transaction.atomic
    def keep(self, raw: Raw, server: MailboxServer) -> None:
        """Store a message. When this returns it is committed: nothing is around it."""
        at = self.now()
        mail = read(raw.content, language=server.language, whole=raw.whole)
        if is_bounce(mail.message.obj):
            record(act="doors.bounce_removed", actor=MAILBOX, at=at)
            return
        taken = take(
            actor=MAILBOX,
            channel=Report.Channel.EMAIL,
            told=mail.told,
            name=mail.name,
            at=at,
            sender=mail.told.contact.how,
        )
        if taken.desk_id is not None:
            self._answer(mail, taken.desk_id, server, at)
            transaction.on_commit(
                lambda: standing.arrived(standing.MAILBOX, environment().data), robust=True
            )

    def _answer(self, mail: Mail, desk_id: UUID, server: MailboxServer, at: datetime) -> None:
        """Say that it arrived and where to go on, at most once a day to one address."""
        if not server.site:
            return
        to = answer_to(mail.message.obj, frozenset({server.address.casefold()}))
        if to and self.answered.first(to, at.date()):
            outbox.answer(
                actor=MAILBOX,
                to=to,
                answers=str(mail.message.obj.get("Message-ID", "")),
                subject_code="arrived",
                names={"site": server.site},
                desk_id=desk_id,
                language=mail.told.language,
                at=at,
            )
