"""Which steps of the person's pathway a referral takes, by the kind of desk that receives it."""

from collections.abc import Collection
from datetime import datetime

from himaya.cases.models import TrackState
from himaya.cases.tracks import take_step
from himaya.kernel.access import Actor
from himaya.referrals.models import Referral

STEPS = {
    ("sent", "SHELTER"): ("request_shelter",),
    ("accepted", "SHELTER"): ("offer_place",),
    ("begun", "SHELTER"): ("admit",),
    ("declined", "SHELTER"): ("decline_request",),
    ("withdrawn", "SHELTER"): ("withdraw_request",),
    ("turned_down", "SHELTER"): ("turn_down_place",),
    ("completed", "SHELTER"): ("leave_shelter",),
    ("sent", "PROSECUTION"): ("report_to_prosecution",),
    ("accepted", "PROSECUTION"): ("take_up",),
}


def held_by(referral: Referral, event: str) -> set[str]:
    """Guards of the pathway that the referral itself shows to be met.

    The consent says that the person chose to be referred; it does not say that they chose to leave.
    """
    held = {"not_own_referral"}
    if referral.informed:
        held.add("informed")
    if referral.consent is not None:
        held.add("has_consent")
        if event in {"sent", "accepted", "begun"} and not referral.consent.legal_basis:
            held.add("person_chose")
    return held


def move(
    referral: Referral, event: str, *, actor: Actor, declared: Collection[str], at: datetime
) -> list[TrackState]:
    """Take the steps that follow from what happened to the referral; the track, for the record.

    declared: guards that the officer states to be met. Raises as `take_step` does. A transfer
    moves the case and none of its tracks.
    """
    held = held_by(referral, event) | set(declared)
    tracks: list[TrackState] = []
    steps = () if referral.is_transfer else STEPS.get((event, referral.receiver.kind), ())
    for step in steps:
        tracks = [
            take_step(
                step_id=step,
                case_id=referral.case_id,
                actor=actor,
                held=held,
                referred_to=referral.receiver_id,
                at=at,
            )
        ]
    return tracks
