"""The viewing copy of a file: what an officer sees of it without opening it on their computer."""

from base64 import b64encode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from himaya.accounts.pages import OfficerRequest, officer_page
from himaya.kernel.access import Permission
from himaya.reporting.desk import presenters
from himaya.reporting.desk.picture_words import WORDS
from himaya.reporting.operations.read import fetch_file
from himaya.reporting.queries import report_for
from himaya.vault.keyring import keyring_of
from himaya.viewing.copies import viewing_copy


@require_POST
@officer_page(Permission.REPORT_READ)
def picture(request: OfficerRequest, report_id: UUID, file_id: UUID) -> HttpResponse:
    """Pictures of a file, drawn in the box for this page alone; the read is in the ledger."""
    report = report_for(request.actor, report_id)
    reason = request.POST.get("reason", "")
    file = fetch_file(
        actor=request.actor,
        keyring=keyring_of(request),
        report_id=report_id,
        file_id=file_id,
        at=request.at,
        reason=reason,
    )
    copy = viewing_copy(file.content)
    context = {
        "report_id": report_id,
        "number": presenters.number(report),
        "file_id": file_id,
        "name": file.name,
        "digest": file.digest(),
        "size": len(file.content),
        "pages": [f"data:image/jpeg;base64,{b64encode(page).decode()}" for page in copy.pages],
        "more": copy.more,
        "why_not": WORDS[copy.why] if copy.why else "",
        "reason": reason,
    }
    return render(request, "reporting/desk/picture.html", context)
