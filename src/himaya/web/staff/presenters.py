"""The frame of an officer's pages, in words."""

from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from himaya.accounts.waiting import TAKES_PART
from himaya.kernel.access import Actor, Permission


@dataclass(frozen=True, slots=True)
class Link:
    """One entry of the navigation. here: the page is below it."""

    href: str
    word: str
    here: bool


@dataclass(frozen=True, slots=True)
class Me:
    """The officer as the frame shows them."""

    name: str
    role: str
    desks: str
    unlocked: bool
    links: list[Link]


@dataclass(frozen=True, slots=True)
class _Place:
    """A link of the navigation and who has use of it."""

    href: str
    word: str | Promise
    permissions: frozenset[Permission] = field(default_factory=frozenset)


PLACES = (
    _Place("/", _("My day")),
    _Place(
        "/deadlines/",
        _("Deadlines"),
        frozenset(
            {
                Permission.REPORT_READ,
                Permission.CASE_READ,
                Permission.PERSON_SCREEN,
                Permission.REFERRAL_SEND,
                Permission.REFERRAL_ANSWER,
            }
        ),
    ),
    _Place(
        "/deadlines/desks/",
        _("Deadlines by desk"),
        frozenset({Permission.FIGURES_READ, Permission.ACCESS_SUPERVISE}),
    ),
    _Place("/reports/", _("Reports"), frozenset({Permission.REPORT_READ})),
    _Place("/walk-in/", _("Enter a report"), frozenset({Permission.REPORT_ENTER})),
    _Place("/hotline/", _("Hotline"), frozenset({Permission.CALL_TAKE})),
    _Place("/occasions/", _("Where people are met"), frozenset({Permission.OCCASION_KEEP})),
    _Place("/screenings/", _("Screenings"), frozenset({Permission.PERSON_SCREEN})),
    _Place("/cards/", _("From the field"), frozenset({Permission.PERSON_SCREEN})),
    _Place(
        "/devices/",
        _("Screening card"),
        frozenset({Permission.CARD_USE, Permission.ACCESS_SUPERVISE}),
    ),
    _Place("/cases/", _("Cases"), frozenset({Permission.CASE_READ})),
    _Place(
        "/referrals/",
        _("Referrals"),
        frozenset({Permission.REFERRAL_SEND, Permission.REFERRAL_ANSWER}),
    ),
    _Place(
        "/directory/",
        _("Services"),
        frozenset({Permission.DIRECTORY_CONFIRM, Permission.DIRECTORY_KEEP}),
    ),
    _Place("/roster/", _("Roster"), frozenset({Permission.ACCESS_SUPERVISE})),
    _Place("/inquiries/", _("Inquiries"), frozenset({Permission.INQUIRY_LEAD})),
    _Place("/search/name", _("Search for a person"), frozenset({Permission.PERSON_SEARCH})),
    _Place(
        "/committee/",
        _("Committee"),
        frozenset({Permission.FIGURES_READ, Permission.MEETING_RECORD}),
    ),
    _Place(
        "/officers/",
        _("Officers"),
        frozenset({Permission.OFFICER_ENROL, Permission.OFFICER_SUSPEND}),
    ),
    _Place("/retention/", _("Kept and destroyed"), frozenset({Permission.RETENTION_HOLD})),
    _Place("/duty/", _("On duty"), frozenset({Permission.ACCESS_SUPERVISE})),
    _Place("/two-person/", _("Needs two people"), frozenset(TAKES_PART)),
    _Place("/installation", _("Installation"), frozenset({Permission.INSTALLATION_SEE})),
    _Place("/keys/", _("Desk keys"), frozenset({Permission.KEY_VOUCH})),
    _Place("/ledger/", _("Who looked"), frozenset({Permission.LEDGER_READ})),
    _Place(
        "/accountability/",
        _("Alarms and reviews"),
        frozenset({Permission.LEDGER_READ, Permission.ACCESS_SUPERVISE}),
    ),
)


def links(actor: Actor, path: str) -> list[Link]:
    """The navigation of what this officer may do."""
    return [
        Link(place.href, str(place.word), _is_here(place.href, path))
        for place in PLACES
        if not place.permissions or place.permissions & actor.permissions
    ]


def _is_here(href: str, path: str) -> bool:
    return path == href if href == "/" else path.startswith(href)
