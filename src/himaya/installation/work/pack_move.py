"""Moving open cases to another edition of the pack, as a recorded decision says."""

import tomllib
from argparse import Namespace
from pathlib import Path

from himaya.cases.operations.moving import SOLUTIONS, Decision, move
from himaya.cases.standing import choices_of, open_of, standing_of
from himaya.installation.clock import now
from himaya.installation.failure import Failure
from himaya.installation.progress import say
from himaya.kernel.access import job
from himaya.kernel.errors import Refusal
from himaya.packs.editions import code_of
from himaya.packs.loader import current, edition
from himaya.packs.schema import Pack

MOVER = job("pack_mover")
TOLD_EVERY = 500


def run(options: Namespace) -> int:
    """Move them one by one, each whole; whoever was cut off runs it again and goes on."""
    old, new = _edition(options.old), _edition(options.new)
    if old == new:
        raise Failure("These are one and the same version.")
    said = {} if options.states is None else places(options.states)
    decision = Decision(number=options.decision, to=new, places=said)
    lacking = missing(decision, code_of(old))
    if lacking:
        raise Failure("\n".join(["Nothing was moved.", *lacking]))
    cases = open_of(code_of(old))
    moved = 0
    for number, case_id in enumerate(cases, start=1):
        moved += move(actor=MOVER, case_id=case_id, decision=decision, at=now())
        if number % TOLD_EVERY == 0:
            say(f"{number:,} of {len(cases):,} cases")
    go = _cases(moved, "now goes", "now go")
    print(f"{go} by {code_of(new)}; decision {options.decision}.")
    return 0


def missing(decision: Decision, old: str) -> list[str]:
    """One sentence for each place at which a case stands and that the decision leads nowhere."""
    found = []
    for (track, state), number in sorted(standing_of(old).items()):
        try:
            decision.place_of(track, state)
        except Refusal as refusal:
            found.append(
                f'{_cases(number, "stands", "stand")} at "{track}.{state}": {_why(refusal)}'
            )
    for solution in sorted(choices_of(old)):
        try:
            decision.solution_of(solution)
        except Refusal as refusal:
            found.append(f'Persons chose the solution "{solution}": {_why(refusal)}')
    return found


def _cases(number: int, does: str, do: str) -> str:
    return f"1 open case {does}" if number == 1 else f"{number} open cases {do}"


def _why(refusal: Refusal) -> str:
    if refusal.code == "cases.not_there":
        return f'the new version has no "{refusal.facts["state"]}", or it lies behind a gate.'
    return "the new version does not have it; say in --states where they go."


def _edition(version: str) -> Pack:
    return edition(f"{current().id} {version}")


def places(path: Path) -> dict[tuple[str, str], str]:
    """Where cases go, from a file: [states] "track.state" = "state", [solutions] old = "new"."""
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8"))
        states = {_pair(name): str(to) for name, to in said.get("states", {}).items()}
        solutions = {(SOLUTIONS, name): str(to) for name, to in said.get("solutions", {}).items()}
    except (OSError, ValueError, AttributeError) as wrong:
        raise Failure(f"{path} does not say where cases go: {wrong}.") from wrong
    return states | solutions


def _pair(name: str) -> tuple[str, str]:
    track, dot, state = name.partition(".")
    if not dot:
        raise ValueError(f'"{name}" is not "track.state"')
    return track, state
