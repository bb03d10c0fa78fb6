"""Bodies that are asked by a referral to decide, because no desk of the case may."""

from collections.abc import Collection
from uuid import UUID

from django.db import connection

from himaya.packs.deciders import Place, to_be_asked
from himaya.packs.schema import Pack
from himaya.packs.tracks import Step
from himaya.referrals.models import Referral


def own_desks(case_id: UUID) -> set[Place]:
    """The desks of a case, also for a desk that may not see the case."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT d.kind, a.code FROM cases_desks_of(%s) c"
            " JOIN agencies_desk d ON d.id IN (c.lead, c.identifies)"
            " JOIN agencies_agency a ON a.id = d.agency_id",
            [case_id],
        )
        return {Place(kind, body) for kind, body in cursor.fetchall()}


def is_asked(pack: Pack, step: Step, own: Collection[Place], referral: Referral) -> bool:
    """Whether the desk that received a referral is of a body that must be asked for a decision.

    own: the desks of the case.
    """
    bodies = {body.id for body in to_be_asked(pack, step, own)}
    return pack.decision_by(step.id) is not None and referral.receiver.agency.code in bodies
