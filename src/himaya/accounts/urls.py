"""Pages of an officer's own account, besides signing in."""

from django.urls import path

from himaya.accounts import entering, views

app_name = "accounts"
urlpatterns = [
    path("language", views.language, name="language"),
    path("login/passkey", entering.with_passkey, name="passkey"),
    path("again", entering.step_up, name="step_up"),
]
