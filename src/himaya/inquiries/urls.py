"""Addresses of inquiries."""

from django.urls import path

from himaya.inquiries import views

app_name = "inquiries"
urlpatterns = [
    path("", views.index, name="index"),
    path("<uuid:inquiry_id>/", views.show, name="show"),
    path("<uuid:inquiry_id>/heard", views.hear, name="hear"),
    path("<uuid:inquiry_id>/close", views.close, name="close"),
    path("<uuid:inquiry_id>/remove/<uuid:member_id>", views.remove, name="remove"),
    path("<uuid:inquiry_id>/suspects/new", views.add_suspect, name="add_suspect"),
    path("suspects/<uuid:suspect_id>/", views.suspect, name="suspect"),
    path("suspects/<uuid:suspect_id>/facts", views.describe, name="describe"),
    path("suspects/<uuid:suspect_id>/links", views.link, name="link"),
    path("suspects/<uuid:suspect_id>/name", views.name, name="name"),
]
