"""Every address of the officers' site."""

from allauth.account.views import login
from allauth.mfa.base.views import authenticate
from django.urls import include, path

from himaya.web.staff import views

# Of the sign-in library only its two steps: no sign-up, no reset, no mail.
urlpatterns = [
    path("", views.home, name="home"),
    path("login", login, name="account_login"),
    path("login/code", authenticate, name="mfa_authenticate"),
    path("logout", views.sign_out, name="account_logout"),
    path("", include("himaya.accounts.urls")),
    path("", include("himaya.vault.urls")),
    path("reports/", include("himaya.reporting.desk.urls")),
    path("screenings/", include("himaya.identification.urls")),
    path("cases/", include("himaya.cases.urls")),
    path("", include("himaya.consent.urls")),
    path("", include("himaya.referrals.urls")),
    path("lawsuits/", include("himaya.justice.urls")),
    path("", include("himaya.pathway.urls")),
    path("committee/", include("himaya.oversight.urls")),
    path("components", views.components, name="components"),
    path("healthz", views.healthz, name="healthz"),
]
handler400 = "himaya.web.failures.bad_request"
handler403 = "himaya.web.failures.forbidden"
handler404 = "himaya.web.failures.not_found"
handler500 = "himaya.web.failures.broken"
