"""Addresses of screening."""

from django.urls import path

from himaya.identification.views import asking, preparing, weighing

app_name = "identification"
urlpatterns = [
    path("", preparing.index, name="index"),
    path("<uuid:screening_id>/", preparing.interview, name="interview"),
    path("<uuid:screening_id>/prepare", preparing.prepare, name="prepare"),
    path("<uuid:screening_id>/ask", asking.ask, name="ask"),
    path("<uuid:screening_id>/stop", asking.stop, name="stop"),
    path("<uuid:screening_id>/weigh", weighing.weigh, name="weigh"),
    path("<uuid:screening_id>/result", weighing.result, name="result"),
    path("<uuid:screening_id>/paper", weighing.paper, name="paper"),
]
