"""The words a pack may use: the code knows what each of them means, a pack only chooses."""

from enum import StrEnum


class Confidence(StrEnum):
    """How sure the authors of a pack are of a fact."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Unit(StrEnum):
    """What a deadline is counted in."""

    HOURS = "hours"
    WORKING_HOURS = "working_hours"
    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"
    MONTHS = "months"


class Side(StrEnum):
    """On which side of a deadline something happens."""

    BEFORE = "before"
    AFTER = "after"


class Weekday(StrEnum):
    """A day of the week."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"


class AgencyKind(StrEnum):
    """The kinds of organisation of the Human Trafficking Case Data Standard 2.0, org_Type."""

    NGO = "NGO"
    LAW_ENFORCEMENT = "LawEnforcement"
    HEALTH_SERVICE = "HealthServiceOrganisation"
    CENTRAL_GOVERNMENT = "CentralGovernmentOrganisation"
    LOCAL_GOVERNMENT = "LocalGovernmentOrganisation"
    IMMIGRATION_SERVICE = "ImmigrationService"
    LEGAL_SERVICE = "LegalService"
    BUSINESS = "CorporateBusiness"
    SCHOOL = "SchoolOrCollege"


class ReplyUse(StrEnum):
    """When an answer to a reporter that a pack has ready is sent."""

    ANSWER = "answer"
    CLOSING = "closing"


class Then(StrEnum):
    """What happens when the time for which content is kept is over."""

    SHRED = "shred"
    REVIEW = "review"


class Decider(StrEnum):
    """Who may say yes or no to a share of a person's information."""

    PERSON = "person"
    GUARDIAN = "guardian"
    RELATIVE = "relative"
    BODY = "body"


class OwnView(StrEnum):
    """What the person's own word counts where others decide too: all, a veto, or a hearing."""

    DECIDES = "decides"
    AGREES = "agrees"
    HEARD = "heard"


class StageOrder(StrEnum):
    """How the stages of a country's own count follow each other."""

    IN_TURN = "in_turn"
    SIDE_BY_SIDE = "side_by_side"


class DeskKind(StrEnum):
    """What a desk is there for; sharing is decided by the kind of desk."""

    INTAKE = "INTAKE"
    IDENTIFICATION = "IDENTIFICATION"
    CASEWORK = "CASEWORK"
    SHELTER = "SHELTER"
    PROSECUTION = "PROSECUTION"
    COMMITTEE = "COMMITTEE"
    OVERSIGHT = "OVERSIGHT"
    INDEPENDENT = "INDEPENDENT"
    SERVICE = "SERVICE"
    HOTLINE = "HOTLINE"


class ChannelKind(StrEnum):
    """How a report can reach the country's bodies besides this system's own page."""

    HOTLINE = "hotline"
    EMERGENCY = "emergency"
    MAILBOX = "mailbox"
    WEB = "web"
    IN_PERSON = "in_person"
    APP = "app"
    OUTREACH = "outreach"


class Weight(StrEnum):
    """How much an indicator counts in the Delphi sets of ILO and the European Commission."""

    STRONG = "strong"
    MEDIUM = "medium"
    WEAK = "weak"


class Palermo(StrEnum):
    """The elements of trafficking in the Protocol's article 3."""

    ACT = "act"
    MEANS = "means"
    PURPOSE = "purpose"


class Phase(StrEnum):
    """When the things that a dimension asks about happen."""

    RECRUITMENT = "recruitment"
    DESTINATION = "destination"
    ANY = "any"


class Person(StrEnum):
    """For whom an instrument was made."""

    ADULT = "adult"
    CHILD = "child"
    ANYBODY = "anybody"


class InstrumentKind(StrEnum):
    """What an instrument is asked for. Only indicators can have a score."""

    INDICATORS = "indicators"
    AGE = "age"
    TRAUMA = "trauma"
    SMUGGLING = "smuggling"
    PROTECTION = "protection"
    VULNERABILITY = "vulnerability"


