"""What stands in the way of a case's end: each thing in a sentence, with the page where it ends."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from himaya.cases.models import Case
from himaya.clocks.models import Deadline
from himaya.clocks.presenters import what_of
from himaya.consent.models import Consent
from himaya.pathway.amounts import WORDS
from himaya.pathway.unfinished import Unfinished
from himaya.referrals.models import Referral
from himaya.tasks.models import Task


@dataclass(frozen=True, slots=True)
class Line:
    """One thing, and where it is ended or handed over."""

    words: str
    href: str


@dataclass(frozen=True, slots=True)
class Hindrance:
    """One kind of thing: how much of it there is, and each by itself. open: there is some."""

    words: str
    open: bool
    lines: list[Line]


def hindrances(case: Case, found: Unfinished) -> list[Hindrance]:
    """Every kind of thing that keeps a case open, those of which there is nothing included."""
    lines: dict[str, list[Line]] = {
        "referrals": [_referral(each) for each in found.referrals],
        "shares": [_consent(each) for each in found.consents],
        "places": list(_place(case, found)),
        "deadlines": [_deadline(each) for each in found.deadlines],
        "tasks": [_task(each) for each in found.tasks],
    }
    numbers: dict[str, int] = asdict(found.numbers)
    return [
        Hindrance(words(numbers[kind]), open=bool(numbers[kind]), lines=lines[kind])
        for kind, words in WORDS.items()
    ]


def _referral(referral: Referral) -> Line:
    known = {"desk": referral.receiver.label(), "state": referral.get_state_display()}
    return Line(
        _("Referral to %(desk)s: %(state)s") % known, reverse("referrals:show", args=[referral.pk])
    )


def _consent(consent: Consent) -> Line:
    known = {"desk": consent.recipient.label(), "purpose": consent.get_purpose_display()}
    return Line(
        _("What %(desk)s may know: %(purpose)s") % known,
        reverse("consent:show", args=[consent.case_id, consent.pk]),
    )


def _place(case: Case, found: Unfinished) -> Iterator[Line]:
    """The shelter ends the stay on its referral; the list of referrals leads there."""
    if found.place:
        yield Line(_("The stay ends on its referral"), reverse("referrals:index"))


def _deadline(deadline: Deadline) -> Line:
    href = f"{reverse('pathway:case', args=[deadline.case_id])}#deadlines"
    if deadline.paused_since is not None:
        return Line(_("%(what)s: its clock stands still") % {"what": what_of(deadline)}, href)
    known = {"what": what_of(deadline), "day": date_format(localtime(deadline.due_at))}
    return Line(_("%(what)s, until %(day)s") % known, href)


def _task(task: Task) -> Line:
    known = {"what": task.get_kind_display(), "day": date_format(task.until)}
    return Line(_("%(what)s, until %(day)s") % known, reverse("tasks:show", args=[task.pk]))
