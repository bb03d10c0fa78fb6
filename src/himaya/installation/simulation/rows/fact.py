"""The nameless facts of each case, for the figures."""

from datetime import datetime
from uuid import UUID

from himaya.cases.models import Case
from himaya.installation.simulation.rows.case import status_of
from himaya.installation.simulation.rows.told import Told, World
from himaya.installation.simulation.sheets import Sheet, as_text
from himaya.installation.simulation.stands import UNANSWERED
from himaya.packs.vocabulary import DeskKind
from himaya.pathway.facts import AGE_GROUPS, STATUS
from himaya.statistics.handles import handle_of
from himaya.statistics.models import CaseFact

BYTES = "\\\\x"  # as COPY reads what follows in hexadecimal


class FactRows:
    """One row a case, as `pathway.facts` would make it."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._sheet = Sheet(
            CaseFact,
            [
                "id", "handle", "report_month", "channel", "age_group", "sex", "citizenship",
                "form", "status", "status_month", "screened", "referred", "protected", "solution",
                "outcome", "screening_days", "status_days", "protection_days", "closing_days",
            ],
            {"lawsuit": False},
        )  # fmt: skip
        self.sheets = (self._sheet,)
        self._status = {each.value: STATUS.get(each, "none") for each in Case.Status}
        self._ages = {each.value: group for each, group in AGE_GROUPS.items()}

    def write(self, told: Told) -> None:
        """The months, codes and durations of one life."""
        life = told.life
        decided = life.decided_at
        shelter = told.referrals.get(DeskKind.SHELTER, "")
        protected = bool(shelter) and shelter not in UNANSWERED

        def days(at: datetime | None) -> int | None:
            return (at - life.opened_at).days if at else None

        handle = handle_of(UUID(told.case_id)).hex()
        self._sheet.add(
            self._world.ids(), BYTES + handle, _month(life.opened_at),
            life.channel, self._ages[life.child], life.sex, life.citizenship,
            life.exploitation[0] if life.exploitation else "",
            self._status[status_of(life)], _month(decided),
            as_text(decided is not None), as_text(bool(told.referrals)), as_text(protected),
            told.solution, life.outcome, days(decided), days(decided),
            days(life.sheltered_at) if protected else None, days(life.closed_at),
        )  # fmt: skip


def _month(at: datetime | None) -> str | None:
    return f"{at.year}-{at.month:02}-01" if at else None