class Lack(StrEnum):
    """What of an instrument could not be had: its weights, or even its list of signs."""

    WEIGHTS = "weights"
    SIGNS = "signs"


class RiskLevel(StrEnum):
    """Where a risk lies, or what protects: the levels of IOM's work with vulnerable migrants."""

    INDIVIDUAL = "individual"
    HOUSEHOLD = "household"
    COMMUNITY = "community"
    STRUCTURAL = "structural"


# Who may take a step. CLOCK is nobody: the step happens when its time is up.
CLOCK = "clock"
ACTORS = frozenset(
    {
        "intake_officer",
        "identification_officer",
        "case_worker",
        "shelter_worker",
        "prosecutor",
        "return_counsellor",
        "committee_secretariat",
        "data_protection_officer",
        "clock",
    }
)

# At which kinds of desk officers of each sort sit.
SEATED: dict[str, frozenset[DeskKind]] = {
    "intake_officer": frozenset({DeskKind.INTAKE, DeskKind.INDEPENDENT}),
    "identification_officer": frozenset({DeskKind.IDENTIFICATION}),
    "case_worker": frozenset({DeskKind.CASEWORK}),
    "shelter_worker": frozenset({DeskKind.SHELTER}),
    "prosecutor": frozenset({DeskKind.PROSECUTION}),
    "return_counsellor": frozenset({DeskKind.CASEWORK}),
    "committee_secretariat": frozenset({DeskKind.COMMITTEE}),
    "data_protection_officer": frozenset({DeskKind.OVERSIGHT}),
}

# Conditions of a step. Each is asked by a rule of the concept that keeps the facts it needs.
GUARDS = {
    "certified": "The officer holds a valid certificate for this act.",
    "screened": "A screening with an instrument of the pack is complete.",
    "presumed": "The person is presumed or confirmed to be a victim.",
    "informed": "The person was told, in their language, what this means and what it cannot do.",
    "has_consent": "The person allows this, to this recipient, for this purpose; or a named law"
    " stands in for it.",
    "person_chose": "The person's own free choice is recorded.",
    "in_writing": "A declaration signed by the person is on file.",
    "reasons_given": "Reasons are recorded.",
    "different_officer": "Another officer took the step before; nobody decides this alone.",
    "different_agency": "An officer of another agency took the step before.",
    "not_own_referral": "The desk that asked is not the desk that answers.",
    "place_held": "A place that fits the person is free and held.",
    "order_on_file": "The order of the prosecution or the court is on file.",
    "gate_passed": "The gate that the chosen solution names has been passed.",
    "recovery_over": "The recovery period is over, or the person waived it in writing.",
    "protection_screened": "Protection screening is done, and no concern stands against a return.",
    "guardian": "The person is an adult, or an independent guardian is there for the child.",
    "best_interests": "The person is an adult, or the child's best interests were assessed.",
    "no_open_clocks": "No deadline of the case is running; each is met or handed over.",
    "no_open_shares": "No share of the person's information is still live.",
    "no_occupied_place": "The person holds no place in a shelter.",
    "no_open_proceedings": "No court date of the case is ahead; each is past or handed over.",
}

# Guards that the officer who takes a step states to be met; facts decide all others.
DECLARED = (
    "informed",
    "person_chose",
    "in_writing",
    "order_on_file",
    "place_held",
    "reasons_given",
)

# Guards that a case meets by where a track of it stands: the state says so (`meets`).
STANDING = frozenset({"recovery_over", "protection_screened", "guardian", "best_interests"})
# Those of them that are asked of a child only.
OF_CHILDREN = frozenset({"guardian", "best_interests"})
# As what a state may count in the figures, beside the status.
FIGURES = {"smuggled": "The person was found to have been smuggled."}

# Guards that only the answer to a referral meets.
BY_REFERRAL = frozenset({"not_own_referral"})

