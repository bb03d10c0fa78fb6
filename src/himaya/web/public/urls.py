"""Addresses of the reporters' site."""

from django.urls import include, path

from himaya.web.public import views

urlpatterns = [
    path("", include("himaya.reporting.public.urls")),
    path("leave", views.leave),
    path("healthz", views.healthz),
]
handler400 = "himaya.web.public.views.bad_request"
handler404 = "himaya.web.public.views.not_found"
handler500 = "himaya.web.public.views.broken"
