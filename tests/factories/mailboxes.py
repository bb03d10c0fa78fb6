"""A mail server that keeps what it is handed, and says no when asked to."""

from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from email.policy import default


@dataclass
class Mailbox:
    """What arrived. refuses: recipients for whom there is no mailbox. greeted: how we called."""

    raw: list[bytes] = field(default_factory=list)
    refuses: set[str] = field(default_factory=set)
    greeted: list[str] = field(default_factory=list)

    @property
    def messages(self) -> list[Message]:
        """The messages, parsed."""
        return [message_from_bytes(each, policy=default) for each in self.raw]

    async def handle_EHLO(self, server, session, envelope, hostname, responses):  # noqa: N802 - the library's name for it
        """Somebody calls."""
        session.host_name = hostname
        self.greeted.append(hostname)
        return responses

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 - the library's name for it
        """Somebody names a recipient."""
        if address in self.refuses:
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - the library's name for it
        """A message arrives."""
        self.raw.append(envelope.content)
        return "250 taken"
