"""Addresses of the outbox."""

from django.urls import path

from himaya.notices import views

app_name = "notices"
urlpatterns = [
    path("", views.duty, name="duty"),
    path("<uuid:message_id>/away", views.put_away, name="put_away"),
]
