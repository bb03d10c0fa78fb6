"""Addresses of referrals."""

from django.urls import path

from himaya.referrals.views import (
    answering,
    asking,
    drafting,
    listing,
    printing,
    showing,
    summarising,
)

app_name = "referrals"
ONE, REQUEST = "referrals/<uuid:referral_id>", "referrals/requests/<uuid:case_request_id>"
urlpatterns = [
    path("referrals/", listing.index, name="index"),
    path("cases/<uuid:case_id>/referrals/new", drafting.draft, name="draft"),
    path("referrals/requests/", asking.requests, name="requests"),
    path(f"{REQUEST}/", asking.request_shown, name="request"),
    path(f"{REQUEST}/grant", asking.grant, name="grant_request"),
    path(f"{REQUEST}/refuse", asking.refuse, name="refuse_request"),
    path(f"{REQUEST}/take-back", asking.take_back, name="take_back_request"),
    path(f"{ONE}/", showing.show, name="show"),
    path(f"{ONE}/preview", drafting.preview, name="preview"),
    path(f"{ONE}/read", showing.read, name="read"),
    path(f"{ONE}/files/<uuid:file_id>", showing.fetch, name="fetch"),
    path(f"{ONE}/send", drafting.send, name="send"),
    path(f"{ONE}/withdraw", drafting.withdraw, name="withdraw"),
    path(f"{ONE}/seen", drafting.seen, name="seen"),
    path(f"{ONE}/instead", drafting.ask_instead, name="ask_instead"),
    path(f"{ONE}/paper", printing.paper, name="paper"),
    path(f"{ONE}/summary", summarising.summary, name="summary"),
    path(f"{ONE}/acknowledge", answering.acknowledge, name="acknowledge"),
    path(f"{ONE}/accept", answering.accept, name="accept"),
    path(f"{ONE}/begin", answering.begin, name="begin"),
    path(f"{ONE}/decline", answering.decline, name="decline"),
    path(f"{ONE}/release", answering.release, name="release"),
    path(f"{ONE}/complete", answering.complete, name="complete"),
    path("answer", printing.answer, name="reply"),
]
