"""Where officers unlock and lock."""

from django.urls import path

from himaya.vault import desk_views, passkey_views, views

app_name = "vault"
urlpatterns = [
    path("unlock", views.unlock, name="unlock"),
    path("keys/", desk_views.index, name="keys"),
    path("keys/lost", desk_views.lost, name="lost"),
    path("keys/again/<uuid:readmission_id>/", desk_views.again, name="again"),
    path("keys/again/<uuid:readmission_id>/vouch", desk_views.vouch, name="vouch"),
    path("keys/again/<uuid:readmission_id>/admit", desk_views.admit_again, name="admit_again"),
    path("keys/<uuid:desk_id>/<uuid:officer_id>/admit", desk_views.admit, name="admit"),
    path("lock", views.lock, name="lock"),
    path("unlock/passkey", passkey_views.unlock, name="unlock_passkey"),
    path(
        "security/passkeys/<int:passkey_id>/unlocking",
        passkey_views.let_unlock,
        name="let_passkey_unlock",
    ),
]
