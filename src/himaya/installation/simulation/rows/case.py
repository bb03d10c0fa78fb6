"""The person, the case, and where its tracks stand."""

from himaya.cases.models import Case, Person, TrackState
from himaya.installation.simulation.lives import Life
from himaya.installation.simulation.rows.told import Told, World
from himaya.installation.simulation.sheets import Sheet, as_text
from himaya.packs.editions import code_of
from himaya.packs.vocabulary import DeskKind


class CaseRows:
    """One case each, with the person and a state for every track of the pack."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._person = Sheet(Person, ["id", "made_at"])
        self._case = Sheet(
            Case,
            [
                "id", "person_id", "pseudonym", "report_id", "channel", "desk_id",
                "identification_desk_id", "opened_at", "state", "status", "child", "danger", "sex",
                "citizenship", "language",
                "interpreter", "place", "exploitation", "solution", "outcome", "closed_at",
            ],
            {"pack": code_of(world.pack), "reachable": Case.Reachable.ANY_TIME.value},
        )  # fmt: skip
        self._track = Sheet(TrackState, ["id", "case_id", "track", "state", "since"])
        self.sheets = (self._person, self._case, self._track)

    def write(self, told: Told) -> None:
        """The case first, then its tracks."""
        life = told.life
        person_id, opened, closed = self._world.ids(), told.opened, told.closed
        self._person.add(person_id, opened)
        self._case.add(
            told.case_id, person_id, told.pseudonym, told.report_id, life.channel, told.lead.id,
            told.screens.id, opened, "closed" if closed else "open", status_of(life),
            life.child, life.danger, life.sex, life.citizenship, life.language, life.interpreter,
            told.place, as_text(life.exploitation), told.solution, life.outcome, closed,
        )  # fmt: skip
        since = closed or told.decided or opened
        ids, case_id = self._world.ids, told.case_id
        self._track.add_several(
            (ids(), case_id, track, state, since)
            for track, state in stands_of(self._world, told).items()
        )


def status_of(life: Life) -> str:
    """What was decided about the person."""
    if life.decided_at is None:
        return Case.Status.NONE.value
    return (Case.Status.PRESUMED if life.presumed else Case.Status.NOT_PRESUMED).value


def stands_of(world: World, told: Told) -> dict[str, str]:
    """Track id → where it stands for this life."""
    return world.stands.of(
        status_of(told.life),
        told.referrals.get(DeskKind.SHELTER, ""),
        told.referrals.get(DeskKind.PROSECUTION, ""),
        closed=told.life.closed_at is not None,
    )
