"""What a reporter has answered so far, while it travels with the form."""

from dataclasses import dataclass, fields

from himaya.reporting.contents import Contact, Told
from himaya.vault.files import File


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers to every page's questions, each empty until it is given."""

    story: str = ""
    danger: str = ""
    child: str = ""
    persons: str = ""
    involved: str = ""
    agencies: tuple[str, ...] = ()
    contact_how: str = ""
    contact_when: str = ""
    contact_say: str = ""

    def told(self, language: str, files: tuple[File, ...]) -> Told:
        """The report that these answers make."""
        return Told(
            language=language,
            story=self.story,
            danger=self.danger,
            child=self.child,
            persons=self.persons,
            involved=self.involved,
            agencies=tuple(sorted(self.agencies)),
            contact=Contact(self.contact_how, self.contact_when, self.contact_say),
            files=files,
        )


NAMES = tuple(field.name for field in fields(Answers))
