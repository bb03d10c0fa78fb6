"""The form of our own: for a gateway that can be taught, for tests, and for the command line."""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from himaya.doors.errors import NotRead
from himaya.doors.messages.incoming import Incoming


class Message(BaseModel):
    """The body of a request."""

    model_config = ConfigDict(extra="forbid")
    id: str = Field(min_length=1, max_length=200)
    sender: str = Field("", alias="from", max_length=200)
    text: str = ""
    language: str = Field("", max_length=12)
    answers: dict[str, str] = Field(default_factory=dict)
    agencies: list[str] = Field(default_factory=list)


class Plain:
    """See docs/operating/doors.md."""

    def read(self, body: bytes) -> Incoming:
        """The message in the body. Raises NotRead."""
        try:
            said = Message.model_validate_json(body)
        except ValidationError as wrong:
            raise NotRead from wrong
        return Incoming(
            name=said.id,
            text=said.text,
            sender=said.sender,
            language=said.language,
            answers=said.answers,
            agencies=tuple(said.agencies),
        )

    def reply(self, text: str | None) -> Mapping[str, Any]:
        """Whether it is stored, and what to send back; null for nothing."""
        return {"stored": True, "answer": text}


adapter = Plain()
