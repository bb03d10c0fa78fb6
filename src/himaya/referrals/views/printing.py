"""Paper for a body without an account, and the page on which it answers."""

from http import HTTPStatus
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from himaya.accounts.pages import OfficerRequest, enter, officer_page, transaction_time
from himaya.accounts.tries import Count, Tried, spend
from himaya.kernel.access import Permission
from himaya.kernel.errors import Refusal
from himaya.papers.make import pdf
from himaya.referrals import presenters
from himaya.referrals.errors import TooManyCodes
from himaya.referrals.forms.replying import ReplyForm
from himaya.referrals.holders import holder_of
from himaya.referrals.operations.printing import print_paper
from himaya.referrals.operations.replying import reply
from himaya.referrals.tokens import GROUP
from himaya.referrals.views.drafting import sealed_page
from himaya.vault.keyring import keyring_of


@sealed_page
@officer_page(Permission.REFERRAL_SEND)
def paper(request: OfficerRequest, referral_id: UUID) -> HttpResponse:
    """The paper, to be printed and handed over closed; it is kept nowhere."""
    if request.method == "GET":
        return redirect("referrals:show", referral_id)
    made = print_paper(
        actor=request.actor,
        keyring=keyring_of(request),
        referral_id=referral_id,
        at=request.at,
        reason=request.POST.get("reason", ""),
    )
    address = request.build_absolute_uri(reverse("referrals:reply"))
    content = presenters.on_paper(made, address)
    printed = pdf("referral", content, language=(get_language() or settings.LANGUAGE_CODE)[:2])
    name = f"{content['foot']}.pdf"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(printed, content_type="application/pdf", headers=headers)


@require_http_methods(["GET", "POST"])
@sensitive_post_parameters()
def answer(request: HttpRequest) -> HttpResponse:
    """Somebody who holds a paper answers. The page shows nothing of any referral, before or after.

    Every code that opens nothing is answered alike, and codes that begin alike can only be tried
    so often.
    """
    form = ReplyForm(request.POST or None)
    if not form.is_valid():
        return _page(request, form)
    said, at = dict(form.cleaned_data), transaction_time()
    code = said.pop("code")
    try:
        if not spend(Count(Tried.REPLY_CODE, code[:GROUP], ""), at):
            raise TooManyCodes
        with transaction.atomic():
            body, code_id, _referral = holder_of(code, at)
            enter(body)
            reply(actor=body, code_id=code_id, at=at, **said)
    except Refusal as refusal:
        form.add_error(None, refusal.sentence())
        return _page(request, form)
    return render(request, "referrals/replied.html")


def _page(request: HttpRequest, form: ReplyForm) -> HttpResponse:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "referrals/reply.html", {"form": form}, status=status)
