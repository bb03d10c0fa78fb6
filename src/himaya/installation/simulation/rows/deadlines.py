"""What runs in a case that is open, most of it not yet late."""

from datetime import timedelta

from himaya.clocks.models import Deadline
from himaya.clocks.rules import Timed
from himaya.installation.simulation.country import country
from himaya.installation.simulation.rows.case import stands_of
from himaya.installation.simulation.rows.told import Told, World
from himaya.installation.simulation.sheets import Sheet, as_text
from himaya.packs.calendar import due_at
from himaya.packs.editions import code_of


class DeadlineRows:
    """One row for each rule that the states of an open case start. Nobody is told of any."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._sheet = Sheet(
            Deadline,
            [
                "id", "case_id", "pseudonym", "desk_id", "lead_id", "track", "state", "steps",
                "kind", "rule", "amount", "unit", "pauses", "started_at", "first_due_at", "due_at",
            ],
            {"pack": code_of(world.pack)},
        )  # fmt: skip
        self.sheets = (self._sheet,)

    def write(self, told: Told) -> None:
        """All that a case waits for; nothing when it has ended."""
        if told.life.closed_at is not None:
            return
        for track, state in stands_of(self._world, told).items():
            for found in self._world.stands.timed(track, state):
                self._add(told, track, state, found)

    def _add(self, told: Told, track: str, state: str, found: Timed) -> None:
        now, calendar = self._world.now, self._world.pack.calendar
        length = due_at(now, found.clock, calendar) - now
        # So long ago that the given share of all is late.
        ago = length * (told.life.chance / (1 - country().ways["overdue"]))
        started = max(told.life.opened_at, now - ago).replace(microsecond=0)
        due = as_text(max(due_at(started, found.clock, calendar), started + timedelta(seconds=1)))
        self._sheet.add(
            self._world.ids(), told.case_id, told.pseudonym, told.lead.id, told.lead.id,
            track, state, as_text([step.id for step in found.steps]), found.kind.value, found.rule,
            found.clock.amount, found.clock.unit.value, as_text(found.clock.pauses),
            as_text(started), due, due,
        )  # fmt: skip
