"""Recording what a person allows, and that they no longer do."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Model

from himaya.agencies.models import Desk
from himaya.audit.record import record
from himaya.cases.queries import case_for
from himaya.cases.rules import check_may_receive, check_may_work
from himaya.cases.tracks import stands_at, take_step
from himaya.consent.models import Consent
from himaya.consent.queries import consent_of, valid_consents_of
from himaya.consent.rules import check_may_share, check_may_withdraw
from himaya.kernel.access import Actor, Permission
from himaya.packs.loader import current
from himaya.packs.vocabulary import DeskKind
from himaya.vault.models import Grant
from himaya.vault.withdraw import withdraw as withdraw_key


@transaction.atomic
def give(
    *,
    actor: Actor,
    case_id: UUID,
    recipient: Desk,
    purpose: Consent.Purpose,
    kinds: Sequence[str],
    language: str,
    interpreter: bool,
    method: Consent.Method,
    until: datetime,
    at: datetime,
) -> Consent:
    """Record that the person allows one desk to see some compartments, for one purpose, for a time.

    Raises NeverShared for a compartment that the pack keeps from such a desk, and AgencyInvolved
    for a desk of an agency that the report names.
    """
    actor.need(Permission.CONSENT_RECORD)
    case = case_for(actor, case_id)
    check_may_work(actor, case)
    check_may_receive(recipient, case.kept_from)
    check_may_share(current().share_policy(DeskKind(recipient.kind)), kinds)
    consent = Consent(
        case=case,
        recipient=recipient,
        purpose=purpose,
        kinds=list(kinds),
        language=language,
        interpreter=interpreter,
        method=method,
        given_at=at,
        until=until,
    )
    consent.save(force_insert=True)
    # That the person was told and chose is what a consent records.
    held = ("informed", "person_chose")
    tracks = [
        take_step(step_id=step, case_id=case.id, actor=actor, held=held, at=at)
        for step in _steps_to_granted(case.id)
    ]
    record(
        act="consent.given",
        actor=actor,
        at=at,
        subject_id=case.id,
        desk_id=case.desk_id,
        facts={"consent": str(consent.id), "recipient": recipient.code, "purpose": purpose.value},
        rows=[consent, *tracks[-1:]],
    )
    return consent


def _steps_to_granted(case_id: UUID) -> tuple[str, ...]:
    grant = current().step("grant_consent")
    granted = stands_at(case_id, grant.track) == grant.to
    return () if granted else ("ask_consent", "grant_consent")


@transaction.atomic
def withdraw(*, actor: Actor, case_id: UUID, consent_id: UUID, at: datetime) -> Consent:
    """The person no longer allows it: every share that rests on it ends in this transaction.

    The recipient's grants go and the compartments get a new key. What was sent stays on record.
    """
    case = case_for(actor, case_id)
    consent = Consent.objects.select_for_update().get(pk=consent_of(case, consent_id).pk)
    check_may_withdraw(actor, consent)
    consent.withdrawn_at = at
    consent.save(update_fields=["withdrawn_at"])
    rows: list[Model] = [consent]
    gone: list[Model] = []
    live = Grant.objects.filter(basis_id=consent.id).values_list("compartment_id", "desk_id")
    for compartment_id, desk_id in sorted(set(live)):
        ended, epoch, grants = withdraw_key(compartment_id=compartment_id, desk_id=desk_id, at=at)
        gone += ended
        rows += [epoch, *grants]
    if not valid_consents_of(case, at):
        rows.append(take_step(step_id="withdraw_consent", case_id=case.id, actor=actor, at=at))
    record(
        act="consent.withdrawn",
        actor=actor,
        at=at,
        subject_id=case.id,
        desk_id=case.desk_id,
        facts={"consent": str(consent.id)},
        rows=rows,
        gone=gone,
    )
    return consent
