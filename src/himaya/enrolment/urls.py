"""Addresses of personnel officers."""

from django.urls import path

from himaya.enrolment import views

app_name = "enrolment"
urlpatterns = [
    path("officers/", views.listed, name="list"),
    path("officers/new", views.new, name="new"),
    path("officers/asked/<uuid:proposal_id>/", views.asked, name="asked"),
    path("officers/asked/<uuid:proposal_id>/do", views.carry_out, name="carry_out"),
    path("officers/<uuid:officer_id>/", views.show, name="show"),
    path("officers/<uuid:officer_id>/change", views.change, name="change"),
    path("officers/<uuid:officer_id>/invite", views.invite_again, name="invite_again"),
    path("officers/<uuid:officer_id>/suspend", views.suspend, name="suspend"),
    path("officers/<uuid:officer_id>/trainings", views.certify, name="certify"),
]
