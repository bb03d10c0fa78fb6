"""Addresses of retention."""

from django.urls import path

from himaya.retention import erasing, views

app_name = "retention"
urlpatterns = [
    path("", views.index, name="index"),
    path("review", views.review, name="review"),
    path("holds/new", views.new_hold, name="new_hold"),
    path("holds/<uuid:hold_id>/", views.hold, name="hold"),
    path("holds/<uuid:hold_id>/order", views.order, name="order"),
    path("holds/<uuid:hold_id>/confirm", views.confirm, name="confirm"),
    path("holds/<uuid:hold_id>/ask", views.ask_to_end, name="ask_to_end"),
    path("holds/<uuid:hold_id>/end", views.end, name="end"),
    path("erase/case/<uuid:subject_id>/", erasing.case, name="erase_case"),
    path("erase/report/<uuid:subject_id>/", erasing.report, name="erase_report"),
]
