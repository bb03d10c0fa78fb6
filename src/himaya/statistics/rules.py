"""Whether a case's facts are coded: a word, a name or a day in them must not reach the figures."""

import re
from dataclasses import fields
from datetime import date

from himaya.pathway.facts import CaseFacts
from himaya.statistics.codes import FORM_GROUPS, AgeGroup, Sex, Status
from himaya.statistics.errors import FactNotCoded

CODE = re.compile(r"[A-Za-z0-9_.-]{0,40}", re.ASCII)
COUNTRY = re.compile(r"([A-Z]{3})?", re.ASCII)


def check_coded(fact: CaseFacts) -> None:
    """Raise FactNotCoded, with the name of the first field that is not, unless every one is."""
    for wrong in (
        _not_in_list(fact),
        _not_a_code(fact),
        _finer_than_a_month(fact),
        _negative(fact),
        _status_without_its_month(fact),
    ):
        if wrong:
            raise FactNotCoded(field=wrong)


def _not_in_list(fact: CaseFacts) -> str:
    lists = {
        "age_group": AgeGroup.values,
        "sex": Sex.values,
        "status": Status.values,
        "form": FORM_GROUPS,
    }
    return next((name for name, codes in lists.items() if getattr(fact, name) not in codes), "")


def _not_a_code(fact: CaseFacts) -> str:
    for name in ("channel", "solution", "outcome"):
        if not CODE.fullmatch(getattr(fact, name)):
            return name
    return "" if COUNTRY.fullmatch(fact.citizenship) else "citizenship"


def _finer_than_a_month(fact: CaseFacts) -> str:
    for name in ("report_month", "status_month"):
        value = getattr(fact, name)
        if isinstance(value, date) and value.day != 1:
            return name
    return ""


def _negative(fact: CaseFacts) -> str:
    days = [field.name for field in fields(fact) if field.name.endswith("_days")]
    return next((name for name in days if (getattr(fact, name) or 0) < 0), "")


def _status_without_its_month(fact: CaseFacts) -> str:
    decided = fact.status != Status.NONE
    known = fact.status_month is not None and fact.status_month >= fact.report_month
    return "" if known == decided and (decided or fact.status_month is None) else "status_month"
