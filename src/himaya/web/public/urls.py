"""Addresses of the reporters' site."""

from django.urls import include, path

from himaya.doors.messages.views import door
from himaya.doors.partners.api import api as partners
from himaya.web.public import views

urlpatterns = [
    path("", include("himaya.reporting.public.urls")),
    path("leave", views.leave),
    path("v/<slug:name>", views.heard),
    path("healthz", views.healthz),
    path("in/<slug:name>", door),
    path("api/v1/", partners.urls),
]
handler400 = "himaya.web.public.views.bad_request"
handler404 = "himaya.web.public.views.not_found"
handler500 = "himaya.web.public.views.broken"
