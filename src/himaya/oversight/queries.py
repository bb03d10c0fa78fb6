"""What the committee's pages read, always for an actor."""

from uuid import UUID

from django.db.models import F, QuerySet

from himaya.agencies.models import Agency
from himaya.kernel.access import Actor
from himaya.kernel.errors import NotKnown
from himaya.oversight.models import Action, AgendaItem, Decision, Meeting


def meetings(actor: Actor) -> QuerySet[Meeting]:
    """All meetings, the latest first."""
    return Meeting.objects.visible_to(actor).order_by("-held_on", "-number")


def meeting_for(actor: Actor, meeting_id: UUID) -> Meeting:
    """One meeting. Raises NotKnown."""
    found = Meeting.objects.visible_to(actor).filter(pk=meeting_id).first()
    if found is None:
        raise NotKnown(meeting=meeting_id)
    return found


def decision_for(actor: Actor, decision_id: UUID) -> Decision:
    """One decision with its meeting. Raises NotKnown."""
    decisions = Decision.objects.visible_to(actor).select_related("meeting")
    found = decisions.filter(pk=decision_id).first()
    if found is None:
        raise NotKnown(decision=decision_id)
    return found


def action_to_finish(actor: Actor, action_id: UUID) -> Action:
    """One action, locked until the transaction ends. Raises NotKnown."""
    actions = Action.objects.visible_to(actor).select_for_update()
    found = actions.filter(pk=action_id).first()
    if found is None:
        raise NotKnown(action=action_id)
    return found


def agenda_of(actor: Actor, meeting: Meeting) -> QuerySet[AgendaItem]:
    """The agenda of a meeting, first item first."""
    return AgendaItem.objects.visible_to(actor).filter(meeting=meeting).order_by("position")


def decisions_of(actor: Actor, meeting: Meeting) -> QuerySet[Decision]:
    """The decisions of a meeting."""
    return Decision.objects.visible_to(actor).filter(meeting=meeting).order_by("number", "pk")


def actions(actor: Actor) -> QuerySet[Action]:
    """All actions with what they belong to: what is open first, the most urgent on top."""
    found = Action.objects.visible_to(actor).select_related("agency", "decision__meeting")
    return found.order_by(F("done_at").desc(nulls_first=True), "due_on", "pk")


def agencies() -> QuerySet[Agency]:
    """The agencies that can be asked to do something."""
    return Agency.objects.order_by("code")


def agency(agency_id: UUID) -> Agency:
    """One agency. Raises NotKnown."""
    found = Agency.objects.filter(pk=agency_id).first()
    if found is None:
        raise NotKnown(agency=agency_id)
    return found
