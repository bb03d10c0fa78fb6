"""Consents on an officer's day: those that end soon, and persons to be told of a share by law.

Needs the indexes `consent_by_end` and `consent_by_law`.
"""

from datetime import datetime

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from himaya.consent.models import Consent
from himaya.consent.queries import ending_for, to_tell_for
from himaya.kernel.access import Actor, Permission
from himaya.pathway.asking import Section
from himaya.web.staff.day.lines import MOST, Task


def ending(actor: Actor, at: datetime) -> Section[list[Task]]:
    """Consents that end soon and that nobody has asked for again."""
    if not actor.may(Permission.CONSENT_RECORD):
        return []
    (rows,) = yield [_called(ending_for(actor, at))[:MOST]]
    return [
        Task(
            kind="consent",
            id=consent.pk,
            what=_("Ask the person again before a consent ends"),
            who=consent.pseudonym,
            why_now=_("What rests on it stops on its last day."),
            href=_address(consent),
            since=consent.given_at or consent.asked_at,
            until=consent.until,
        )
        for consent in rows
    ]


def to_tell(actor: Actor, at: datetime) -> Section[list[Task]]:
    """Shares by law of which the person was not told yet."""
    if not actor.may(Permission.CONSENT_RECORD):
        return []
    (rows,) = yield [_called(to_tell_for(actor, at))[:MOST]]
    return [
        Task(
            kind="telling",
            id=consent.pk,
            what=_("Tell the person what was shared by law"),
            who=consent.pseudonym,
            why_now=_("They have a right to know, unless telling is not safe."),
            href=_address(consent),
            since=consent.given_at or consent.asked_at,
        )
        for consent in rows
    ]


def _called(consents: QuerySet[Consent]) -> QuerySet[Consent]:
    """With what officers call the person: joined, since asking for the cases asks all again."""
    return consents.select_related(None).annotate(pseudonym=F("case__pseudonym"))


def _address(consent: Consent) -> str:
    return f"/cases/{consent.case_id}/consents/{consent.pk}/"
