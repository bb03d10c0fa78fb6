"""How a case is worded on a page."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.template.defaultfilters import filesizeformat
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from himaya.cases.codes import EXPLOITATION, SEX
from himaya.cases.models import Case, Document
from himaya.cases.status import decided, identification_of
from himaya.cases.tracks import pack_of
from himaya.kernel.countries import country_name, language_in_words
from himaya.packs.loader import editions
from himaya.vault.files import FILE, File
from himaya.vault.models import Compartment
from himaya.vault.opened import Opened
from himaya.vault.reasons import Reason

SCAN = "scan"  # as consents name the paper that somebody signed
# What words are about, where several sorts lie in one part; other words speak for themselves.
ABOUT: dict[str, str | Promise] = {
    "interview": gettext_lazy("What the person said"),
    "view": gettext_lazy("The officer's own view and doubts"),
    "age": gettext_lazy("The age, as it was given"),
    "interpreter": gettext_lazy("The interpreter"),
}
STATUS_KIND = {
    Case.Status.NONE: "plain",
    Case.Status.PRESUMED: "good",
    Case.Status.NOT_PRESUMED: "warn",
}


DESCRIBED = (
    *("danger", "child", "sex", "citizenship", "language", "interpreter", "reachable"),
    *("place", "exploitation"),
)


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that lay in a part of the file: words, or a file with its name and kind.

    scan: a signed paper, which is opened from its consent. file_id: of the sealed file. about: what
    words are, where the part holds several sorts.
    """

    at: datetime
    words: str = ""
    about: str = ""
    name: str = ""
    kind: str = ""
    file_id: UUID | None = None
    scan: bool = False


def said(items: Iterable[Opened], named: Mapping[UUID, UUID]) -> list[Said]:
    """What was opened, as a page says it. named: what names a document → its sealed file."""
    return [_said(item, named.get(item.id)) for item in items]


def _said(item: Opened, file_id: UUID | None) -> Said:
    if item.name == SCAN:
        return Said(item.sealed_at, scan=True)
    if file_id is None and item.name != FILE:
        return Said(item.sealed_at, words=item.text(), about=str(ABOUT.get(item.name, "")))
    file = File.from_bytes(item.content)
    return Said(item.sealed_at, name=file.name, kind=file.kind, file_id=file_id or item.id)


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """One document, closed: where it lies, how large it is, who added it. who: empty if unknown."""

    file_id: UUID
    part: str
    size: str
    who: str
    at: datetime


def document_line(document: Document, part: str, who: str) -> DocumentLine:
    """A document as a line; what it is called is sealed. part: the kind of where it lies."""
    return DocumentLine(
        file_id=document.content_id,
        part=str(Compartment.Kind(part).label),
        size=filesizeformat(document.size_class),
        who=who,
        at=document.added_at,
    )


def at_work(case: Case) -> Reason | None:
    """The reason that goes along unasked: the case is open, so it stands on the desk's list."""
    return Reason.OWN_WORK if case.state == Case.State.OPEN else None


@dataclass(frozen=True, slots=True)
class Row:
    """One case in a list."""

    id: UUID
    pseudonym: str
    status: str
    status_kind: str
    child: bool
    opened_at: datetime
    outcome: str
    danger: str
    danger_kind: str
    place: str


def rows(cases: Collection[Case]) -> list[Row]:
    """Cases as lines, each with what was decided about the person last."""
    stands = identification_of(cases)
    return [row(case, stands[case.pk]) for case in cases]


def row(case: Case, stands: str) -> Row:
    """A case as one line. stands: where its identification stands."""
    status, status_kind = _status(case, stands)
    return Row(
        id=case.pk,
        pseudonym=case.pseudonym,
        status=status,
        status_kind=status_kind,
        child=case.child != Case.Child.NO,
        opened_at=case.opened_at,
        outcome=case.get_outcome_display() if case.outcome else "",
        danger=case.get_danger_display(),
        danger_kind=case.danger,
        place=place_name(case.place),
    )


def _status(case: Case, stands: str) -> tuple[str, str]:
    """The status in the country's word where a decision led there; else in that of the case."""
    yes = decided(case, stands)
    if yes is None:
        return case.get_status_display(), STATUS_KIND[Case.Status(case.status)]
    pack = pack_of(case)
    state = pack.track(pack.step("presume").track).state(stands)
    return state.label.text(), "good" if yes else "warn"


def place_name(code: str) -> str:
    """The name of a district; its code where no edition of the pack has it."""
    names = (each for pack in editions() for each in pack.districts if each.id == code)
    found = next(names, None)
    return found.label.text() if found else code


def language_name(code: str) -> str:
    """A language in the reader's words: those of the pack, where an edition names it."""
    names = (each for pack in editions() for each in pack.languages if each.code == code)
    found = next(names, None)
    return found.label.text() if found else language_in_words(code)


def solution_name(code: str) -> str:
    """The name of a solution in the reader's language, also when only an older edition has it."""
    names = (each for pack in editions() for each in pack.solutions if each.id == code)
    found = next(names, None)
    return found.label.text() if found else code


def exploitation_names(codes: list[str]) -> str:
    """Forms of exploitation in words, in one line."""
    names = dict(EXPLOITATION)
    return " · ".join(str(names.get(code, code)) for code in codes)


def facts_of(case: Case) -> list[tuple[str, str]]:
    """The coded facts of the person, named."""
    return [
        (_("Age"), case.get_child_display()),
        (_("Sex"), str(dict(SEX)[case.sex]) if case.sex else ""),
        (_("Citizenship"), country_name(case.citizenship)),
        (_("Language"), language_name(case.language)),
        (_("District"), place_name(case.place)),
        (_("Forms of exploitation"), exploitation_names(case.exploitation)),
        (_("Solution chosen"), solution_name(case.solution)),
        (_("Desk that leads the case"), case.desk.label()),
        (_("Identifies the person"), case.identification_desk.label()),
    ]


def facts_initial(case: Case) -> dict[str, object]:
    """The coded facts as the form shows them at first."""
    return {name: getattr(case, name) for name in (*DESCRIBED, "version")}


def solution_stated(case: Case) -> dict[str, object]:
    """What was chosen, as the form asks it: what stands on file was free and informed."""
    chosen = bool(case.solution)
    return {"solution": case.solution, "person_chose": chosen, "informed": chosen}
