"""Addresses of the hotline on the officers' site. None says what a call is about."""

from django.urls import path

from himaya.hotline.views import calls, ending, handing

app_name = "hotline"
urlpatterns = [
    path("", calls.index, name="index"),
    path("calls/", calls.begin, name="begin"),
    path("calls/<uuid:call_id>/", calls.call, name="call"),
    path("calls/<uuid:call_id>/keep", calls.keep, name="keep"),
    path("calls/<uuid:call_id>/number", calls.number, name="number"),
    path("calls/<uuid:call_id>/end", ending.wrap_up, name="wrap_up"),
    path("calls/<uuid:call_id>/file", ending.file, name="file"),
    path("calls/<uuid:call_id>/said", ending.said, name="said"),
    path("calls/<uuid:call_id>/offer", handing.offer, name="offer"),
    path("handing/<uuid:handover_id>/", handing.show, name="handing"),
    path("handing/<uuid:handover_id>/take", handing.take, name="take"),
    path("handing/<uuid:handover_id>/back", handing.back, name="back"),
]
