"""Where officers unlock and lock."""

from django.urls import path

from himaya.vault import views

app_name = "vault"
urlpatterns = [
    path("unlock", views.unlock, name="unlock"),
    path("lock", views.lock, name="lock"),
]
