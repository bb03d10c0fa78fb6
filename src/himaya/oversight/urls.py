"""Addresses of the committee's pages."""

from django.urls import path

from himaya.oversight.views import actions, figures, meetings

app_name = "oversight"
urlpatterns = [
    path("", figures.show, name="figures"),
    path("meetings/", meetings.listed, name="meetings"),
    path("meetings/new/", meetings.new, name="new_meeting"),
    path("meetings/<uuid:meeting_id>/", meetings.show, name="meeting"),
    path("meetings/<uuid:meeting_id>/decisions/", meetings.decide, name="decide"),
    path("decisions/<uuid:decision_id>/actions/", actions.new, name="new_action"),
    path("actions/", actions.listed, name="actions"),
    path("actions/<uuid:action_id>/done/", actions.done, name="action_done"),
]
