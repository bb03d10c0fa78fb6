"""What can be done now on each track of a case, and why not what cannot."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from django.urls import reverse

from himaya.cases.models import Case, TrackState
from himaya.cases.tracks import pack_of
from himaya.consent.tracking import EXPIRES
from himaya.kernel.access import Actor, Permission
from himaya.packs.deciders import Place
from himaya.packs.engine import Choice, choice_for, choices
from himaya.packs.obstacles import missing
from himaya.packs.schema import Pack
from himaya.packs.tracks import Step, Track
from himaya.packs.vocabulary import DECLARED
from himaya.pathway import conditions
from himaya.pathway.asked import is_asked, own_desks
from himaya.pathway.asking import Section
from himaya.pathway.conditions import Known
from himaya.pathway.pages import DECIDE, page_of
from himaya.pathway.rules import identifies
from himaya.pathway.sections.asks import Ask, Asker, asker, sent_to_bodies
from himaya.referrals.models import Referral

GATE = "gate_passed"
OF_REPORTS = "open_case"  # its track is over before there is a case


@dataclass(frozen=True, slots=True)
class Line:
    """One step. href: where it is taken; empty when it cannot be now, and then `why` says why not.

    until: by when it is due, None for never, while the clock stands still, and where each consent
    has a day of its own; its page says by which rule.
    """

    step: str
    label: str
    href: str
    why: list[str]
    until: datetime | None
    stands_still: bool


@dataclass(frozen=True, slots=True)
class Lane:
    """One track: where it stands, what may be done, and what others may do or is not open yet."""

    track: str
    state: str
    open: list[Line]
    closed: list[Line]
    asks: list[Ask]


@dataclass(frozen=True, slots=True)
class _Asked:
    """Who asks about which case, and by which pack it goes. referral: that the asker answers.

    own: the case's desks, for whoever answers one. asker: for whoever may ask others.
    """

    pack: Pack
    known: Known
    actor: Actor
    at: datetime
    referral: Referral | None = None
    own: Collection[Place] = ()
    asker: Asker | None = None

    def lanes(self) -> list[Lane]:
        """Every track on which a step leads on, in the pack's order."""
        return [lane for track in self.pack.tracks if (lane := self.lane(track))]

    def lane(self, track: Track) -> Lane | None:
        """One track; None when it has no step from here, or was over before there was a case."""
        stood = self.known.stands(track.id)
        if stood is None or track.id == self.pack.step(OF_REPORTS).track:
            return None
        found = [choice for choice in self.choices(stood) if self.is_here(choice.step)]
        lines = [self.line(choice, stood) for choice in found]
        if not lines:
            return None
        return Lane(
            track=track.label.text(),
            state=track.state(stood.state).label.text(),
            open=[line for line in lines if line.href],
            closed=[line for line in lines if not line.href],
            asks=self.asker.asks([choice.step for choice in found]) if self.asker else [],
        )

    def is_here(self, step: Step) -> bool:
        """Whether the step is for whoever looks: who sees no case decides what it was asked for."""
        if self.referral is None:
            return True
        if identifies(self.pack, step):
            return is_asked(self.pack, step, self.own, self.referral)
        page = page_of(self.pack, step)
        return page is None or not page.of_case

    def choices(self, stood: TrackState) -> list[Choice]:
        """The steps that lead on from where a track stands."""

        def held(step: Step) -> set[str]:
            return held_for(self.pack, step, self.known, stood, actor=self.actor, at=self.at)

        found = choices(self.pack, {stood.track: stood.state}, self.actor, held)
        return [_at_its_gate(self.pack, choice) for choice in found]

    def line(self, choice: Choice, stood: TrackState) -> Line:
        """One step, with its deadline."""
        step = choice.step
        deadline = self.known.deadline_of(step)
        still = bool(deadline and deadline.paused_since)
        return Line(
            step=step.id,
            label=step.label.text(),
            href=self.address(choice),
            why=[why.text() for why in (choice.why if choice.theirs else choice.why[:1])],
            until=deadline.due_at if deadline and not still and step.id != EXPIRES else None,
            stands_still=still,
        )

    def address(self, choice: Choice) -> str:
        """Where the step is taken; empty when this officer cannot take it now."""
        page = page_of(self.pack, choice.step)
        needed = page.permission if page else Permission.STEP_TAKE
        if not choice.may or not self.actor.may(needed):
            return ""
        if self.referral is not None:
            if page is not None and not page.by_referral:
                return reverse("referrals:show", args=[self.referral.pk])
            name = page.by_referral if page else "pathway:referred_step"
            return reverse(name, args=[self.referral.pk, choice.step.id])
        assert self.known.case is not None  # only a desk that answers a referral sees no case
        case_id = self.known.case.pk
        if page is None or page.by_referral:
            name = page.name if page else "pathway:step"
            return reverse(name, args=[case_id, choice.step.id])
        return reverse(page.name, args=[case_id] if page.of_case else [])


def section(actor: Actor, case: Case, at: datetime) -> Section[list[Lane]]:
    """The tracks of an open case on which a step leads on; none of a closed case."""
    if case.state == Case.State.CLOSED:
        return []
    *rows, sent = yield [*conditions.lists(case, at), sent_to_bodies(case)]
    pack = pack_of(case)
    known = conditions.known(case, rows)
    return _Asked(pack, known, actor, at, asker=asker(actor, case, pack, sent)).lanes()


def of_referral(actor: Actor, referral: Referral, at: datetime) -> list[Lane]:
    """The tracks on which the desk that answers a referral works, as far as it sees them."""
    known = conditions.known_to_receiver(referral)
    own = own_desks(referral.case_id)
    return _Asked(pack_of(referral.case_id), known, actor, at, referral, own).lanes()


def choice_of(
    pack: Pack, step: Step, known: Known, stood: TrackState, *, actor: Actor, at: datetime
) -> Choice:
    """Whether this officer may take the step now."""
    held = held_for(pack, step, known, stood, actor=actor, at=at)
    return _at_its_gate(pack, choice_for(pack, step, stood.state, actor, held))


def held_for(
    pack: Pack, step: Step, known: Known, stood: TrackState, *, actor: Actor, at: datetime
) -> set[str]:
    """The conditions of a step that count as met for this officer, what they can state included.

    A step with a page of its own is only asked whose it is, and whether it stands behind a gate:
    its page says the rest. A decision is asked everything before anybody begins to weigh it.
    """
    if page_of(pack, step) in (None, DECIDE):
        return conditions.met(known, pack, step, stood, actor=actor, at=at).union(DECLARED)
    return set(step.conditions)


def _at_its_gate(pack: Pack, choice: Choice) -> Choice:
    """A choice behind a gate, which no case has passed, is shut: `cases.rules.check_may_choose`."""
    if choice.step.id not in {solution.step for solution in pack.solutions if solution.gate}:
        return choice
    shut = missing(GATE, choice.step, ())
    return replace(choice, may=False, missing=(GATE,), why=(*choice.why, shut))
