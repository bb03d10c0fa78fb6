"""Law, calendar, languages and settings."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from holidays import list_supported_countries

from himaya.packs.check.faults import fault, ids, unknown
from himaya.packs.errors import Fault
from himaya.packs.law import Limit, Measure, Offence
from himaya.packs.required import (
    REQUIRED_CHOICES,
    REQUIRED_DURATIONS,
    REQUIRED_NUMBERS,
    REQUIRED_TEXTS,
)
from himaya.packs.schema import Pack, Setting
from himaya.packs.vocabulary import Weekday


def faults_of_law(pack: Pack) -> Iterator[Fault]:
    """Articles of laws that the pack does not list."""
    law = pack.law
    provisions = ids(law.provisions)
    for provision in law.provisions:
        yield from unknown(provision, "law", [provision.law], ids(law.laws), "law")
    resting: tuple[Offence | Measure | Limit, ...] = (*law.offences, *law.measures, *law.limits)
    for entry in resting:
        yield from unknown(entry, "provision", [entry.provision], provisions, "provision")
    for limit in law.limits:
        if limit.amount < 1:
            yield fault(limit, f"a time limit of {limit.amount} is none", "amount")


def faults_of_calendar(pack: Pack) -> Iterator[Fault]:
    """Calendars by which nothing would ever fall due, or that nobody keeps."""
    calendar = pack.calendar
    if not _is_zone(calendar.time_zone):
        yield fault(calendar, f'unknown time zone "{calendar.time_zone}"', "time_zone")
    countries = list_supported_countries(include_aliases=False)
    yield from unknown(calendar, "holidays", [calendar.holidays], countries, "list of holidays")
    parts = countries.get(calendar.holidays or "", [])
    yield from unknown(calendar, "subdivision", [calendar.subdivision], parts, "part of a country")
    if set(calendar.weekend) == set(Weekday):
        yield fault(calendar, "the weekend leaves no working day", "weekend")


def faults_of_settings(pack: Pack) -> Iterator[Fault]:
    """Settings that the code needs and the pack lacks, or that cannot mean what they say."""
    for setting in pack.settings:
        yield from _faults_of_setting(setting)
    known = ids(pack.settings)
    for needed in sorted(
        (REQUIRED_DURATIONS | REQUIRED_CHOICES | REQUIRED_TEXTS | REQUIRED_NUMBERS) - known
    ):
        if pack.settings:
            yield Fault(pack.settings[0].place.file, 1, f'no setting "{needed}"')


def faults_of_languages(pack: Pack) -> Iterator[Fault]:
    """Languages of a tier that does not exist."""
    for language in pack.languages:
        if language.tier not in (1, 2):
            yield fault(language, f"there is no tier {language.tier}; it is 1 or 2", "tier")


def _faults_of_setting(setting: Setting) -> Iterator[Fault]:
    if setting.value is not None and type(setting.value) is not type(setting.default):
        yield fault(setting, "the value is of another kind than the default", "value")
    counts = type(setting.in_force) is int
    if setting.unit and not counts:
        yield fault(setting, "a unit counts whole numbers", "unit")
    if setting.unit and counts and int(setting.in_force) < 1:
        yield fault(setting, f"a duration of {setting.in_force} is none", "default")
    yield from _faults_of_least(setting, counts=counts)
    yield from _faults_of_required(setting, counts=counts)


def _faults_of_least(setting: Setting, *, counts: bool) -> Iterator[Fault]:
    """Decisions that fall short of what a text asks at least."""
    if setting.least is None:
        return
    if not counts:
        yield fault(setting, "only a whole number has a least", "least")
    elif int(setting.in_force) < setting.least:
        key = "default" if setting.value is None else "value"
        yield fault(setting, f"{setting.in_force} is less than {setting.least}, the least", key)


def _faults_of_required(setting: Setting, *, counts: bool) -> Iterator[Fault]:
    """Settings that are there and are not what the code reads them as."""
    if setting.id in REQUIRED_DURATIONS and not setting.unit:
        yield fault(setting, f'"{setting.id}" is a duration and needs a unit')
    if setting.id in REQUIRED_NUMBERS and (not counts or int(setting.in_force) < 1):
        yield fault(setting, f'"{setting.id}" is a whole number above nought', "default")
    if setting.id in REQUIRED_CHOICES and not isinstance(setting.in_force, bool):
        yield fault(setting, f'"{setting.id}" must be true or false', "default")
    if setting.id in REQUIRED_TEXTS and not isinstance(setting.in_force, str):
        yield fault(setting, f'"{setting.id}" must be text', "default")
    elif setting.id == "safe_exit" and not str(setting.in_force).startswith("https://"):
        yield fault(setting, "the safe exit must be an https:// address", "default")


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # not there, not a name, a folder
        return False
    return True
