"""Addresses of screening."""

from django.urls import path

from himaya.identification import views

app_name = "identification"
urlpatterns = [
    path("", views.index, name="index"),
    path("<uuid:screening_id>/<slug:code>", views.take, name="take"),
]
