"""Addresses of referrals."""

from django.urls import path

from himaya.referrals import views

app_name = "referrals"
urlpatterns = [
    path("referrals/", views.index, name="index"),
    path("cases/<uuid:case_id>/referrals/new", views.draft, name="draft"),
    path("referrals/<uuid:referral_id>/", views.show, name="show"),
    path("referrals/<uuid:referral_id>/preview", views.preview, name="preview"),
    path("referrals/<uuid:referral_id>/read", views.read, name="read"),
    path("referrals/<uuid:referral_id>/send", views.send, name="send"),
    path("referrals/<uuid:referral_id>/withdraw", views.withdraw, name="withdraw"),
    path("referrals/<uuid:referral_id>/acknowledge", views.acknowledge, name="acknowledge"),
    path("referrals/<uuid:referral_id>/accept", views.accept, name="accept"),
    path("referrals/<uuid:referral_id>/decline", views.decline, name="decline"),
    path("referrals/<uuid:referral_id>/complete", views.complete, name="complete"),
]
