"""Who takes a step of a case: one of its own desks, or a body that is asked by a referral."""

from collections.abc import Collection
from typing import NamedTuple

from himaya.packs.desks import Agency
from himaya.packs.schema import Pack
from himaya.packs.tracks import Step
from himaya.packs.vocabulary import SEATED

# Which desks, once they have accepted a referral, come to the track of the identification.
ASKED = frozenset({"IDENTIFICATION", "PROSECUTION"})


class Place(NamedTuple):
    """What of a desk says which steps its officers may take: its kind, and the body's id."""

    kind: str
    body: str


def takes(step: Step, place: Place) -> bool:
    """Whether officers sit there who may take the step; of its bodies, if it names any."""
    seats_them = any(place.kind in SEATED.get(actor, ()) for actor in step.actors)
    return seats_them and (not step.agencies or place.body in step.agencies)


def to_be_asked(pack: Pack, step: Step, own: Collection[Place]) -> list[Agency]:
    """The bodies that may take the step and must be asked; none if a desk of the case takes it.

    own: the desks that lead the case and that identify the person.
    """
    if any(takes(step, place) for place in own):
        return []
    open_desks = [Place(desk.kind, desk.agency) for desk in pack.desks if not desk.outside]
    bodies = {place.body for place in open_desks if place.kind in ASKED and takes(step, place)}
    return [agency for agency in pack.agencies if agency.id in bodies]


def obliged(pack: Pack, body: Agency) -> bool:
    """Whether a law sends facts to the desks of a body that are asked, without a consent."""
    kinds = {desk.kind for desk in pack.desks if desk.agency == body.id and desk.kind in ASKED}
    return any(policy.duty for kind in kinds if (policy := pack.share_policy(kind)))
