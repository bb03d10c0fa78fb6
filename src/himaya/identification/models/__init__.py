"""Screenings: what was asked of a person, what they answered, and what the instrument advises."""

from himaya.identification.models.answer import Answer
from himaya.identification.models.screening import Screening, ScreeningQuerySet
from himaya.identification.models.sitting import Sitting

__all__ = ["Answer", "Screening", "ScreeningQuerySet", "Sitting"]
