"""An answer that may tell who or where: read, sent or refused by a second officer."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from himaya.accounts.pages import OfficerRequest, officer_page
from himaya.kernel.access import Permission
from himaya.reporting.answering import SEND_ANYWAY, may_tell
from himaya.reporting.desk import presenters
from himaya.reporting.desk.telling import marks
from himaya.reporting.operations import hold as operations
from himaya.reporting.queries import held_for, request_for
from himaya.vault.keyring import is_unlocked, keyring_of
from himaya.vault.reasons import asked


@require_safe
@officer_page(Permission.REPORT_ANSWER)
def show(request: OfficerRequest, held_id: UUID) -> HttpResponse:
    """An answer that waits, sealed until it is opened."""
    return _page(request, held_id)


@require_POST
@officer_page(Permission.REPORT_ANSWER)
def read(request: OfficerRequest, held_id: UUID) -> HttpResponse:
    """What it says, with what may tell who or where marked."""
    held_for(request.actor, held_id)
    words = operations.read_held(
        actor=request.actor,
        keyring=keyring_of(request),
        held_id=held_id,
        at=request.at,
        reason=request.POST.get("reason", ""),
    )
    return _page(request, held_id, words=words)


@require_POST
@officer_page(Permission.REPORT_ANSWER, fresh=True)
def send(request: OfficerRequest, held_id: UUID) -> HttpResponse:
    """The second officer lets it go."""
    held = held_for(request.actor, held_id)
    operations.send_held(
        actor=request.actor,
        keyring=keyring_of(request),
        held_id=held_id,
        at=request.at,
        reason=request.POST.get("reason", ""),
    )
    return redirect("reporting:show", held.report_id)


@require_POST
@officer_page(Permission.REPORT_ANSWER)
def refuse(request: OfficerRequest, held_id: UUID) -> HttpResponse:
    """The second officer says no."""
    held = held_for(request.actor, held_id)
    operations.refuse_held(actor=request.actor, held_id=held_id, at=request.at)
    return redirect("reporting:show", held.report_id)


def _page(request: OfficerRequest, held_id: UUID, *, words: str = "") -> HttpResponse:
    held = held_for(request.actor, held_id)
    waiting = request_for(SEND_ANYWAY, held_id, request.at)
    own = waiting is not None and waiting.asked_by_id == request.actor.officer_id
    work = presenters.at_work(held.report)
    context = {
        "held": held,
        "number": presenters.number(held.report),
        "waiting": waiting,
        "own": own,
        "words": words,
        "marks": marks(may_tell(words)) if words else [],
        "unlocked": is_unlocked(request),
        "asked": asked(request.actor, held.report_id, at_work=work),
        "reason": request.POST.get("reason", ""),
    }
    return render(request, "reporting/desk/held.html", context)
