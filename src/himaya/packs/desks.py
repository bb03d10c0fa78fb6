"""The country's agencies, their desks, and what may be shared with each kind of desk."""

from dataclasses import dataclass
from datetime import date

from himaya.packs.entries import Entry, Label
from himaya.packs.vocabulary import AgencyKind, DeskKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Agency(Entry):
    """An institution of the pathway.

    nameable: a reporter may say that its people are involved. ended_on: from that day on it has
    no part in the pathway any more, and no page opens to its officers.
    """

    id: str
    kind: AgencyKind
    label: Label
    role: Label
    nameable: bool = True
    ended_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskSpec(Entry):
    """A unit of an agency that receives things, as the pack lays it out.

    outside: nobody there has an account. It is asked on paper, and answers with the code that
    stands on it.
    """

    id: str
    agency: str
    kind: DeskKind
    label: Label
    outside: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Route(Entry):
    """Where a report goes when the reporter says who may be involved.

    named: an agency's id, or `nobody`, `any_official`, `not_sure`.
    escalation: the desk that may open the report when the first desk is silent.
    """

    named: str
    intake: str
    escalation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Custody(Entry):
    """Two desks that keep together who reported: neither opens it without the other.

    custodian: the desk that may read it, once the second has agreed. The first pair of the pack
    of which nobody may be involved is the one that keeps a name.
    """

    id: str
    custodian: str
    second: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence(Entry):
    """A desk that is woken when one that was asked to help a person stays silent.

    The first of the pack that is of neither agency, and that the report does not name, is woken.
    """

    desk: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Share(Entry):
    """A compartment, or a coded fact, in words that a person can agree to."""

    id: str
    label: Label


@dataclass(frozen=True, slots=True, kw_only=True)
class SharePolicy(Entry):
    """What may go to a kind of desk at most, if the person consents.

    never: compartments that no consent sends there.
    without_consent: facts that a legal duty sends there even so; the provision is `duty`.
    """

    to: DeskKind
    compartments: tuple[str, ...]
    facts: tuple[str, ...]
    never: tuple[str, ...] = ()
    without_consent: tuple[str, ...] = ()
    duty: str | None = None
