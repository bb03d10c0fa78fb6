"""What the code asks of every pack: settings it reads, steps it takes, and in which order."""

from dataclasses import dataclass

# Settings that the code itself reads: every pack must say them.
REQUIRED_DURATIONS = frozenset(
    {
        "first_reading",
        "triage_emergency",
        "triage_urgent",
        "triage_normal",
        "presumption_decision",
        "recovery_period",
        "consent_validity",
        "consent_renewal",
        "referral_answer_emergency",
        "referral_answer_urgent",
        "referral_answer_normal",
        "plan_review",
        "backup_retention",
        "hold_confirmation",
        "emergency_opening",
        "browsing_window",
        "police_reads_held",
        "service_confirmation",
        "free_places_hold",
        "remember_caller",
    }
)
REQUIRED_TEXTS = frozenset({"safe_exit"})
REQUIRED_CHOICES = frozenset({"erasure_on_request"})
REQUIRED_NUMBERS = frozenset(
    {
        "browsing_strange_in_all",
        "browsing_strange_an_hour",
        "browsing_near_an_hour",
        "name_searches_an_hour",
        "review_share",
    }
)

# Steps that the code itself takes: every pack must have them, whoever its actors and whatever its
# states are. Those of a shelter and of the prosecution belong to a track that row-level security
# names; the others may belong to any.
REQUIRED_STEPS: dict[str, str | None] = {
    "rate_emergency": None,
    "rate_urgent": None,
    "rate_normal": None,
    "open_case": None,
    "start_screening": None,
    "presume": None,
    "do_not_presume": None,
    "begin_recovery": None,
    "ask_consent": None,
    "grant_consent": None,
    "refuse_consent": None,
    "withdraw_consent": None,
    "expire_consent": None,
    "request_shelter": "shelter",
    "offer_place": "shelter",
    "decline_request": "shelter",
    "withdraw_request": "shelter",
    "turn_down_place": "shelter",
    "admit": "shelter",
    "leave_shelter": "shelter",
    "report_to_prosecution": "justice",
    "take_up": "justice",
    "open_lawsuit": "justice",
    "change_mind": None,
    "request_closure": None,
    "close_case": None,
    "refuse_closure": None,
    "reopen_case": None,
}


@dataclass(frozen=True, slots=True)
class Walk:
    """Required steps that the code takes after one another. by_one: one officer takes them all."""

    steps: tuple[str, ...]
    by_one: bool = False


WALKS = (
    Walk(("rate_emergency", "open_case")),
    Walk(("rate_urgent", "open_case")),
    Walk(("rate_normal", "open_case")),
    Walk(("start_screening", "presume", "begin_recovery"), by_one=True),
    Walk(("start_screening", "do_not_presume"), by_one=True),
    Walk(("ask_consent", "grant_consent"), by_one=True),
    Walk(("ask_consent", "refuse_consent"), by_one=True),
    Walk(("grant_consent", "withdraw_consent")),
    Walk(("grant_consent", "expire_consent")),
    Walk(("request_shelter", "offer_place")),
    Walk(("offer_place", "admit", "leave_shelter"), by_one=True),
    Walk(("offer_place", "turn_down_place")),
    Walk(("request_shelter", "decline_request")),
    Walk(("request_shelter", "withdraw_request")),
    Walk(("report_to_prosecution", "take_up", "open_lawsuit")),
    Walk(("request_closure", "close_case")),
    Walk(("request_closure", "refuse_closure")),
)
