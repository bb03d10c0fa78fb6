"""Which steps of the pathway have a page of their own, because more is recorded than the step."""

from dataclasses import dataclass

from himaya.kernel.access import Permission
from himaya.packs.schema import Pack
from himaya.packs.tracks import Step


@dataclass(frozen=True, slots=True)
class Page:
    """Where a step is taken. name: of its address; of_case: the address names the case.

    permission: who may come in there. An empty name: nowhere on the way of a case. by_referral: of
    the same page for a desk that was asked and sees no case; then both addresses name the step.
    """

    name: str
    permission: Permission
    of_case: bool = True
    by_referral: str = ""


STATUS = Page("cases:status", Permission.STATUS_PRESUME)
CONSENT = Page("consent:ask", Permission.CONSENT_RECORD)
REFER = Page("referrals:draft", Permission.REFERRAL_SEND)
SOLUTION = Page("cases:solution", Permission.CASE_WORK)
CLOSE = Page("pathway:close", Permission.CASE_CLOSE)
REPORTS = Page("reporting:index", Permission.REPORT_TRIAGE, of_case=False)
SCREENINGS = Page("identification:index", Permission.PERSON_SCREEN, of_case=False)
ANSWER = Page("referrals:index", Permission.REFERRAL_ANSWER, of_case=False)
DECIDE = Page("pathway:decide", Permission.STATUS_DECIDE, by_referral="pathway:decide_referred")
LIST_OF_CASES = Page("cases:index", Permission.CASE_READ, of_case=False)

PAGES: dict[str, Page] = {
    "rate_emergency": REPORTS,
    "rate_urgent": REPORTS,
    "rate_normal": REPORTS,
    "open_case": REPORTS,
    "start_screening": SCREENINGS,
    "presume": STATUS,
    "do_not_presume": STATUS,
    "tell_person": Page("pathway:case", Permission.DECISION_TELL),
    "ask_consent": CONSENT,
    "grant_consent": CONSENT,
    "refuse_consent": CONSENT,
    "withdraw_consent": Page("pathway:case", Permission.CONSENT_RECORD),
    "request_shelter": REFER,
    "withdraw_request": Page("referrals:index", Permission.REFERRAL_SEND, of_case=False),
    "offer_place": ANSWER,
    "decline_request": ANSWER,
    "admit": ANSWER,
    "leave_shelter": ANSWER,
    "report_to_prosecution": REFER,
    "take_up": ANSWER,
    "open_lawsuit": ANSWER,
    "change_mind": SOLUTION,
    "request_closure": CLOSE,
    "close_case": CLOSE,
    "refuse_closure": CLOSE,
    "reopen_case": Page("pathway:reopen", Permission.CASE_CLOSE),
}


def page_of(pack: Pack, step: Step) -> Page | None:
    """The page on which a step is taken; None for the page that takes every other step."""
    if step.id in {solution.step for solution in pack.solutions}:
        return SOLUTION
    if step.id not in PAGES and pack.decision_by(step.id) is not None:
        return DECIDE
    return PAGES.get(step.id)
