"""My day and the frame, in words: what to do, for whom, why now, until when."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from himaya.accounts.waiting import TAKES_PART
from himaya.kernel.access import Actor, Permission

NEVER = datetime.max.replace(tzinfo=UTC)
DANGER_WORDS: dict[str, str | Promise] = {
    "high": _("High danger"),
    "medium": _("Some danger"),
    "low": _("Low danger"),
}


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One thing to do. who: a pseudonym or a number, never a name. danger: high, medium, low or "".

    why_now: one line that explains the place in the list. since: when it began to wait.
    """

    what: str
    who: str
    why_now: str
    href: str
    since: datetime
    until: datetime | None = None
    danger: str = ""

    @property
    def danger_words(self) -> str:
        """The rating in words."""
        return str(DANGER_WORDS[self.danger])


@dataclass(frozen=True, slots=True)
class _Place:
    """A link of the navigation and who has use of it."""

    href: str
    word: str | Promise
    permissions: frozenset[Permission] = field(default_factory=frozenset)


PLACES = (
    _Place("/", _("My day")),
    _Place("/reports/", _("Reports"), frozenset({Permission.REPORT_READ})),
    _Place("/screenings/", _("Screenings"), frozenset({Permission.PERSON_SCREEN})),
    _Place("/cases/", _("Cases"), frozenset({Permission.CASE_READ})),
    _Place(
        "/referrals/",
        _("Referrals"),
        frozenset({Permission.REFERRAL_SEND, Permission.REFERRAL_ANSWER}),
    ),
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


def in_order(tasks: Iterable[Task], at: datetime) -> list[Task]:
    """The tasks in the order to do them."""
    return sorted(tasks, key=lambda task: _order(task, at))


def _order(task: Task, at: datetime) -> tuple[bool, int, datetime, datetime]:
    """Late or due within a day first; then danger; then the nearest date; then the longest wait."""
    until = task.until or NEVER
    rank = ("high", "medium", "low", "").index(task.danger)
    return (until - at > timedelta(days=1), rank, until, task.since)
