"""Which desk answers for a deadline of a case, and how a moved track moves its deadlines."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Model

from himaya.agencies.models import Desk
from himaya.cases.models import Case, TrackState
from himaya.clocks import following
from himaya.clocks.following import Move
from himaya.clocks.models import Deadline
from himaya.clocks.operations import laying
from himaya.clocks.rules import Concern
from himaya.kernel.access import Actor
from himaya.packs.schema import Pack
from himaya.packs.tracks import Step

IDENTIFIES = "identification_officer"
FIRST_SIGN = "first_sign"
# Who works at the desk that leads a case, or for it. Everybody else sits where it was referred to.
LEADS = frozenset({"case_worker", "return_counsellor", "intake_officer", "clock"})


def begun(case: Case, pack: Pack, tracks: Sequence[TrackState], at: datetime) -> list[Model]:
    """Start the deadlines of a case just opened; its tracks and these, for the opening's record.

    A case that has ended already, such as one planted to be watched, has none.
    """
    if case.state == Case.State.CLOSED:
        return list(tracks)
    concern = Concern(
        case_id=case.pk,
        pseudonym=case.pseudonym,
        pack=pack,
        lead_id=case.desk_id,
        desk_of=lambda step: _answers(step, case.desk_id, case.identification_desk_id, None),
        since=_since(case),
    )
    stands = {track.track: track.state for track in tracks}
    return [*tracks, *following.begin(concern=concern, stands=stands, at=at)]


def moved(
    *,
    actor: Actor,
    pack: Pack,
    step: Step,
    left: str,
    track: TrackState,
    referred_to: UUID | None,
    at: datetime,
) -> None:
    """Let the deadlines of a case follow a step that was just taken.

    referred_to: the desk that the case was referred to for this track, if it was.
    """
    pseudonym, lead_id, identifies_id = _desks_of(track.case_id)
    concern = Concern(
        case_id=track.case_id,
        pseudonym=pseudonym,
        pack=pack,
        lead_id=lead_id,
        desk_of=lambda other: _answers(other, lead_id, identifies_id, referred_to),
        since=_since(Case.objects.filter(pk=track.case_id).first()),
    )
    stands = dict(TrackState.objects.filter(case=track.case_id).values_list("track", "state"))
    closing = pack.step("close_case")
    following.follow(
        actor=actor,
        concern=concern,
        move=Move(
            step,
            left,
            ends_case=step.id == closing.id,
            reopens=(step.track, left) == (closing.track, closing.to),
        ),
        stands=stands,
        at=at,
    )


def laid_anew(
    *, actor: Actor, case: Case, pack: Pack, tracks: Sequence[TrackState], at: datetime
) -> None:
    """Lay the deadlines of a case anew, by the edition to which it was moved."""
    referred = {
        deadline.track: deadline.desk_id
        for deadline in Deadline.objects.running().filter(case_id=case.pk)
        if deadline.desk_id not in {case.desk_id, case.identification_desk_id}
    }

    def answers(step: Step) -> UUID:
        given = referred.get(step.track)
        return _answers(step, case.desk_id, case.identification_desk_id, given)

    concern = Concern(
        case_id=case.pk,
        pseudonym=case.pseudonym,
        pack=pack,
        lead_id=case.desk_id,
        desk_of=answers,
        since=_since(case),
    )
    known = {track.id for track in pack.tracks}
    stands = {each.track: (each.state, each.since) for each in tracks if each.track in known}
    laying.lay_anew(actor=actor, concern=concern, stands=stands, at=at)


def _since(case: Case | None) -> dict[str, datetime]:
    """The moments from which clocks of the case may count. None: a case that the actor cannot see,
    who moves no track that counts from before it."""
    return {} if case is None else {FIRST_SIGN: case.first_sign_at or case.opened_at}


def _answers(step: Step, lead_id: UUID, identifies_id: UUID, referred_to: UUID | None) -> UUID:
    """The desk that answers for a step: the one that may take it, and of several the leading one.

    Until another desk has been asked, whoever leads the case answers for asking it.
    """
    if not LEADS.isdisjoint(step.actors):
        return lead_id
    if IDENTIFIES in step.actors and _is_of_a_body_of(step, identifies_id):
        return identifies_id
    return referred_to or lead_id


def _is_of_a_body_of(step: Step, desk_id: UUID) -> bool:
    """Whether the desk is of one of the bodies that take the step, or the step names none."""
    named = Desk.objects.filter(pk=desk_id, agency__code__in=step.agencies)
    return not step.agencies or named.exists()


def _desks_of(case_id: UUID) -> tuple[str, UUID, UUID]:
    """Pseudonym, leading and identifying desk: also for a desk that may not see the case itself."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pseudonym, lead, identifies FROM cases_desks_of(%s)", [case_id])
        found: tuple[str, UUID, UUID] = cursor.fetchone()
    return found
