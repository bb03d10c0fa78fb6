"""The screening of each person, and what was decided on it."""

from datetime import timedelta

from himaya.cases.models import StatusDecision
from himaya.identification.models import Screening
from himaya.identification.rules import Category
from himaya.installation.simulation.rows.told import Told, World
from himaya.installation.simulation.sheets import Sheet, as_text
from himaya.packs.editions import code_of

TRAFFICKING, NO_SIGNS = Category.TRAFFICKING.value, Category.NO_SIGNS.value
WEEK = timedelta(weeks=1)  # about the days in which it should be made


class ScreeningRows:
    """A screening that waits, or one that was taken with its decision."""

    def __init__(self, world: World) -> None:
        self._world = world
        asked = ["id", "subject_id", "pseudonym", "desk_id", "asked_at", "due_at"]
        pack = code_of(world.pack)
        self._asked = Sheet(Screening, asked, {"pack": pack})
        self._taken = Sheet(
            Screening,
            [*asked, "taken_at", "advice"],
            {
                "pack": pack,
                "state": Screening.State.TAKEN.value,
                "instrument": world.pack.instruments[0].code,
                "informed": True,
                "act_present": True,
                "officer_view": Screening.View.AGREE.value,
            },
        )
        self._decision = Sheet(
            StatusDecision,
            ["id", "case_id", "screening_id", "presumed", "decided_at"],
            {"reasons": [StatusDecision.Reason.ADVICE.value]},
        )
        self.sheets = (self._asked, self._taken, self._decision)

    def write(self, told: Told) -> None:
        """As far as it has come."""
        life, own = told.life, self._world.ids()
        known = (
            own, told.case_id, told.pseudonym, told.screens.id, told.opened,
            (life.opened_at + WEEK).isoformat(),
        )  # fmt: skip
        if told.decided is None:
            self._asked.add(*known)
            return
        advice = TRAFFICKING if life.presumed else NO_SIGNS
        self._taken.add(*known, told.decided, advice)
        self._decision.add(
            self._world.ids(), told.case_id, own, as_text(life.presumed), told.decided
        )
