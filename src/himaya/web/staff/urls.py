"""Every address of the officers' site."""

from django.urls import include, path

from himaya.accounts import entering
from himaya.web.staff import entrance, helping, views

# Of the sign-in library only its two steps: no sign-up, no reset, no mail.
urlpatterns = [
    path("", views.home, name="home"),
    path("aside", views.aside, name="aside"),
    path("aside/back", views.back, name="aside_back"),
    path("login", entering.sign_in, name="account_login"),
    path("login/code", entering.second_factor, name="mfa_authenticate"),
    path("logout", views.sign_out, name="account_logout"),
    path("", include("himaya.accounts.urls")),
    path("two-person/", include("himaya.accounts.two_person_urls")),
    path("", include("himaya.vault.urls")),
    path("", include("himaya.web.staff.security.urls")),
    path("", include("himaya.enrolment.urls")),
    path("enrol", entrance.enrol, name="enrol"),
    path("walk-in/", include("himaya.doors.paper.urls")),
    path("hotline/", include("himaya.hotline.urls")),
    path("reports/", include("himaya.reporting.desk.urls")),
    path("screenings/", include("himaya.identification.urls")),
    path("cases/", include("himaya.cases.urls")),
    path("", include("himaya.tasks.urls")),
    path("", include("himaya.fieldwork.urls")),
    path("", include("himaya.consent.urls")),
    path("", include("himaya.referrals.urls")),
    path("", include("himaya.decisions.urls")),
    path("lawsuits/", include("himaya.justice.urls")),
    path("inquiries/", include("himaya.inquiries.urls")),
    path("", include("himaya.recognition.urls")),
    path("occasions/", include("himaya.occasions.urls")),
    path("", include("himaya.pathway.urls")),
    path("", include("himaya.accountability.urls")),
    path("retention/", include("himaya.retention.urls")),
    path("duty/", include("himaya.notices.urls")),
    path("", include("himaya.directory.urls")),
    path("cases/<uuid:case_id>/services", helping.of_case, name="services_of_case"),
    path("committee/", include("himaya.oversight.urls")),
    path("deadlines/", include("himaya.web.staff.deadlines.urls")),
    path("installation", views.installation, name="installation"),
    path("components", views.components, name="components"),
    path("healthz", views.healthz, name="healthz"),
]
handler400 = "himaya.web.failures.bad_request"
handler403 = "himaya.web.failures.forbidden"
handler404 = "himaya.web.failures.not_found"
handler500 = "himaya.web.failures.broken"
