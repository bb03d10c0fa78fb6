"""What a new version of a pack means for the cases that began with an older one."""

from collections.abc import Iterator, Mapping

from himaya.packs.schema import Pack
from himaya.packs.tracks import Step
from himaya.packs.wording import duration

Standing = Mapping[tuple[str, str], int]  # track id, state id → how many open cases stand there


def effects(old: Pack, new: Pack, standing: Standing | None = None) -> list[str]:
    """One sentence for each thing that changes for cases by where they stand.

    standing: None when nobody has counted; then every state of the older version is spoken of,
    otherwise those at which a case stands.
    """
    return [*_of_states(old, new, standing), *_of_new_tracks(old, new, standing)]


def vanished(old: Pack, new: Pack) -> list[tuple[str, str]]:
    """Track and state of the older version that the newer does not have; of lost tracks, all."""
    kept = {(track.id, state.id) for track in new.tracks for state in track.states}
    both = [(track.id, state.id) for track in old.tracks for state in track.states]
    return [place for place in both if place not in kept]


def _of_states(old: Pack, new: Pack, standing: Standing | None) -> Iterator[str]:
    lost = set(vanished(old, new))
    for track in old.tracks:
        for state in track.states:
            place = (track.id, state.id)
            if standing is not None and not standing.get(place):
                continue
            who = _who(place, standing)
            if place in lost:
                yield f"{who}, which the new version does not have: say where they go."
            else:
                yield from (f"{who}: {change}" for change in _of_steps(old, new, place))


def _who(place: tuple[str, str], standing: Standing | None) -> str:
    where = f'"{place[0]}.{place[1]}"'
    if standing is None:
        return f"Cases that stand at {where}"
    number = standing[place]
    return f"{number} open case{' stands' if number == 1 else 's stand'} at {where}"


def _of_steps(old: Pack, new: Pack, place: tuple[str, str]) -> Iterator[str]:
    before = {step.id: step for step in old.steps_from(*place)}
    after = {step.id: step for step in new.steps_from(*place)}
    for name in [*before, *(name for name in after if name not in before)]:
        if name not in after:
            yield f'step "{name}" is no longer open.'
        elif name not in before:
            yield f'step "{name}" opens.'
        else:
            yield from _of_step(before[name], after[name], place[1])


def _of_step(old: Step, new: Step, state: str) -> Iterator[str]:
    for what, before, after in (
        ("leads to", old.to, new.to),
        ("is for", _list(old.actors), _list(new.actors)),
        ("is for the bodies", _list(old.agencies), _list(new.agencies)),
        ("asks", _list(old.guards), _list(new.guards)),
        ("needs the papers", _list(old.documents), _list(new.documents)),
        ("is due within", _due(old, state), _due(new, state)),
        ("may be taken after", _earliest(old), _earliest(new)),
    ):
        if before != after:
            yield f'step "{new.id}" {what} {after}, and no longer {before}.'


def _of_new_tracks(old: Pack, new: Pack, standing: Standing | None) -> Iterator[str]:
    known = {track.id for track in old.tracks}
    for track in new.tracks:
        if track.id not in known:
            yield f'{_begin(standing)} track "{track.id}", at "{track.start}".'


def _begin(standing: Standing | None) -> str:
    if standing is None:
        return "Cases begin the new"
    tracks: dict[str, int] = {}
    for (track, _state), number in standing.items():
        tracks[track] = tracks.get(track, 0) + number
    number = max(tracks.values(), default=0)
    return f"{number} open case{' begins' if number == 1 else 's begin'} the new"


def _list(names: tuple[str, ...]) -> str:
    return ", ".join(sorted(names)) or "nothing"


def _due(step: Step, state: str) -> str:
    clock = step.clock_from(state)
    return duration(clock) if clock else "no time"


def _earliest(step: Step) -> str:
    return duration(step.not_before) if step.not_before else "no time"
