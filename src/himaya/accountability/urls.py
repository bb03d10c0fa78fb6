"""Addresses of accountability."""

from django.urls import path

from himaya.accountability import search_views, views

app_name = "accountability"
urlpatterns = [
    path("accountability/", views.index, name="index"),
    path("accountability/alarms/<uuid:alarm_id>", views.close_alarm, name="close_alarm"),
    path("accountability/reviews/<uuid:review_id>", views.answer_review, name="answer_review"),
    path("accountability/emergencies/<uuid:emergency_id>", views.judge, name="judge"),
    path("accountability/emergencies/<uuid:emergency_id>/why", views.why, name="why"),
    path("accountability/orders/<uuid:case_id>", views.order, name="order"),
    path("emergency", views.open_emergency, name="open_emergency"),
    path("emergency/<uuid:emergency_id>/", views.emergency, name="emergency"),
    path("emergency/<uuid:emergency_id>/words", views.emergency_words, name="emergency_words"),
    path("search/name", search_views.search, name="search"),
    path("accountability/searches/", search_views.searches, name="searches"),
    path("accountability/searches/<uuid:search_id>/why", search_views.why, name="search_why"),
    path("asked", views.asked, name="asked"),
]
