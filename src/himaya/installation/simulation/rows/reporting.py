"""The reports of which cases were opened, and those of the last days that nobody has read yet."""

from datetime import timedelta

from himaya.installation.simulation.lives import DAY
from himaya.installation.simulation.rows.told import Told, World, one_of
from himaya.installation.simulation.sheets import Sheet, as_text
from himaya.reporting.models import Report

DAYS = 3  # of which reports still wait
READ_WITHIN = timedelta(hours=12)  # until a case was opened
DUE_WITHIN = timedelta(days=DAYS + 1)  # none is late yet: a silent desk's are given to another
SIZE_CLASS = 4096
DANGERS = {
    "high": Report.Danger.NOW, "medium": Report.Danger.UNKNOWN, "low": Report.Danger.NOT_NOW,
}  # fmt: skip
DESK = 29


class ReportRows:
    """One for each case that came by the web page; and for each life of the last days another one,
    still unread, so that the intake desks have something to do. Nothing is sealed for any.
    """

    def __init__(self, world: World) -> None:
        self._world = world
        self._began = world.now - DAYS * DAY
        varying = ["id", "received_at", "language", "danger", "child", "desk_id", "state", "due_at"]
        fixed = {
            "channel": Report.Channel.WEB.value,
            "persons": Report.Persons.ONE.value,
            "size_class": SIZE_CLASS,
        }
        self._report = Sheet(Report, varying, fixed)
        self.sheets = (self._report,)

    def write(self, told: Told) -> None:
        """What was told to an intake desk."""
        if told.report_id is not None:
            self._add(told, told.report_id, Report.State.LINKED)
        if told.life.opened_at > self._began:
            self._add(told, self._world.ids(), Report.State.RECEIVED)

    def _add(self, told: Told, own: str, state: Report.State) -> None:
        life = told.life
        waits = state == Report.State.RECEIVED
        at = life.opened_at if waits else life.opened_at - READ_WITHIN * life.chance
        self._report.add(
            own, at.isoformat(), life.language, as_text([DANGERS[life.danger].value]), life.child,
            one_of(self._world.desks.receiving, life, DESK).id, state.value,
            (at + DUE_WITHIN).isoformat() if waits else None,
        )  # fmt: skip
