"""What a reporter has answered so far, while it travels with the form."""

from dataclasses import dataclass, fields

from himaya.reporting.contents import Contact, Told
from himaya.vault.files import File


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers to every page's questions, each empty until it is given."""

    role: str = ""
    story: str = ""
    danger: str = ""
    child: str = ""
    persons: str = ""
    involved: str = ""
    agencies: tuple[str, ...] = ()
    contact_channel: str = ""
    contact_how: str = ""
    contact_hours: str = ""
    contact_when: str = ""
    contact_answer: str = ""
    contact_say: str = ""

    def told(self, language: str, files: tuple[File, ...]) -> Told:
        """The report that these answers make."""
        return Told(
            language=language,
            role=self.role,
            story=self.story,
            danger=self.danger,
            child=self.child,
            persons=self.persons,
            involved=self.involved,
            agencies=tuple(sorted(self.agencies)),
            contact=Contact(
                how=self.contact_how,
                when=self.contact_when,
                say=self.contact_say,
                channel=self.contact_channel,
                hours=self.contact_hours,
                answer=self.contact_answer,
            ),
            files=files,
        )


NAMES = tuple(field.name for field in fields(Answers))
