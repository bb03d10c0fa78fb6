"""Addresses of the list of deadlines."""

from django.urls import path

from himaya.web.staff.deadlines import views

app_name = "deadlines"
urlpatterns = [
    path("", views.index, name="index"),
    path("desks/", views.numbers, name="numbers"),
    path("<uuid:case_id>/pause", views.pause, name="pause"),
    path("<uuid:case_id>/resume", views.resume, name="resume"),
]
