"""Addresses of consent."""

from django.urls import path

from himaya.consent.views import asking, one, papers

app_name = "consent"
CASE = "cases/<uuid:case_id>/consents"
ONE = f"{CASE}/<uuid:consent_id>"
urlpatterns = [
    path(f"{CASE}/new", asking.ask, name="ask"),
    path(f"{CASE}/by-law", asking.ask_override, name="ask_override"),
    path(f"{ONE}/", one.show, name="show"),
    path(f"{ONE}/grant", one.grant, name="grant"),
    path(f"{ONE}/refuse", one.refuse, name="refuse"),
    path(f"{ONE}/withdraw", one.withdraw, name="withdraw"),
    path(f"{ONE}/renew", asking.renew, name="renew"),
    path(f"{ONE}/share", one.override, name="override"),
    path(f"{ONE}/told", one.tell, name="tell"),
    path(f"{ONE}/paper", papers.paper, name="paper"),
    path(f"{ONE}/signed", papers.keep_signed_copy, name="keep_signed_copy"),
    path(f"{ONE}/signed-copy", papers.signed_copy, name="signed_copy"),
    path("consents/overrides/<uuid:consent_id>/", one.asked_of_two, name="asked_of_two"),
]
