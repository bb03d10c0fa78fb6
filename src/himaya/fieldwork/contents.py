"""What was answered and noted on a device, once it is opened."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self

from himaya.fieldwork.rules import AGES
from himaya.identification.models import Answer
from himaya.vault.files import NotAsSealed

RECORD = "card"  # the name of the sealed thing
UNSURE = "unsure"
LONGEST = 4000  # letters of one thing that was noted
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})?")


@dataclass(frozen=True, slots=True)
class Noted:
    """One interview. A device sealed it, so each word is only text until somebody has looked.

    version: of the card. age: adult, child or unsure. informed: the person was told what it is for,
    and that they may stop. private: nobody else heard. sex: of the officer. language: in which the
    person was asked. interpreter: in which language somebody put it to them, empty when nobody did;
    bound: who promised to keep silent and has no ties. stopped: whether
    the person, or the officer, stopped it. answers: question → a value of `Answer`. who, how, said:
    the person's name, a safe way to reach them, and their words; each may be empty.
    """

    version: str
    age: str
    informed: bool
    private: bool
    sex: str
    language: str
    interpreter: str
    bound: bool
    stopped: bool
    answers: Mapping[str, str] = field(default_factory=dict)
    who: str = ""
    how: str = ""
    said: str = ""

    @classmethod
    def from_bytes(cls, content: bytes) -> Self:
        """As it was sealed. Raises NotAsSealed when it is no such thing."""
        try:
            said = json.loads(content)
            age, answers = str(said["age"]), said["answers"].items()
            return cls(
                version=str(said["version"]),
                age=age if age in AGES else UNSURE,
                informed=said["informed"] is True,
                private=said["private"] is True,
                sex=str(said["sex"]),
                language=_language(said["language"]),
                interpreter="" if said["interpreter"] == "" else _language(said["interpreter"]),
                bound=said["bound"] is True,
                stopped=said["stopped"] is not False,
                answers={str(one): str(is_) for one, is_ in answers if is_ in Answer.Value},
                **{name: str(said[name])[:LONGEST] for name in ("who", "how", "said")},
            )
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as no:
            raise NotAsSealed from no

    def words(self) -> str:
        """Everything that is no code, one below the other, for the file of a case."""
        return "\n\n".join(part for part in (self.who, self.how, self.said) if part)


def _language(said: object) -> str:
    """The code of a language. Raises NotAsSealed for what is none: a case would be put under it."""
    if not isinstance(said, str) or not LANGUAGE.fullmatch(said):
        raise NotAsSealed
    return said
