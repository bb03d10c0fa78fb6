"""Decisions about a person's status, and the rest that a person is given after one."""

from collections.abc import Iterator, Sequence

from himaya.packs.check.faults import fault, ids, unknown
from himaya.packs.decisions import MOST_PERSONS, DecisionSpec
from himaya.packs.errors import Fault
from himaya.packs.schema import Pack
from himaya.packs.tracks import Step
from himaya.packs.vocabulary import DECLARED, Unit

# Source: CETS No. 197, article 13(1). Here it is a rule of care, also where no law says so.
LEAST_RECOVERY_DAYS = 30
RESTS = "recovery_period"
# One officer decides by these, at once, on a page of their own.
PRESUMING = frozenset({"presume", "do_not_presume"})


def faults_of_decisions(pack: Pack) -> Iterator[Fault]:
    """Questions that no two steps answer, or that cannot be weighed as they say."""
    known = ids(pack.steps)
    for spec in pack.decisions:
        yield from unknown(spec, "yes", [spec.yes], known, "step")
        yield from unknown(spec, "no", [spec.no], known, "step")
        yield from unknown(spec, "criteria", spec.criteria, ids(pack.criteria), "criterion")
        if not 1 <= spec.persons <= MOST_PERSONS:
            yield fault(spec, f"one person decides, or two; not {spec.persons}", "persons")
        if spec.persons != 1 and not PRESUMING.isdisjoint(spec.steps):
            yield fault(spec, "whether somebody is presumed a victim, one officer says", "persons")
        if known.issuperset(spec.steps):
            yield from _faults_of_answers(spec, pack.step(spec.yes), pack.step(spec.no))
    yield from _faults_of_answering_twice(pack.decisions)


def faults_of_criteria(pack: Pack) -> Iterator[Fault]:
    """Criteria against which no decision is weighed."""
    asked = {name for spec in pack.decisions for name in spec.criteria}
    for criterion in pack.criteria:
        if criterion.id not in asked:
            yield fault(criterion, f'no decision is weighed against "{criterion.id}"')


def faults_of_no(pack: Pack) -> Iterator[Fault]:
    """Decisions whose no would be the last word. Source: protections, a no must be reviewable."""
    steps = {step.id: step for step in pack.steps}
    again = {
        state
        for spec in pack.decisions
        if spec.again and spec.yes in steps
        for state in steps[spec.yes].origins
    }
    for spec in pack.decisions:
        if spec.no not in steps:
            continue
        no = steps[spec.no]
        ways = {step.to for step in pack.steps_from(no.track, no.to)}
        if not ways & again:
            reason = f'nobody could be asked to look again at a no to "{spec.id}"'
            yield fault(spec, reason, "no")


def faults_of_recovery(pack: Pack) -> Iterator[Fault]:
    """Recovery periods that are shorter than a person needs, or that stop nothing."""
    for setting in pack.settings:
        if setting.id != RESTS or type(setting.in_force) is not int:
            continue
        key = "default" if setting.value is None else "value"
        if setting.unit is not Unit.CALENDAR_DAYS:
            yield fault(setting, "a recovery period is counted in calendar days", "unit")
        elif setting.in_force < LEAST_RECOVERY_DAYS:
            reason = f"{setting.in_force} days of recovery are less than {LEAST_RECOVERY_DAYS}"
            yield fault(setting, f"{reason}, the least that care asks", key)
    for step in pack.steps:
        if step.id == "begin_recovery":
            yield from _faults_of_rest(pack, step)


def _faults_of_rest(pack: Pack, begin: Step) -> Iterator[Fault]:
    for track in pack.tracks:
        for state in track.states:
            if (track.id, state.id) == (begin.track, begin.to) and state.pauses != RESTS:
                yield fault(state, f'a person who rests is left in peace: pauses = "{RESTS}"', "id")


def _faults_of_answers(spec: DecisionSpec, yes: Step, no: Step) -> Iterator[Fault]:
    if yes.track != no.track or set(yes.origins).isdisjoint(no.origins):
        yield fault(spec, f'"{yes.id}" and "{no.id}" do not answer the same question', "no")
    elif yes.to == no.to:
        yield fault(spec, f'"{yes.id}" and "{no.id}" lead to the same state', "no")
    for step in (yes, no):
        if "reasons_given" not in step.guards:
            yield fault(spec, f'step "{step.id}" decides, and asks for no reasons')
        for guard in step.guards:
            if guard in DECLARED and guard != "reasons_given":
                reason = f'step "{step.id}" decides: nobody is asked there to state "{guard}"'
                yield fault(spec, reason)
        if spec.again and "different_officer" not in step.guards:
            yield fault(spec, f'step "{step.id}" decides again, and asks for nobody else', "again")


def _faults_of_answering_twice(specs: Sequence[DecisionSpec]) -> Iterator[Fault]:
    first: dict[str, str] = {}
    for spec in specs:
        for step in spec.steps:
            if step in first:
                yield fault(spec, f'step "{step}" answers "{first[step]}" already')
            first.setdefault(step, spec.id)
