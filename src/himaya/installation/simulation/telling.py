"""What a chunk of invented lives leaves in every table: always the same, whoever tells it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from random import Random

from himaya.agencies.models import Desk
from himaya.cases.models import Case, Person, StatusDecision, TrackState
from himaya.clocks.models import Deadline
from himaya.consent.models import Consent
from himaya.identification.models import Screening
from himaya.installation.simulation.country import country
from himaya.installation.simulation.lives import CHUNK, Life, chunk_of
from himaya.installation.simulation.numbers import Ids, Pseudonyms
from himaya.installation.simulation.rows.case import CaseRows
from himaya.installation.simulation.rows.deadlines import DeadlineRows
from himaya.installation.simulation.rows.fact import FactRows
from himaya.installation.simulation.rows.referring import ReferralRows, referrals_of
from himaya.installation.simulation.rows.reporting import ReportRows
from himaya.installation.simulation.rows.screening import ScreeningRows
from himaya.installation.simulation.rows.told import Desks, Rows, Seat, Told, World, one_of
from himaya.installation.simulation.sheets import Block
from himaya.installation.simulation.stands import Stands
from himaya.packs.loader import current
from himaya.referrals.models import Referral
from himaya.reporting.models import Report
from himaya.statistics.models import CaseFact

IDS_A_CHUNK = 2**16  # more than a chunk has rows
TABLES = tuple(
    model._meta.db_table
    for model in (
        Report, Person, Case, TrackState, Screening, StatusDecision, Consent, Referral, Deadline,
        CaseFact,
    )
)  # fmt: skip
WEB = Report.Channel.WEB.value
SCREENS, PLACE, SOLUTION = 7, 61, 97


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be told: so many cases drawn from a seed, and how their ids begin and end.

    taken: pseudonyms that somebody has already.
    """

    count: int
    seed: int
    now: datetime
    prefix: str
    tail: str
    taken: tuple[str, ...]


class Teller:
    """Tells the chunks of one simulation, in any order."""

    def __init__(self, wanted: Wanted) -> None:
        pack = current()
        self._wanted = wanted
        self._world = World(
            Ids(wanted.prefix, wanted.tail), pack, Stands(pack), desks(), wanted.now
        )
        chance = Random(wanted.seed)  # noqa: S311 - not secret
        self._pseudonyms = Pseudonyms(chance, wanted.taken)
        self._solutions = [each.id for each in pack.solutions if each.gate is None]
        self._districts = [each.id for each in pack.districts] or [""]
        # What others point at comes first.
        self._kinds: list[Rows] = [
            ReportRows(self._world),
            CaseRows(self._world),
            ScreeningRows(self._world),
            ReferralRows(self._world),
            DeadlineRows(self._world),
            FactRows(self._world),
        ]

    def chunk(self, first: int) -> list[Block]:
        """The rows of the lives from this number on."""
        wanted = self._wanted
        begins = first // CHUNK * IDS_A_CHUNK
        self._world.ids = Ids(wanted.prefix, wanted.tail, begins)
        for life in chunk_of(wanted.seed, first, wanted.count, country(), wanted.now):
            told = self._told(life)
            for kind in self._kinds:
                kind.write(told)
        return [sheet.taken() for kind in self._kinds for sheet in kind.sheets]

    def _told(self, life: Life) -> Told:
        protected = life.outcome == Case.Outcome.PROTECTED and self._solutions
        return Told(
            life=life,
            opened=life.opened_at.isoformat(),
            decided=life.decided_at.isoformat() if life.decided_at else None,
            closed=life.closed_at.isoformat() if life.closed_at else None,
            case_id=self._world.ids(),
            report_id=self._world.ids() if life.channel == WEB else None,
            pseudonym=self._pseudonyms[life.number],
            lead=one_of(self._world.desks.leading, life),
            screens=one_of(self._world.desks.identifying, life, SCREENS),
            place=one_of(self._districts, life, PLACE),
            solution=one_of(self._solutions, life, SOLUTION) if protected else "",
            referrals=referrals_of(life, self._world),
        )


def chunks_of(wanted: Wanted) -> Iterator[int]:
    """The number of the first life of each chunk."""
    yield from range(0, wanted.count, CHUNK)


def desks() -> Desks:
    """The desks of this installation."""

    def of(kind: Desk.Kind) -> tuple[Seat, ...]:
        found = Desk.objects.filter(kind=kind).order_by("position")
        return tuple(Seat(str(desk.pk), desk.kind) for desk in found)

    return Desks(
        receiving=of(Desk.Kind.INTAKE),
        leading=of(Desk.Kind.CASEWORK),
        identifying=of(Desk.Kind.IDENTIFICATION),
        sheltering=of(Desk.Kind.SHELTER),
        prosecuting=of(Desk.Kind.PROSECUTION),
    )
