"""Addresses of telling a decision; weighing one is a page of the pathway."""

from django.urls import path

from himaya.decisions import views

app_name = "decisions"
urlpatterns = [
    path("cases/<uuid:case_id>/decided/<uuid:move_id>", views.told, name="told"),
    path("cases/<uuid:case_id>/decided/<uuid:move_id>/letter", views.paper, name="letter"),
]
