"""Pages of an officer's own account, besides signing in."""

from django.urls import path

from himaya.accounts import views

app_name = "accounts"
urlpatterns = [path("language", views.language, name="language")]
