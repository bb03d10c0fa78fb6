"""Addresses of reports on the officers' site."""

from django.urls import path

from himaya.reporting.desk import views

app_name = "reporting"
urlpatterns = [
    path("", views.index, name="index"),
    path("<uuid:report_id>/", views.show, name="show"),
    path("<uuid:report_id>/words", views.open_words, name="words"),
    path("<uuid:report_id>/files/<uuid:file_id>", views.download, name="download"),
    path("<uuid:report_id>/rating", views.rate, name="rate"),
    path("<uuid:report_id>/answer", views.answer, name="answer"),
]
