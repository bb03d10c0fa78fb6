"""A referral as a summary on paper, in the officer's language."""

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from himaya.config.languages import WRITTEN_IN
from himaya.papers.make import Content
from himaya.papers.tongue import as_written
from himaya.referrals.models import Referral
from himaya.referrals.operations.summarising import Summary
from himaya.referrals.presenters import Event, Part, ending, shown, timeline

Row = tuple[str, str]


def content(summary: Summary) -> dict[str, Content]:
    """The content of `summary.typ`: what the reader's page shows, and nothing beside it."""
    referral, said = summary.referral, shown(summary.received)
    return {
        "title": _("Transfer") if referral.is_transfer else _("Referral"),
        "number": referral.pseudonym,
        "rows": _rows(_head(referral)),
        "sections": [
            _texts(_("Between the two desks"), said.message),
            _table(_("Facts"), said.facts),
            *(_part(part) for part in said.parts),
            _table(_("The answer"), ending(referral)),
            _table(_("What became of it"), [_event(each) for each in timeline(referral)]),
        ],
        "foot": _("For the file of %(desk)s, %(day)s. Not to be passed on.")
        % {
            "desk": summary.reader.label(),
            "day": date_format(localtime(summary.made_at), "DATE_FORMAT"),
        },
    }


def _head(referral: Referral) -> list[Row]:
    due = referral.due_at
    lines = [
        (_("From"), referral.sender.label()),
        (_("To"), referral.receiver.label()),
        (_("What is asked"), f"{referral.get_kind_display()} · {referral.get_need_display()}"),
        (_("How urgent"), str(referral.get_priority_display())),
        (_("An answer is due by"), date_format(localtime(due), "DATETIME_FORMAT") if due else ""),
        (_("Stands now"), str(referral.get_state_display())),
    ]
    return [(name, value) for name, value in lines if value]


def _event(event: Event) -> Row:
    told = " · ".join(part for part in (event.what, event.who, event.detail) if part)
    return date_format(localtime(event.at), "DATETIME_FORMAT"), told


def _part(part: Part) -> dict[str, Content]:
    return _texts(part.title, part.texts)


def _texts(title: str, texts: list[str]) -> dict[str, Content]:
    language = (get_language() or WRITTEN_IN).partition("-")[0]
    said = [as_written(line, language) for text in texts for line in text.splitlines() if line]
    return {"title": title, "texts": said, "rows": []}


def _table(title: str, rows: list[Row]) -> dict[str, Content]:
    return {"title": title, "texts": [], "rows": _rows(rows)}


def _rows(rows: list[Row]) -> list[Content]:
    return [[name, value] for name, value in rows]
