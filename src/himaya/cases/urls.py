"""Addresses of cases."""

from django.urls import path

from himaya.cases import views

app_name = "cases"
urlpatterns = [
    path("", views.index, name="index"),
    path("open/<uuid:report_id>", views.open_case, name="open"),
    path("<uuid:case_id>/facts", views.describe, name="describe"),
    path("<uuid:case_id>/note", views.note, name="note"),
    path("<uuid:case_id>/status", views.status, name="status"),
    path("<uuid:case_id>/solution", views.solution, name="solution"),
    path("<uuid:case_id>/read/<uuid:compartment_id>", views.read, name="read"),
]
