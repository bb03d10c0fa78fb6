"""What is known of a service, in words."""

from collections.abc import Iterable

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from himaya.accounts.roles import ROLES
from himaya.directory.codes import NEEDS, SEXES
from himaya.directory.hits import Hit
from himaya.directory.models import Schedule, Service
from himaya.directory.queries import Duty
from himaya.directory.rules.admission import Bar, Doubt
from himaya.directory.rules.opening import Opening
from himaya.packs.entries import by_id
from himaya.packs.loader import current

NEED_NAMES, SEX_NAMES = dict(NEEDS), dict(SEXES)
DAY_NAMES = dict(Schedule.Day.choices)
OPENINGS: dict[Opening, tuple[str | Promise, str]] = {
    Opening.OPEN: (gettext_lazy("Somebody is there now"), "good"),
    Opening.SHUT: (gettext_lazy("Nobody is there now"), "plain"),
    Opening.NOT_KNOWN: (gettext_lazy("Hours not known"), "plain"),
}
DOUBTS: dict[Doubt, str | Promise] = {
    Doubt.SEX: gettext_lazy("Takes not everybody: the sex of the person decides."),
    Doubt.AGE: gettext_lazy("Ask how old the person is: not every age is taken."),
    Doubt.LANGUAGE: gettext_lazy("Ask whether somebody there speaks the language."),
    Doubt.INTERPRETER: gettext_lazy("Ask for an interpreter: it is not a language of the house."),
}
WHY_NOT: dict[Bar, str | Promise] = {
    Bar.CLOSED: gettext_lazy("It is not open to new people: %(state)s."),
    Bar.AGREEMENT_ENDED: gettext_lazy("The agreement to share information ended on %(day)s."),
    Bar.SEX: gettext_lazy("It takes only: %(sexes)s."),
    Bar.TOO_YOUNG: gettext_lazy("The person is too young for it. %(ages)s."),
    Bar.TOO_OLD: gettext_lazy("The person is too old for it. %(ages)s."),
    Bar.FAMILY: gettext_lazy("It does not take people with their children."),
    Bar.ALONE: gettext_lazy("It takes only people with their children."),
    Bar.LANGUAGE: gettext_lazy("Nobody there speaks the language. Spoken: %(languages)s."),
    Bar.DISTRICT: gettext_lazy("It is only for people of other districts."),
}


def needs_of(service: Service) -> str:
    """Kinds of help, in one line."""
    return " · ".join(str(NEED_NAMES[code]) for code in service.needs)


def free_words(hit: Hit) -> str:
    """How many places are free, or that nobody said so lately."""
    if hit.free is None:
        return _("Free places not known")
    if hit.free == 0:
        return _("No place is free")
    return ngettext("%(number)s place is free", "%(number)s places are free", hit.free) % {
        "number": hit.free
    }


def takes(service: Service) -> str:
    """Whom it takes, in one line; empty for everybody."""
    found = [str(SEX_NAMES[code]) for code in service.sexes]
    ages = ages_of(service)
    if ages:
        found.append(ages)
    if service.families != Service.Families.ANY:
        found.append(str(service.get_families_display()))
    return " · ".join(found)


def ages_of(service: Service) -> str:
    """From which age to which."""
    low, high = _age(service.minimum_age), _age(service.maximum_age)
    if low and high:
        return _("Ages %(low)s to %(high)s") % {"low": low, "high": high}
    if low:
        return _("From age %(low)s") % {"low": low}
    return _("Up to age %(high)s") % {"high": high} if high else ""


def _age(age: float | None) -> str:
    return "" if age is None else f"{age:g}"


def languages_of(codes: Iterable[str]) -> str:
    """Languages by their names where the country pack has them."""
    known = {each.code: each.label.text() for each in current().languages}
    return " · ".join(known.get(code, code) for code in codes)


def districts_of(codes: Iterable[str]) -> str:
    """Districts by their names."""
    known = {each.id for each in current().districts}
    names = (by_id(current().districts, code).label.text() for code in codes if code in known)
    return " · ".join(names)


def why_not(bar: Bar, hit: Hit) -> str:
    """Why a service does not take the person, with the fact that stands in the way."""
    service = hit.service
    ends = service.organization.protocol_ends_on
    facts = {
        "ages": ages_of(service),
        "sexes": " · ".join(str(SEX_NAMES[code]) for code in service.sexes),
        "languages": languages_of(hit.languages),
        "day": date_format(ends, "DATE_FORMAT") if ends else "",
        "state": service.get_status_display(),
    }
    return str(WHY_NOT[bar]) % facts


def hours_of(schedule: Schedule) -> str:
    """When somebody is there, in one line; the rule of a month is left to its description."""
    days = [DAY_NAMES[word] for word in schedule.byday.split(",") if word in DAY_NAMES]
    opens, closes = schedule.opens_at[:5], schedule.closes_at[:5]
    hours = _("the whole day") if opens == closes else f"{opens}–{closes}"
    return " · ".join([*map(str, days), hours] if opens and closes else map(str, days))


def place_of(hit: Hit) -> str:
    """The district; of a confidential place nothing else is known."""
    district = districts_of(hit.districts)
    if not hit.confidential:
        return district
    return (
        _("Confidential, in %(district)s") % {"district": district}
        if district
        else _("Confidential")
    )


def duty_words(duty: Duty) -> str:
    """Which classes of office are on duty; never a name."""
    if not duty.kept:
        return _("The desk keeps no roster")
    titles = [str(ROLES[code].title) for code in duty.offices if code in ROLES]
    return " · ".join(titles) or _("Nobody")


def assured(service: Service) -> str:
    """When somebody last made sure, and which desk."""
    if service.assured_date is None:
        return _("Nobody has confirmed this service yet.")
    facts = {
        "day": date_format(service.assured_date, "DATE_FORMAT"),
        "desk": service.assured_by.label() if service.assured_by else "",
    }
    if service.assured_by:
        return _("Confirmed on %(day)s by %(desk)s.") % facts
    return _("Confirmed on %(day)s.") % facts


def said_free(hit: Hit) -> str:
    """How many places, who said so and when."""
    service = hit.service
    if hit.free is None or service.free_said_at is None:
        return free_words(hit)
    facts = {
        "places": free_words(hit),
        "moment": date_format(service.free_said_at, "DATETIME_FORMAT"),
        "desk": service.free_said_by.label() if service.free_said_by else _("a directory keeper"),
    }
    return _("%(places)s. Said on %(moment)s by %(desk)s.") % facts
