"""What the page of one consent shows, and files as they leave."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse
from django.utils.translation import get_language

from himaya.accounts.models import TwoPersonAct
from himaya.cases.models import Case
from himaya.cases.tracks import pack_of
from himaya.consent import presenters, queries, rules, wording
from himaya.consent.models import Consent
from himaya.consent.operations.overriding import OVERRIDE
from himaya.kernel.access import Actor, Permission, allowed
from himaya.packs.schema import Setting
from himaya.packs.vocabulary import Unit

DAYS_OF_A_MONTH = 30
# By what a scan begins with; anything else leaves as bytes.
MEDIA = {b"%PDF-": "application/pdf", b"\xff\xd8\xff": "image/jpeg", b"\x89PNG": "image/png"}


@dataclass(frozen=True, slots=True)
class Page:
    """One consent for an officer of the desk that leads. theirs, ours: what is said, twice.

    request: the act of two of a share by law. What may be done now stands in the `may` fields.
    """

    row: presenters.Row
    theirs: wording.Told
    ours: wording.Told
    facts: list[tuple[str, str]]
    tellings: list[str]
    request: TwoPersonAct | None
    by_law: bool
    signed: bool
    may_answer: bool
    may_renew: bool
    may_share: bool
    may_tell: bool
    may_sign: bool


def page(actor: Actor, consent: Consent, at: datetime) -> Page:
    """What the page of a consent shows, and which of its buttons."""
    by_law = bool(consent.legal_basis)
    works = actor.may(Permission.CASE_WORK) and consent.case.state == Case.State.OPEN
    tellings = queries.tellings_of(consent) if by_law else []
    request = _request(consent, at) if by_law else None
    return Page(
        row=presenters.row(consent, at, works=actor.may(Permission.CONSENT_RECORD)),
        theirs=wording.told(consent, consent.language),
        ours=wording.told(consent, get_language() or consent.language),
        facts=presenters.decided(consent, pack_of(consent.case)),
        tellings=presenters.tellings(tellings),
        request=request,
        by_law=by_law,
        signed=bool(consent.signed_copy),
        may_answer=works and not by_law and allowed(rules.check_may_answer, actor, consent, at),
        may_renew=works and _renewable(consent, at),
        may_share=works
        and allowed(rules.check_may_override, actor, consent, at)
        and request is not None
        and request.confirmed is True,
        may_tell=by_law and consent.given_at is not None and not any(t.how for t in tellings),
        may_sign=not by_law and consent.given_at is not None,
    )


def _renewable(consent: Consent, at: datetime) -> bool:
    again = queries.asked_again(consent)
    return allowed(rules.check_renewable, consent, at, asked_again=again)


def _request(consent: Consent, at: datetime) -> TwoPersonAct | None:
    live = TwoPersonAct.objects.live(at).filter(act=OVERRIDE, subject_id=consent.pk)
    return live.order_by("-asked_at").first()


def days_of(setting: Setting) -> int:
    """A duration of the pack in days, as a form proposes it; the officer may change it."""
    amount = int(setting.in_force)
    return amount * DAYS_OF_A_MONTH if setting.unit is Unit.MONTHS else amount


def download(content: bytes, name: str) -> HttpResponse:
    """A file as a download, never shown in place, under a name that says nothing."""
    kinds = (kind for begins, kind in MEDIA.items() if content.startswith(begins))
    response = HttpResponse(content, content_type=next(kinds, "application/octet-stream"))
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
