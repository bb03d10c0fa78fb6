"""Addresses of cases."""

from django.urls import path

from himaya.cases import (
    document_views,
    person_views,
    rights_views,
    screening_views,
    search_views,
    views,
)

app_name = "cases"
urlpatterns = [
    path("", views.index, name="index"),
    path("search", search_views.search, name="search"),
    path("open/<uuid:report_id>", views.open_case, name="open"),
    path("<uuid:case_id>/facts", views.describe, name="describe"),
    path("<uuid:case_id>/again", person_views.again, name="again"),
    path("<uuid:case_id>/screen-again", screening_views.screen_again, name="screen_again"),
    path("<uuid:case_id>/family", person_views.family, name="family"),
    path("<uuid:case_id>/family/<uuid:link_id>/end", person_views.end_link, name="end_link"),
    path("<uuid:case_id>/note", views.note, name="note"),
    path("<uuid:case_id>/document", document_views.add, name="add_document"),
    path("<uuid:case_id>/files/<uuid:file_id>", document_views.fetch, name="fetch"),
    path("<uuid:case_id>/rights", rights_views.rights, name="rights"),
    path("<uuid:case_id>/status", views.status, name="status"),
    path("<uuid:case_id>/solution", views.solution, name="solution"),
    path("<uuid:case_id>/read/<uuid:compartment_id>", views.read, name="read"),
]