# Conditions that no pack writes as a guard: they follow from what else it says of a step.
RIGHT_BODY, NOT_TOO_EARLY = "right_body", "not_too_early"
IMPLIED = {
    RIGHT_BODY: "The officer is of one of the bodies that the step names.",
    NOT_TOO_EARLY: "The time before which the step may not be taken has gone by.",
}

# What stops a clock until it is over.
PAUSES = {
    "recovery_period": "The person is in the recovery period.",
    "person_unreachable": "The person cannot be reached safely.",
    "waiting_for_interpreter": "No interpreter whom the person trusts has been found yet.",
}

# Moments before a case that a clock may count from.
SINCES = {
    "first_sign": "Somebody first had a sign of it: a report came in, or the person was heard.",
}

# Whom a level of escalation tells. Nobody is told of a person: a desk finds the line on its list,
# and the committee is shown numbers.
TOLD = {
    "desk": "The desk that answers for the deadline.",
    "lead": "The desk that leads the case.",
    "supervisor": "Whoever supervises the desk that answers for it.",
    "committee": "The committee, by numbers of its desks only.",
}

# Gates that a solution may name.
GATES = {"non_refoulement": "Return is shown to be safe, free and informed, by two agencies."}

# Kinds of sealed content: each has its own key, and is shared on its own.
COMPARTMENTS = frozenset(
    {
        "identity",
        "contact",
        "narrative",
        "needs",
        "health",
        "counselling",
        "legal",
        "shelter",
        "informant",
    }
)

# What for a person may allow a share.
PURPOSES = frozenset({"shelter", "health", "legal_aid", "prosecution", "other"})

# What sealed content belongs to, and the kinds that each may hold: retention has a rule for each.
RETAINED: dict[str, frozenset[str]] = {
    "report": frozenset({"narrative", "contact", "informant"}),
    "report_of_case": frozenset({"narrative", "contact", "informant"}),
    "case": frozenset(
        {
            "identity",
            "contact",
            "narrative",
            "screening",
            "needs",
            "health",
            "counselling",
            "legal",
            "shelter",
            "consent",
            "decision",
            "task",
        }
    ),
    "referral": frozenset({"referral"}),
    "lawsuit": frozenset({"file"}),
    "suspect": frozenset({"file"}),
    "card": frozenset({"screening"}),
    "met": frozenset({"identity"}),
    "office": frozenset({"words"}),
}
# What starts the time for which content is kept, and which of them each record knows.
RETAINED_AFTER: dict[str, str] = {
    "last_word": "The report arrived, or the last word was written in its conversation.",
    "case_closed": "The person's case was closed.",
    "referral_ended": "The referral ended.",
    "inquiry_closed": "The inquiry was closed.",
    "occasion_closed": "The occasion ended on which the person was met.",
    "card_settled": "The desk took the record of a screening card into a case, or put it aside.",
    "made": "It was written.",
}
STARTS: dict[str, frozenset[str]] = {
    "report": frozenset({"last_word", "made"}),
    "report_of_case": frozenset({"case_closed"}),
    "case": frozenset({"case_closed"}),
    "referral": frozenset({"case_closed", "referral_ended"}),
    "lawsuit": frozenset({"case_closed"}),
    "suspect": frozenset({"inquiry_closed"}),
    "card": frozenset({"card_settled"}),
    "met": frozenset({"occasion_closed"}),
    "office": frozenset({"made"}),
}

# Coded facts that may travel with a referral. Nothing else that is coded ever does.
FACTS = frozenset(
    {
        "status",
        "status_dates",
        "stage",
        "danger",
        "child",
        "age_band",
        "sex",
        "nationality",
        "language",
        "interpreter",
        "needs",
        "screening_result",
        "exploitation",
        "means",
        "acts",
        "offences",
        "aggravations",
        "lawsuit_status",
        "recovery_period",
        "solution",
        "earlier_cases",
    }
)
