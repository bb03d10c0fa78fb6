"""A message of a gateway, whatever the gateway calls its fields."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from himaya.doors.answers import coherent
from himaya.packs.loader import current
from himaya.reporting import arrangement
from himaya.reporting.contents import Contact, Told
from himaya.reporting.models import Report
from himaya.reporting.public.forms import LONGEST_LINE
from himaya.reporting.public.wording import kept

CODES: Mapping[str, frozenset[str]] = {
    "role": frozenset({"self", "other", "witness", "work"}),
    "danger": frozenset(Report.Danger.values),
    "child": frozenset(Report.Child.values),
    "persons": frozenset(Report.Persons.values),
    "involved": frozenset(Report.Involved.values),
    "contact_channel": frozenset(arrangement.Channel),
    "contact_hours": frozenset(arrangement.Hours),
    "contact_answer": frozenset(arrangement.Answer),
}
HERE = frozenset({arrangement.Channel.TEXT, arrangement.Channel.CHAT})


@dataclass(frozen=True, slots=True)
class Incoming:
    """One message. name: what the gateway calls it. answers: by the names of the questions."""

    name: str
    text: str
    sender: str = ""
    language: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    agencies: tuple[str, ...] = ()

    def told(self, otherwise: str) -> Told:
        """The report that it makes. An answer that no question knows is left out, never refused:
        nobody's words are lost because a gateway was set up wrongly."""
        known = {agency.id for agency in current().agencies if agency.nameable}
        involved, agencies = coherent(self._code("involved"), known.intersection(self.agencies))
        return Told(
            language=(self.language or otherwise)[:12],
            role=self._code("role"),
            story=whole(self.text),
            danger=self._code("danger"),
            child=self._code("child"),
            persons=self._code("persons"),
            involved=involved,
            agencies=agencies,
            contact=self._contact(),
        )

    def _contact(self) -> Contact:
        return Contact(
            how=whole(self.sender)[:LONGEST_LINE],
            when=whole(self.answers.get("contact_when", ""))[:LONGEST_LINE],
            say=whole(self.answers.get("contact_say", ""))[:LONGEST_LINE],
            channel=self._code("contact_channel"),
            hours=self._code("contact_hours"),
            answer=self._code("contact_answer"),
        )

    def _code(self, name: str) -> str:
        given = self.answers.get(name, "").strip().lower()
        return given if given in CODES[name] else ""


def may_answer(contact: Contact, at: datetime, zone: ZoneInfo) -> bool:
    """True when the person chose to be written to here, and this is an hour that they chose."""
    return contact.channel in HERE and arrangement.may_reach(contact, at.astimezone(zone).time())


class Adapter(Protocol):
    """What a folder of `doors/messages` offers."""

    def read(self, body: bytes) -> Incoming:
        """The message in the body. Raises NotRead."""

    def reply(self, text: str | None) -> Mapping[str, Any]:
        """What the gateway is told: the words to send back, or None for silence."""


def whole(text: str) -> str:
    """The text without what no page can show and no file can hold."""
    return kept(text.encode("utf-8", "replace").decode())
