"""An officer has passed a training."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from himaya.accounts.models import Certificate
from himaya.audit.record import record
from himaya.enrolment import owners, queries
from himaya.enrolment.rules import check_may_certify
from himaya.kernel.access import Actor


@transaction.atomic
def certify(
    *, actor: Actor, officer_id: UUID, topic: str, valid_until: date, at: datetime
) -> Certificate:
    """Record a training; roles that ask for it count from the officer's next request on.

    Raises NotPermitted or NotKnown.
    """
    officer = queries.officer_for(actor, officer_id)
    check_may_certify(actor, officer)
    made = Certificate.objects.get(pk=owners.certify(officer.pk, topic, valid_until))
    record(
        act="enrolment.certified",
        actor=actor,
        at=at,
        subject_id=officer.pk,
        facts={"topic": topic},
        rows=[made],
    )
    return made
