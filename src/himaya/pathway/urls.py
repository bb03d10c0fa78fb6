"""Addresses of what spans concepts."""

from django.urls import path

from himaya.pathway import views

app_name = "pathway"
urlpatterns = [
    path("cases/<uuid:case_id>/", views.case, name="case"),
    path("cases/<uuid:case_id>/close", views.close, name="close"),
    path("cases/<uuid:case_id>/closure", views.decide_closure, name="decide_closure"),
    path("ledger/", views.looked, name="looked"),
    path("ledger/<uuid:subject_id>", views.subject, name="subject"),
]
