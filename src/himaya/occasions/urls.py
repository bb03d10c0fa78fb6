"""Addresses of occasions."""

from django.urls import path

from himaya.occasions import views

app_name = "occasions"
urlpatterns = [
    path("", views.index, name="index"),
    path("<uuid:occasion_id>/", views.show, name="show"),
    path("<uuid:occasion_id>/reason", views.reason, name="reason"),
    path("<uuid:occasion_id>/names", views.names, name="names"),
    path("<uuid:occasion_id>/close", views.close, name="close"),
    path("people/<uuid:met_id>", views.screen, name="screen"),
    path("people/<uuid:met_id>/known", views.known, name="known"),
    path("people/<uuid:met_id>/back", views.back, name="back"),
]
