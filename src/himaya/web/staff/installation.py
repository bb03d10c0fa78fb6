"""The system administrator's page: what the doctor found. Of people it knows nothing."""

import json
from datetime import UTC, datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from himaya.accounts.pages import OfficerRequest, officer_page
from himaya.config.env import environment
from himaya.kernel.access import Permission
from himaya.web.findings import line


@require_GET
@officer_page(Permission.INSTALLATION_SEE)
def installation(request: OfficerRequest) -> HttpResponse:
    """The findings of the last examination, the dangers first."""
    path = environment().data / "findings.json"
    if not path.exists():
        return render(request, "web/staff/installation.html", {"examined_at": None})
    found = json.loads(path.read_text(encoding="utf-8"))
    lines = [line(one["code"], one["grade"], one["facts"]) for one in found["findings"]]
    words = {
        "examined_at": datetime.fromtimestamp(path.stat().st_mtime, UTC),
        "looked": found["looked"],
        "lines": sorted(lines, key=lambda one: one.grade),
    }
    return render(request, "web/staff/installation.html", words)
