"""An accepted transfer: the case has another desk, at this moment and not before."""

from collections.abc import Sequence
from datetime import datetime

from himaya.cases.models import Case
from himaya.cases.operations import ownership
from himaya.kernel.access import Actor
from himaya.referrals import asleep
from himaya.referrals.models import Referral
from himaya.referrals.operations.trace import trace
from himaya.tasks.operations.handing import hand_over
from himaya.vault.models import Compartment, Grant

State, Outcome = Referral.State, Referral.Outcome


def take_over(
    referral: Referral, woken: Sequence[Grant], *, actor: Actor, at: datetime
) -> Referral:
    """Move the case to the desk that has accepted it, in the caller's transaction.

    With it go its deadlines and its tasks, the keys that the person agreed to, and the referrals
    that others still answer; what the former desk had not sent ends. That desk goes on reading
    what it handed over when the person wants that, and else reads nothing of it any more.
    """
    words = Compartment.objects.filter(subject_id=referral.pk).values_list("id", flat=True)
    own_words = set(words)
    handed = [grant for grant in woken if grant.compartment_id not in own_words]
    reads = None
    if referral.sender_stays and referral.consent is not None:
        reads = ownership.Reading(referral.consent.pk, referral.consent.until)
    ownership.move(
        case=Case.objects.get(pk=referral.case_id),
        to_desk=referral.receiver,
        from_desk_id=referral.sender_id,
        actor=actor,
        at=at,
        handed=handed,
        former_reads=reads,
    )
    hand_over(actor=actor, case_id=referral.case_id, to_desk=referral.receiver_id, at=at)
    followers = asleep.follow_case(referral.case_id, at)
    referral.state, referral.outcome, referral.ended_at = State.COMPLETED, Outcome.TAKEN_OVER, at
    referral.given_by = actor.name
    referral.save(update_fields=["state", "outcome", "ended_at", "given_by"])
    gone = asleep.forget(referral)
    rows = [referral, *followers]
    trace(referral, "referral.taken_over", actor=actor, at=at, rows=rows, gone=gone)
    return referral
