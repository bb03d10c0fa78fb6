"""What may be agreed to, and whether an agreement still holds."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from himaya.agencies.models import Desk
from himaya.cases.models import Case
from himaya.consent.errors import (
    AlreadyTold,
    AlreadyWithdrawn,
    AskedAgainAlready,
    MoveNotOpen,
    NeverShared,
    NoSuchBasis,
    NotByLaw,
    NoTimeToLookAgain,
    NotImplied,
    NotRenewable,
    NotValid,
    OwnDesk,
    TimeIsOver,
)
from himaya.consent.models import Consent
from himaya.kernel.access import Actor, Permission, allowed
from himaya.kernel.moves import Moves
from himaya.packs.consent import Implicit, LegalBasis
from himaya.packs.desks import SharePolicy

State = Consent.State

MOVES = Moves(
    {
        State.ASKED: frozenset({State.GRANTED, State.REFUSED}),
        State.GRANTED: frozenset({State.WITHDRAWN, State.EXPIRED, State.RENEWED}),
        State.REFUSED: frozenset(),
        State.WITHDRAWN: frozenset(),
        State.EXPIRED: frozenset(),
        State.RENEWED: frozenset(),
    }
)


def check_may_be_asked_for(case: Case, recipient: Desk) -> None:
    """Raise if the person would be asked to let a desk know what it knows as it leads the case."""
    if recipient.pk == case.desk_id:
        raise OwnDesk(case=case.pk)


def check_may_share(policy: SharePolicy | None, kinds: Sequence[str]) -> None:
    """Raise if the country's sharing policy keeps one of these compartments from such a desk."""
    allowed = set(policy.compartments) - set(policy.never) if policy else set()
    kept_back = sorted(set(kinds) - allowed)
    if kept_back:
        raise NeverShared(kinds=kept_back)


def check_valid(consent: Consent, at: datetime) -> None:
    """Raise unless the consent holds at this moment."""
    if consent.state != State.GRANTED or consent.until <= at:
        raise NotValid(consent=consent.pk)


def holds(consent: Consent, at: datetime) -> bool:
    """The same rule as a question."""
    return allowed(check_valid, consent, at)


def check_may_answer(actor: Actor, consent: Consent, at: datetime) -> None:
    """Raise unless the actor may record the answer to this question now."""
    actor.need(Permission.CONSENT_RECORD)
    if consent.state != State.ASKED:
        raise MoveNotOpen(consent=consent.pk, state=consent.state)
    if consent.until <= at:
        raise TimeIsOver(consent=consent.pk)


def check_may_refuse(actor: Actor, consent: Consent) -> None:
    """Raise unless the actor may record a no. A no has no time limit."""
    actor.need(Permission.CONSENT_RECORD)
    if not MOVES.may(consent.state, State.REFUSED):
        raise MoveNotOpen(consent=consent.pk, state=consent.state)


def check_may_withdraw(actor: Actor, consent: Consent) -> None:
    """Raise unless the actor may record that the person withdrew.

    One whose time is over may still be withdrawn until it is recorded as over: the person's word
    is never turned away.
    """
    actor.need(Permission.CONSENT_RECORD)
    if consent.state == State.WITHDRAWN:
        raise AlreadyWithdrawn(consent=consent.pk)
    if not MOVES.may(consent.state, State.WITHDRAWN):
        raise MoveNotOpen(consent=consent.pk, state=consent.state)


def check_renewable(consent: Consent, at: datetime, *, asked_again: bool) -> None:
    """Raise unless a later consent may take the place of this one. asked_again: one waits to."""
    if consent.legal_basis or not holds(consent, at):
        raise NotRenewable(consent=consent.pk)
    if asked_again:
        raise AskedAgainAlready(consent=consent.pk)


def check_implied(implicit: Implicit | None, consent: Consent, answered_at: datetime) -> None:
    """Raise unless the pack takes agreement to this for granted, and for so long.

    implicit: the pack's entry for the purpose. Source: IOM Data Protection Manual, principle 5, by
    which a transfer needs explicit consent; urgent care is the exception.
    """
    if implicit is None or consent.until > answered_at + timedelta(days=implicit.days):
        raise NotImplied(consent=consent.pk)


def check_covered(
    basis: LegalBasis, *, kind: str, kinds: Sequence[str], until: datetime, at: datetime
) -> None:
    """Raise unless the legal basis lets these compartments go to such a desk, for so long."""
    fits = (
        kind in basis.to
        and set(kinds) <= set(basis.compartments)
        and at < until <= at + timedelta(days=basis.days)
    )
    if not fits:
        raise NoSuchBasis(basis=basis.id)


def check_may_override(actor: Actor, consent: Consent, at: datetime) -> None:
    """Raise unless the actor may now share on a legal basis that was asked for."""
    actor.need(Permission.CONSENT_RECORD)
    if not consent.legal_basis or consent.state != State.ASKED:
        raise MoveNotOpen(consent=consent.pk, state=consent.state)
    if consent.until <= at:
        raise TimeIsOver(consent=consent.pk)


def check_may_tell(
    actor: Actor, consent: Consent, *, told: bool, look_again_at: datetime | None, at: datetime
) -> None:
    """Raise unless it is still to be recorded whether the person was told of this.

    told: it was recorded before that they were. look_again_at: None when they are told now.
    """
    actor.need(Permission.CONSENT_RECORD)
    if not consent.legal_basis or consent.given_at is None:
        raise NotByLaw(consent=consent.pk)
    if told:
        raise AlreadyTold(consent=consent.pk)
    if look_again_at is not None and look_again_at <= at:
        raise NoTimeToLookAgain(consent=consent.pk)
