"""People whom officers meet on an occasion."""

from himaya.occasions.models import Met, Occasion
from himaya.occasions.operations import keeping, screening
from tests.factories.moments import NOON


def occasion(who, kind=Occasion.Kind.RAID, at=NOON):
    """An occasion that this officer's desk keeps."""
    with who.works():
        return keeping.open_occasion(
            actor=who.actor, desk_id=who.desk.pk, kind=kind, place="", at=at
        )


def met(who, of, *names, counted=0, at=NOON):
    """People who were met, by name or by number only."""
    with who.works():
        return keeping.add_people(
            actor=who.actor, occasion_id=of.pk, counted=counted, names=names, at=at
        )


def not_screened(who, of, people, reason=Met.Reason.DECLINED, at=NOON):
    """The officer says why these are not screened."""
    with who.works():
        return keeping.give_reason(
            actor=who.actor,
            occasion_id=of.pk,
            met_ids=[each.pk for each in people],
            reason=reason,
            at=at,
        )


def to_be_screened(who, one, people, at=NOON):
    """A case is opened for somebody who was met."""
    with who.works():
        return screening.begin_screening(
            actor=who.actor,
            keyring=who.keyring,
            met_id=one.pk,
            desk=people.worker.desk,
            identification_desk=people.identifier.desk,
            at=at,
        )


def on_ground(people, words):
    """What stands in addresses: an occasion, and somebody named who waits on it."""
    of = occasion(people.identifier)
    one, _counted = met(people.identifier, of, words("name of somebody met"), counted=1)
    return {"occasion_id": of.pk, "met_id": one.pk}
