"""Addresses of what spans concepts."""

from django.urls import path

from himaya.pathway import deciding, inquiring, joining, several, taking, views

app_name = "pathway"
urlpatterns = [
    path("cases/<uuid:case_id>/", views.case, name="case"),
    path("cases/<uuid:case_id>/journey", views.journey, name="journey"),
    path("cases/<uuid:case_id>/steps/<slug:step_id>", taking.step, name="step"),
    path("referrals/<uuid:referral_id>/steps/", taking.referred, name="referred"),
    path(
        "referrals/<uuid:referral_id>/steps/<slug:step_id>",
        taking.referred_step,
        name="referred_step",
    ),
    path("cases/<uuid:case_id>/decisions/<slug:step_id>", deciding.decide, name="decide"),
    path("cases/<uuid:case_id>/decisions/<slug:step_id>/make", deciding.make, name="make"),
    path("cases/<uuid:case_id>/decisions/<slug:step_id>/read", deciding.weighed, name="weighed"),
    path(
        "referrals/<uuid:referral_id>/decisions/<slug:step_id>",
        deciding.decide,
        name="decide_referred",
    ),
    path(
        "referrals/<uuid:referral_id>/decisions/<slug:step_id>/make",
        deciding.make,
        name="make_referred",
    ),
    path(
        "referrals/<uuid:referral_id>/decisions/<slug:step_id>/read",
        deciding.weighed,
        name="weighed_referred",
    ),
    path("cases/several", several.several, name="several"),
    path("cases/<uuid:case_id>/reopen", views.reopen, name="reopen"),
    path("cases/<uuid:case_id>/close", views.close, name="close"),
    path("cases/<uuid:case_id>/closure", views.decide_closure, name="decide_closure"),
    path("cases/<uuid:case_id>/merge", joining.merge, name="merge"),
    path("cases/<uuid:case_id>/merge/<uuid:merge_id>/undo", joining.undo, name="undo_merge"),
    path("inquiries/<uuid:inquiry_id>/add", inquiring.add, name="inquiry_add"),
    path("ledger/", views.looked, name="looked"),
    path("ledger/<uuid:subject_id>", views.subject, name="subject"),
]
