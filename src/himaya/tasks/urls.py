"""Addresses of tasks."""

from django.urls import path

from himaya.tasks import views

app_name = "tasks"
urlpatterns = [
    path("cases/<uuid:case_id>/tasks/new", views.give, name="give"),
    path("tasks/<uuid:task_id>/", views.show, name="show"),
    path("tasks/<uuid:task_id>/done", views.finish, name="finish"),
    path("tasks/<uuid:task_id>/drop", views.drop, name="drop"),
    path("tasks/<uuid:task_id>/pass-on", views.pass_on, name="pass_on"),
]
