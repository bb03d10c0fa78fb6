"""Where officers look after their own way in."""

from django.urls import path

from himaya.web.staff.security import factors, passkeys, views

app_name = "security"
urlpatterns = [
    path("", views.index, name="index"),
    path("/passphrase", views.passphrase, name="passphrase"),
    path("/sessions/end", views.end_sessions, name="end_sessions"),
    path("/generator", factors.generator, name="generator"),
    path("/recovery-codes", factors.recovery_codes, name="recovery_codes"),
    path("/passkeys/add", passkeys.add, name="add_passkey"),
    path("/passkeys/<int:passkey_id>/rename", passkeys.rename, name="rename_passkey"),
    path("/passkeys/<int:passkey_id>/remove", passkeys.remove, name="remove_passkey"),
]
