"""Where the tracks of an invented case stand, and which deadlines run there, by the pack."""

from himaya.cases.models import Case
from himaya.clocks.rules import Timed, timed
from himaya.packs.schema import Pack
from himaya.referrals.models import Referral

UNANSWERED = (Referral.State.SENT, Referral.State.ACKNOWLEDGED)


class Stands:
    """Answers for one pack, each worked out once."""

    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        self._known: dict[tuple[str, str, str, bool], dict[str, str]] = {}
        self._timed: dict[tuple[str, str], list[Timed]] = {}

    def of(self, status: str, shelter: str, prosecution: str, *, closed: bool) -> dict[str, str]:
        """Track id → where it stands. shelter, prosecution: states of the referrals, or empty."""
        asked = (status, shelter, prosecution, closed)
        if asked not in self._known:
            self._known[asked] = self._found(_steps(*asked), closed=closed)
        return self._known[asked]

    def timed(self, track: str, state: str) -> list[Timed]:
        """What runs while a track stands at a state."""
        if (track, state) not in self._timed:
            self._timed[track, state] = timed(self._pack, track, state)
        return self._timed[track, state]

    def _found(self, steps: list[str], *, closed: bool) -> dict[str, str]:
        stands = {track.id: track.start for track in self._pack.tracks}
        for step in map(self._pack.step, steps):
            stands[step.track] = step.to
        if closed:
            for track in self._pack.tracks:
                ends = [state.id for state in track.ends]
                if ends and stands[track.id] not in ends:
                    stands[track.id] = ends[0]
            closing = self._pack.step("close_case")
            stands[closing.track] = closing.to
        return stands


def _steps(status: str, shelter: str, prosecution: str, closed: bool) -> list[str]:
    """The last step that was taken on each track that has moved."""
    steps = ["open_case"]
    if status == Case.Status.NOT_PRESUMED:
        steps.append("do_not_presume")
    if status == Case.Status.PRESUMED:
        steps += ["presume", "begin_recovery"]
    if shelter:
        steps.append("grant_consent")
        steps.append("request_shelter" if shelter in UNANSWERED else "admit")
    if shelter and closed:
        steps.append("leave_shelter")
    if prosecution:
        steps.append("report_to_prosecution" if prosecution in UNANSWERED else "take_up")
    return steps
