"""An officer is suspended, or leaves for good: locked out at once, by one person."""

from datetime import datetime
from uuid import UUID

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from himaya.accounts.models import Officer
from himaya.accounts.sessions import end_all
from himaya.audit.record import record
from himaya.enrolment import owners, queries
from himaya.enrolment.models import Invitation
from himaya.enrolment.rules import check_may_suspend
from himaya.kernel.access import Actor
from himaya.vault.leaving import take_keys_away


class Why(models.TextChoices):
    """Why an officer is locked out."""

    OTHER_HANDS = "other_hands", _("A passphrase, a device or a paper may be in other hands")
    UNDER_REVIEW = "under_review", _("What the officer did is being looked into")
    AWAY = "away", _("The officer is away for long")
    LEFT = "left", _("The officer has left the agency")


@transaction.atomic
def suspend(*, actor: Actor, officer_id: UUID, why: Why, at: datetime) -> Officer:
    """Lock an officer out: no page, no session, no key. One person suffices; back it takes two.

    In one transaction: they work no more, their sessions end, their keys of desks go and the desks
    turn theirs, an open invitation is void. LEFT: they also sit at no desk any more.
    Raises NotPermitted, NotKnown or NotYourself; then nothing has changed.
    """
    officer = queries.locked(actor, officer_id)
    check_may_suspend(actor, officer)
    for_good = why == Why.LEFT
    seats = queries.seats_of([officer]) if for_good else []
    away = take_keys_away(officer_id=officer.pk, at=at)
    ended = end_all(officer.pk)
    owners.suspend(officer.pk, for_good=for_good, at=at)
    officer.refresh_from_db()
    record(
        act="enrolment.left" if for_good else "enrolment.suspended",
        actor=actor,
        at=at,
        subject_id=officer.pk,
        facts={"why": why.value, "sessions": ended},
        rows=[officer, *Invitation.objects.filter(officer=officer), *away.rows],
        gone=[*away.gone, *seats],
    )
    return officer
