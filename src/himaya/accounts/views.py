"""The language an officer reads in."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from himaya.accounts.language import KEY
from himaya.accounts.returning import way_back


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Keep the chosen language for the session, signed in or not yet."""
    chosen = request.POST.get("language")
    if chosen in dict(settings.LANGUAGES):
        request.session[KEY] = chosen
    return redirect(way_back(request))
