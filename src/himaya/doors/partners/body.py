"""What a partner sends: the same questions under the same names as on the screen."""

from base64 import b64decode
from binascii import Error as NotBase64
from typing import Annotated, Literal

from ninja import Schema
from pydantic import AfterValidator, ConfigDict, Field

from himaya.doors.answers import coherent
from himaya.doors.errors import NotAnswerable
from himaya.packs.loader import current
from himaya.reporting import contents
from himaya.reporting.contents import Told
from himaya.reporting.public.forms import LONGEST_LINE
from himaya.reporting.public.wording import kept
from himaya.reporting.rules import LONGEST_TEXT
from himaya.vault.files import File as SealedFile

MOST_FILES = 10


def _whole(text: str) -> str:
    """The text without NUL; half of a character is refused, for no page could show it."""
    try:
        text.encode()
    except UnicodeEncodeError as broken:
        raise ValueError("half of a character") from broken
    return kept(text)


Text = Annotated[str, AfterValidator(_whole)]
Line = Annotated[Text, Field(max_length=LONGEST_LINE)]


class Contact(Schema):
    """How the person can be reached without harm. Leave all of it out when it is not known."""

    model_config = ConfigDict(extra="forbid")
    channel: Literal["", "call", "text", "chat", "email", "person"] = ""
    how: Line = Field("", description="The number or address, or the person whom they trust.")
    hours: Literal["", "00-24", "06-12", "12-17", "17-22", "22-06"] = Field(
        "", description="When it is safe. Nobody is reached who did not say how and when."
    )
    when: Line = Field("", description="Which days, and what else must be known.")
    answer: Literal["", "only_me", "others"] = Field(
        "", description="Who may be spoken to when somebody answers."
    )
    say: Line = Field("", description="What may be said, so that nobody notices.")

    def read(self) -> contents.Contact:
        """As it is sealed."""
        return contents.Contact(**self.model_dump())


class File(Schema):
    """A file, in base64. It is kept as it is sent."""

    model_config = ConfigDict(extra="forbid")
    name: Annotated[Text, Field(max_length=200)]
    kind: Annotated[Text, Field(max_length=100)] = "application/octet-stream"
    content: str

    def read(self) -> SealedFile:
        """The file itself. Raises NotAnswerable when it is not base64."""
        try:
            content = b64decode(self.content, validate=True)
        except (NotBase64, ValueError) as broken:
            raise NotAnswerable(where="files.content") from broken
        return SealedFile(self.name, self.kind, content)


class Report(Schema):
    """One report. At least one of story, danger and files must say something."""

    model_config = ConfigDict(extra="forbid")
    language: str = Field(
        pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})?$",
        description="The person's language, as in BCP 47: ar, en, fil.",
    )
    role: Literal["", "self", "other", "witness", "work"] = Field(
        "", description="Who tells: the person, somebody for them, a witness, a professional."
    )
    story: Annotated[Text, Field(max_length=LONGEST_TEXT)] = ""
    danger: Literal["", "now", "not_now", "unknown"] = ""
    child: Literal["", "yes", "no", "unknown"] = ""
    persons: Literal["", "1", "2-5", "6-20", "21+", "unknown"] = ""
    involved: Literal["", "nobody", "agency", "any_official", "not_sure"] = Field(
        "", description="Whether people who work for the state may be part of it."
    )
    agencies: list[Annotated[Text, Field(max_length=40)]] = Field(
        default_factory=list, max_length=20, description="Which offices, by their codes."
    )
    contact: Contact = Field(default_factory=lambda: Contact.model_validate({}))
    files: list[File] = Field(default_factory=list, max_length=MOST_FILES)

    def told(self) -> Told:
        """The report as every door hands it on. Raises NotAnswerable for an unknown office."""
        known = {agency.id for agency in current().agencies if agency.nameable}
        if not known.issuperset(self.agencies):
            raise NotAnswerable(where="agencies")
        involved, agencies = coherent(self.involved, self.agencies)
        return Told(
            language=self.language,
            role=self.role,
            story=self.story,
            danger=self.danger,
            child=self.child,
            persons=self.persons,
            involved=involved,
            agencies=agencies,
            contact=self.contact.read(),
            files=tuple(file.read() for file in self.files),
        )


class Stored(Schema):
    """The report is stored. number: of the receipt; with it the person finds answers."""

    number: str
    sentence: str


class No(Schema):
    """Why nothing was stored, in one sentence. where: which fields are wrong, if any are."""

    code: str
    sentence: str
    where: str = ""
