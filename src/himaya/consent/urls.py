"""Addresses of consent."""

from django.urls import path

from himaya.consent import views

app_name = "consent"
urlpatterns = [
    path("cases/<uuid:case_id>/consents/new", views.give, name="give"),
    path(
        "cases/<uuid:case_id>/consents/<uuid:consent_id>/withdraw", views.withdraw, name="withdraw"
    ),
]
