"""On which ground an officer weighs a decision: a case of theirs, or a person referred to them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from himaya.cases.models import Case, TrackState
from himaya.cases.rules import check_step
from himaya.cases.tracks import pack_of
from himaya.decisions.queries import has_decided, open_decision
from himaya.decisions.rules import criteria_of
from himaya.identification.models import Screening
from himaya.identification.queries import taken_of
from himaya.kernel.access import Actor
from himaya.kernel.errors import NotKnown
from himaya.packs.decisions import Criterion, DecisionSpec
from himaya.packs.schema import Pack
from himaya.packs.tracks import Step
from himaya.pathway import conditions
from himaya.pathway.asked import is_asked, own_desks
from himaya.pathway.asking import at_once
from himaya.pathway.conditions import Known
from himaya.pathway.pages import DECIDE, page_of
from himaya.referrals.models import Referral
from himaya.referrals.queries import facts_sent


@dataclass(frozen=True, slots=True)
class Ground:
    """The case, who weighs a decision about it, and from where the pathway leads on.

    desk_id: whose decision it is. child: under 18 or of an age in doubt; nobody is taken for an
    adult because their age was not told. was_child: when it happened, as an interview found. case,
    referral: one of them, by which the officer knows.
    """

    case_id: UUID
    pseudonym: str
    desk_id: UUID
    pack: Pack
    spec: DecisionSpec
    child: bool
    known: Known
    was_child: bool = False
    case: Case | None = None
    referral: Referral | None = None

    @property
    def of_child(self) -> bool:
        """Whether no means need be shown: for a child now, and for one when it happened."""
        return self.child or self.was_child

    @property
    def criteria(self) -> list[Criterion]:
        """What the decision is weighed against."""
        return criteria_of(self.pack, self.spec)

    @property
    def stood(self) -> TrackState:
        """Where the track stands that the decision moves. Raises NotKnown for one not seen."""
        found = self.known.stands(self.pack.step(self.spec.yes).track)
        if found is None:
            raise NotKnown(case=self.case_id)
        return found

    def step(self, outcome: str) -> Step:
        """The step by which a decision with this outcome ends."""
        return self.pack.step(self.spec.yes if outcome == "yes" else self.spec.no)

    @property
    def leads_on(self) -> bool:
        """Whether the pathway leads to this decision from where the track stands."""
        return self.stood.state in self.step("yes").origins

    def state(self, outcome: str) -> str:
        """What the pathway calls the state to which an outcome leads."""
        step = self.step(outcome)
        return self.pack.track(step.track).state(step.to).label.text()

    def check_open(self, outcome: str, *, actor: Actor, at: datetime) -> None:
        """Raise unless the pathway lets this actor decide so now, but for reasons still to come."""
        step, stood = self.step(outcome), self.stood
        held = conditions.met(self.known, self.pack, step, stood, actor=actor, at=at)
        check_step(step, stands_at=stood.state, actor=actor, held=held | {"reasons_given"})

    def decided_before(self, actor: Actor) -> bool:
        """Whether the officer has decided on this person before, the open decision apart."""
        return has_decided(actor, self.case_id, beside=open_decision(self.case_id, self.spec.id))


def ground_of_case(actor: Actor, case: Case, step_id: str, at: datetime) -> Ground:
    """A decision about a case of the actor's desks. Raises NotKnown for what is none."""
    pack = pack_of(case)
    desk_id = case.desk_id if case.desk_id in actor.desk_ids else case.identification_desk_id
    known = conditions.known(case, at_once(conditions.lists(case, at)))
    return Ground(
        case_id=case.pk,
        pseudonym=case.pseudonym,
        desk_id=desk_id,
        pack=pack,
        spec=_decision(pack, step_id),
        child=case.child != Case.Child.NO,
        was_child=taken_of(case.pk).filter(child_then=Screening.ChildThen.YES).exists(),
        known=known,
        case=case,
    )


def ground_of_referral(actor: Actor, referral: Referral, step_id: str) -> Ground:
    """A decision about somebody who was referred to the actor's desk, whose body must be asked.

    Raises NotKnown for none, and for a decision that a desk of the case makes itself.
    """
    if referral.receiver_id not in actor.desk_ids:
        raise NotKnown(referral=referral.pk)
    pack = pack_of(referral.case_id)
    spec = _decision(pack, step_id)
    if not is_asked(pack, pack.step(step_id), own_desks(referral.case_id), referral):
        raise NotKnown(step=step_id)
    return Ground(
        case_id=referral.case_id,
        pseudonym=referral.pseudonym,
        desk_id=referral.receiver_id,
        pack=pack,
        spec=spec,
        child=facts_sent(referral).get("child") != Case.Child.NO,
        known=conditions.known_to_receiver(referral),
        referral=referral,
    )


def _decision(pack: Pack, step_id: str) -> DecisionSpec:
    spec = pack.decision_by(step_id)
    if spec is None or page_of(pack, pack.step(step_id)) != DECIDE:
        raise NotKnown(step=step_id)
    return spec
