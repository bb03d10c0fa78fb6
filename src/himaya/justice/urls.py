"""Addresses of the prosecution's pages."""

from django.urls import path

from himaya.justice import views

app_name = "justice"
urlpatterns = [path("<uuid:referral_id>", views.lawsuit, name="lawsuit")]
