"""Sentences of consent."""

from datetime import datetime

from django import template

from himaya.cases.models import Case
from himaya.consent import presenters
from himaya.consent.models import Consent

register = template.Library()
register.filter("consent_sentence", presenters.sentence)
register.filter("consent_how", presenters.how)


@register.simple_tag
def consent_row(consent: Consent, case: Case, at: datetime, works: bool) -> presenters.Row:
    """One consent in a list of its case."""
    consent.case = case
    return presenters.row(consent, at, works=works)
