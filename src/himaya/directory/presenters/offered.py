"""A service in a list, on its page and in its form; an organisation."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from himaya.directory.codes import KIND_NAMES
from himaya.directory.finding import Result
from himaya.directory.hits import Hit
from himaya.directory.models import Organization, Service
from himaya.directory.presenters.words import (
    DOUBTS,
    OPENINGS,
    districts_of,
    duty_words,
    free_words,
    languages_of,
    needs_of,
    place_of,
    takes,
    why_not,
)
from himaya.directory.queries import Duty


@dataclass(frozen=True, slots=True)
class Row:
    """One service in the list of what was found. why_not: facts, none when it takes the person.

    refer_to: code of the desk here that receives referrals, empty when there is none.
    """

    id: UUID
    name: str
    giver: str
    needs: str
    facts: list[str]
    why_not: list[str]
    ask_first: list[str]
    opening: str
    opening_kind: str
    free: str
    free_kind: str
    stale: bool
    confidential: bool
    refer_to: str
    alert: str


def row(hit: Hit) -> Row:
    """A service as one entry of a list."""
    service = hit.service
    words, kind = OPENINGS[hit.opening]
    return Row(
        id=service.pk,
        name=service.name,
        giver=service.organization.name,
        needs=needs_of(service),
        facts=_facts(hit),
        why_not=[why_not(bar, hit) for bar in hit.bars],
        ask_first=[str(DOUBTS[doubt]) for doubt in hit.doubts],
        opening=str(words),
        opening_kind=kind,
        free=free_words(hit),
        free_kind="good" if hit.free else "plain",
        stale=hit.stale,
        confidential=hit.confidential,
        refer_to=service.desk.code if service.desk else "",
        alert=service.alert,
    )


def _facts(hit: Hit) -> list[str]:
    service = hit.service
    found = [takes(service), languages_of(hit.languages)]
    if hit.districts:
        found.append(districts_of(hit.districts))
    return [words for words in found if words]


def facts_of(hit: Hit, duty: Duty | None) -> list[tuple[str, str]]:
    """Everything about one service, named."""
    service = hit.service
    facts = [
        (_("Given by"), service.organization.name),
        (_("Kinds of help"), needs_of(service)),
        (_("State"), str(service.get_status_display())),
        (_("Takes"), takes(service) or _("Everybody")),
        (_("More about who is taken"), service.eligibility_description),
        (_("Languages spoken"), languages_of(hit.languages)),
        (_("Interpretation"), service.interpretation_services),
        (_("Where"), place_of(hit)),
        (_("How fast"), str(service.get_answers_display()) if service.answers else ""),
        (_("Referrals go to"), _receiver(service)),
    ]
    if duty is not None:
        facts.append((_("On duty now"), duty_words(duty)))
    more = [
        (_("How to ask for it"), service.application_process),
        (_("What it costs"), service.fees_description),
        (_("How long one waits"), service.wait_time),
        (_("E-mail"), service.email),
        (_("Web page"), service.url),
    ]
    return [*facts, *((name, value) for name, value in more if value)]


def _receiver(service: Service) -> str:
    return service.desk.label() if service.desk else service.channel


def described_initial(
    service: Service, languages: Sequence[str], districts: Sequence[str]
) -> dict[str, object]:
    """A service as its form shows it at first."""
    names = (
        "name", "description", "status", "needs", "sexes", "minimum_age", "maximum_age",
        "families", "eligibility_description", "interpretation_services", "answers", "channel",
        "application_process", "fees_description", "wait_time", "email", "url", "alert", "version",
    )  # fmt: skip
    desk = service.desk.code if service.desk else ""
    more = {"desk": desk, "languages": languages, "districts": districts}
    return {**{name: getattr(service, name) for name in names}, **more}


def giver_facts(giver: Organization) -> list[tuple[str, str]]:
    """An organisation, named."""
    kind = str(dict(KIND_NAMES)[giver.kind]) if giver.kind else ""
    return [
        (_("What it is"), giver.description),
        (_("Kind of organisation"), kind),
        (_("The same body in the pathway"), giver.agency.label() if giver.agency else _("None")),
        (_("Agreement signed on"), _day(giver.protocol_signed_on)),
        (_("Agreement ends on"), _day(giver.protocol_ends_on)),
    ]


def _day(day: date | None) -> str:
    return date_format(day, "DATE_FORMAT") if day else ""


@dataclass(frozen=True, slots=True)
class Found:
    """Both lists, and the addresses of what comes after each; empty at the end."""

    fitting: list[Row]
    others: list[Row]
    more: str
    more_others: str


def found(result: Result, asked: str) -> Found:
    """What was found. asked: the query of the page's address, without its place."""
    before = f"?{asked}&" if asked else "?"
    after, others = result.fitting.after, result.others.after
    return Found(
        fitting=[row(hit) for hit in result.fitting.hits],
        others=[row(hit) for hit in result.others.hits],
        more=f"{before}after={after}" if after else "",
        more_others=f"{before}after=others.{others}" if others else "",
    )
