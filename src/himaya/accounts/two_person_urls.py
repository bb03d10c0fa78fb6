"""Addresses of acts of two."""

from django.urls import path

from himaya.accounts import two_person_views as views

app_name = "two_person"
urlpatterns = [
    path("", views.listed, name="list"),
    path("<uuid:request_id>/", views.show, name="show"),
    path("<uuid:request_id>/approve", views.approve, name="approve"),
    path("<uuid:request_id>/refuse", views.refuse, name="refuse"),
    path("<uuid:request_id>/withdraw", views.withdraw, name="withdraw"),
]
