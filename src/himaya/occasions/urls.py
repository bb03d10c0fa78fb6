"""Addresses of occasions."""

from django.urls import path

from himaya.occasions.views import listed, occasion, person

app_name = "occasions"
urlpatterns = [
    path("", listed.index, name="index"),
    path("<uuid:occasion_id>/", occasion.show, name="show"),
    path("<uuid:occasion_id>/reason", occasion.reason, name="reason"),
    path("<uuid:occasion_id>/names", occasion.names, name="names"),
    path("<uuid:occasion_id>/close", occasion.close, name="close"),
    path("people/<uuid:met_id>", person.screen, name="screen"),
    path("people/<uuid:met_id>/known", person.known, name="known"),
    path("people/<uuid:met_id>/back", person.back, name="back"),
]
