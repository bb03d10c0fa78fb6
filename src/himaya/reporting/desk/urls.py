"""Addresses of reports on the officers' site."""

from django.urls import path

from himaya.reporting.desk import informant_views as informants
from himaya.reporting.desk import views

app_name = "reporting"
urlpatterns = [
    path("", views.index, name="index"),
    path("informants/", informants.index, name="informants"),
    path("informants/<uuid:informant_id>/", informants.show, name="informant"),
    path("informants/<uuid:informant_id>/ask", informants.ask, name="ask_informant"),
    path("informants/<uuid:informant_id>/agree", informants.lend, name="lend_informant"),
    path("informants/<uuid:informant_id>/refuse", informants.refuse, name="refuse_informant"),
    path("informants/<uuid:informant_id>/read", informants.read, name="read_informant"),
    path("<uuid:report_id>/", views.show, name="show"),
    path("<uuid:report_id>/informant", informants.write, name="write_informant"),
    path("<uuid:report_id>/words", views.open_words, name="words"),
    path("<uuid:report_id>/files/<uuid:file_id>", views.download, name="download"),
    path("<uuid:report_id>/rating", views.rate, name="rate"),
    path("<uuid:report_id>/answer", views.answer, name="answer"),
]
