"""RapidPro and TextIt: the "Call Webhook" node of a flow, with the flow's results as answers.

A result whose name is that of a question gives its answer. Attachments are addresses of files,
which are kept as words: Himaya fetches nothing from elsewhere.
"""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, Field, ValidationError

from himaya.doors.errors import NotRead
from himaya.doors.messages.incoming import Incoming


class Person(BaseModel):
    """Who wrote."""

    urn: str = Field("", max_length=200)
    language: str | None = None


class Result(BaseModel):
    """What a person answered in the flow."""

    value: str = ""


class Input(BaseModel):
    """The message that the flow is about."""

    uuid: str = Field(min_length=1, max_length=200)
    text: str = ""
    attachments: list[str] = Field(default_factory=list)


class Call(BaseModel):
    """The body of a request; what is not named here is not read."""

    contact: Person = Field(default_factory=lambda: Person.model_validate({}))
    input: Input
    results: dict[str, Result] = Field(default_factory=dict)


# ISO 639-3, which RapidPro speaks, for the languages that our sites know.
LANGUAGES = {
    "ara": "ar", "eng": "en", "hin": "hi", "urd": "ur", "ben": "bn", "nep": "ne", "fil": "fil",
    "tgl": "fil", "mal": "ml", "tam": "ta", "sin": "si", "amh": "am", "ind": "id",
}  # fmt: skip


class RapidPro:
    """See docs/operating/doors.md."""

    def read(self, body: bytes) -> Incoming:
        """The message in the body. Raises NotRead."""
        try:
            call = Call.model_validate_json(body)
        except ValidationError as wrong:
            raise NotRead from wrong
        said = {name: result.value for name, result in call.results.items()}
        words = (said.get("story", ""), call.input.text, *call.input.attachments)
        return Incoming(
            name=call.input.uuid,
            text="\n".join(dict.fromkeys(filter(None, words))),
            sender=call.contact.urn.partition(":")[2] or call.contact.urn,
            language=LANGUAGES.get(call.contact.language or "", ""),
            answers=said,
            agencies=tuple(said.get("agencies", "").split()),
        )

    def reply(self, text: str | None) -> Mapping[str, Any]:
        """In the flow, `@webhook.json.answer` is empty when nothing may be sent back."""
        return {"stored": "yes", "answer": text or ""}


adapter = RapidPro()
