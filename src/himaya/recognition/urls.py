"""Addresses about who a person is."""

from django.urls import path

from himaya.recognition import views

app_name = "recognition"
urlpatterns = [
    path("cases/<uuid:case_id>/identity", views.identity, name="identity"),
    path("cases/<uuid:case_id>/seen", views.seen, name="seen"),
    path("cases/<uuid:case_id>/seen/<uuid:match_id>/ask", views.ask, name="ask"),
    path("cases/<uuid:case_id>/seen/<uuid:match_id>/answer", views.answer, name="answer"),
    path("cases/<uuid:case_id>/seen/<uuid:match_id>/back", views.take_back, name="take_back"),
]
