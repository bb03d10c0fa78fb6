"""Addresses of entering a report on the officers' site."""

from django.urls import path

from himaya.doors.paper import views

app_name = "doors"
urlpatterns = [
    path("", views.enter, name="enter"),
    path("form-<slug:language>.pdf", views.printed, name="printed"),
]
