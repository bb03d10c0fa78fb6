"""Addresses of the screening card: as a device keeps it, of devices, and of the desk."""

from django.urls import path

from himaya.fieldwork.views import card, desk, devices

app_name = "fieldwork"
urlpatterns = [
    path("devices/", devices.listed, name="devices"),
    path("devices/register", devices.register, name="register"),
    path("devices/<uuid:device_id>/revoke", devices.revoke, name="revoke"),
    path("card/now", card.now, name="now"),
    path("card/sync", card.sync, name="sync"),
    path("card/worker.js", card.worker, name="worker"),
    path("card/voice/<slug:name>", card.voice, name="voice"),
    path("card/<slug:language>.webmanifest", card.manifest, name="manifest"),
    path("card/<slug:language>", card.card, name="card"),
    path("cards/", desk.index, name="index"),
    path("cards/<uuid:card_id>/", desk.show, name="show"),
    path("cards/<uuid:card_id>/words", desk.words, name="words"),
    path("cards/<uuid:card_id>/take", desk.take, name="take"),
    path("cards/<uuid:card_id>/aside", desk.aside, name="aside"),
]
