"""The keys of an officer's desks, in words: who is admitted, who waits, what can be done."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from himaya.accounts.models import Officer, TwoPersonAct
from himaya.agencies.models import Desk
from himaya.kernel.access import Actor
from himaya.vault.members import Member, members_of
from himaya.vault.models import MemberKey, Readmission
from himaya.vault.queries import desks_shared_with, readmissions_at
from himaya.vault.readmitting import ACT


@dataclass(frozen=True, slots=True)
class MemberRow:
    """One officer of a desk. state: in words; kind: of the tag. may_admit: by this actor."""

    id: UUID
    name: str
    state: str
    kind: str
    may_admit: bool


@dataclass(frozen=True, slots=True)
class DeskCard:
    """A desk of the actor, and what it means for them. how: what to do, while they hold no key."""

    id: UUID
    label: str
    how: str
    members: list[MemberRow]


@dataclass(frozen=True, slots=True)
class Again:
    """An officer who lost their passphrase, and how far two others have come.

    may_vouch, may_admit: what this actor can do next.
    """

    id: UUID
    name: str
    desks: str
    made_at: datetime
    state: str
    may_vouch: bool
    may_admit: bool


def desk_cards(actor: Actor) -> list[DeskCard]:
    """The actor's desks, in the order of the pack."""
    has_key = MemberKey.objects.filter(officer=actor.officer_id).exists()
    desks = Desk.objects.filter(id__in=actor.desk_ids).order_by("position", "code")
    return [_card(desk, actor, has_key) for desk in desks]


def _card(desk: Desk, actor: Actor, has_key: bool) -> DeskCard:
    members = members_of(desk.pk)
    holds = any(each.admitted for each in members if each.officer_id == actor.officer_id)
    rows = [_row(member, actor, holds) for member in members]
    return DeskCard(desk.pk, desk.label(), "" if holds else _how(has_key), rows)


def _how(has_key: bool) -> str:
    if has_key:
        return _("You are not admitted yet. Ask a colleague who is to unlock and admit you here.")
    return _(
        "You have no key of your own yet, so nothing sealed opens for you. "
        "Ask your personnel office to enrol you; there you choose a passphrase."
    )


def _row(member: Member, actor: Actor, holds: bool) -> MemberRow:
    if member.admitted:
        state, kind = _("Admitted"), "good"
    elif member.key is None:
        state, kind = _("Has not chosen a passphrase yet"), "plain"
    else:
        state, kind = _("Waits to be admitted"), "warn"
    other = member.officer_id != actor.officer_id
    may = holds and other and member.key is not None and not member.admitted
    return MemberRow(member.officer_id, member.username, state, kind, may)


def waiting_again(actor: Actor, at: datetime) -> list[Again]:
    """Colleagues who lost their passphrase, the one who has waited longest first."""
    waiting = readmissions_at(actor).exclude(officer=actor.officer_id)
    return [again(asked, actor, at) for asked in waiting.order_by("made_at")]


def again(asked: Readmission, actor: Actor, at: datetime) -> Again:
    """One readmission as this actor sees it."""
    officer = Officer.objects.get(pk=asked.officer_id)
    request = TwoPersonAct.objects.live(at).filter(act=ACT, subject_id=asked.pk).first()
    shared = desks_shared_with(actor, officer.pk)
    colleague = bool(shared) and officer.pk != actor.officer_id
    desks = Desk.objects.filter(id__in=shared).order_by("position")
    return Again(
        id=asked.pk,
        name=officer.username,
        desks=" · ".join(desk.label() for desk in desks),
        made_at=asked.made_at,
        state=_state(request),
        may_vouch=colleague and request is None,
        may_admit=colleague and request is not None and request.confirmed is True,
    )


def _state(request: TwoPersonAct | None) -> str:
    if request is None:
        return _("No colleague has vouched yet.")
    if request.confirmed is None:
        return _("A colleague vouched. A second person of another office has to allow it.")
    return _("It was allowed. A colleague who has unlocked can admit them again.")
