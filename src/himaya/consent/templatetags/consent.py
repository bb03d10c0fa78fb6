"""Sentences of consent."""

from django import template

from himaya.consent import presenters

register = template.Library()
register.filter("consent_sentence", presenters.sentence)
register.filter("consent_how", presenters.how)
