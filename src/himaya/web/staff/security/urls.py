"""Where officers look after their own way in."""

from django.urls import path

from himaya.web.staff.security import factors, passkeys, views

app_name = "security"
urlpatterns = [
    path("security", views.index, name="index"),
    path("security/passphrase", views.passphrase, name="passphrase"),
    path("security/sessions/end", views.end_sessions, name="end_sessions"),
    path("security/generator", factors.generator, name="generator"),
    path("security/recovery-codes", factors.recovery_codes, name="recovery_codes"),
    path("security/passkeys/add", passkeys.add, name="add_passkey"),
    path("security/passkeys/<int:passkey_id>/rename", passkeys.rename, name="rename_passkey"),
    path("security/passkeys/<int:passkey_id>/remove", passkeys.remove, name="remove_passkey"),
]
