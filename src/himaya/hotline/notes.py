"""What an operator has noted so far, as it lies sealed between two key strokes."""

import json
from dataclasses import asdict, dataclass, field, replace
from secrets import token_hex
from typing import Self

from himaya.reporting.contents import Told
from himaya.reporting.public.answers import Answers

SEED_BYTES = 32


@dataclass(frozen=True, slots=True)
class Notes:
    """A call's answers. seed: makes the report's id and its number, so that filing twice is once.

    safe, speaks, heard: codes of the form, about the caller at this moment; they are not filed.
    place: where the caller is, in their words.
    """

    seed: str = field(default_factory=lambda: token_hex(SEED_BYTES))
    safe: str = ""
    speaks: str = ""
    heard: str = ""
    place: str = ""
    answers: Answers = field(default_factory=Answers)

    def to_bytes(self) -> bytes:
        """As it is sealed."""
        return json.dumps(asdict(self), ensure_ascii=False).encode()

    @classmethod
    def from_bytes(cls, content: bytes) -> Self:
        """As it was sealed, by nobody but us."""
        said = json.loads(content)
        answers = said.pop("answers")
        answers["agencies"] = tuple(answers["agencies"])
        return cls(answers=Answers(**answers), **said)

    def told(self, language: str) -> Told:
        """The report that these notes make: the place comes before everything else.

        Who is not safe is in danger now, whatever else was asked.
        """
        danger = self.answers.danger or ("now" if self.safe == "no" else "")
        words = [each for each in (self.place.strip(), self.answers.story) if each.strip()]
        said = replace(self.answers, danger=danger, story="\n\n".join(words))
        return said.told(language, ())

    def is_blank(self) -> bool:
        """True when nothing was noted that a desk could use."""
        return self.answers == Answers() and not self.place.strip() and self.safe != "no"
