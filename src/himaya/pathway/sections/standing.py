"""Where the pathway of a case stands, its gate, and what its screening found."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from himaya.cases import merged
from himaya.cases.models import Case
from himaya.cases.tracks import pack_of
from himaya.identification.models import Answer
from himaya.identification.presenters.result import ScreeningResult, screening_result
from himaya.identification.queries import taken_of
from himaya.kernel.access import Actor
from himaya.packs.entries import by_id
from himaya.packs.schema import Pack
from himaya.pathway.asking import Section
from himaya.pathway.presenters import TrackLine, is_closing, track_lines


class Gate(StrEnum):
    """The gate of the way on that the person chose."""

    NOTHING_CHOSEN = "nothing_chosen"
    NONE = "none"
    SHUT = "shut"
    PASSED = "passed"


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a case stands. closing: its end waits for a second officer. identification: the state
    of that track."""

    lines: list[TrackLine]
    identification: str
    closing: bool
    gate: Gate


def tracks(actor: Actor, case: Case, at: datetime) -> Section[Standing]:
    """Where each track stands, in the words of the pack by which the case goes."""
    rows = yield merged.asked_for(case)
    pack = pack_of(case)
    found = merged.held(pack, case, rows)
    stand = {track.track: track for track in found}
    states = {track.track: track.state for track in found}
    return Standing(
        lines=track_lines(pack, stand),
        identification=states.get(pack.step("presume").track, ""),
        closing=is_closing(pack, stand),
        gate=gate(pack, case, states),
    )


def gate(pack: Pack, case: Case, states: dict[str, str]) -> Gate:
    """Whether the gate stands open to what the person chose. states: track id → state id."""
    if not case.solution:
        return Gate.NOTHING_CHOSEN
    solution = by_id(pack.solutions, case.solution)
    if solution.gate is None:
        return Gate.NONE
    track = pack.track(pack.step(solution.step).track)
    return Gate.PASSED if track.state(states[track.id]).behind else Gate.SHUT


def screening(actor: Actor, case: Case, at: datetime) -> Section[ScreeningResult | None]:
    """The last finished screening, if there is one."""
    last = taken_of(case.pk).order_by("-taken_at")[:1]
    taken, answers = yield [last, Answer.objects.filter(screening__in=last.values("pk"))]
    if not taken:
        return None
    return screening_result(taken[0], {answer.indicator: answer.value for answer in answers})
