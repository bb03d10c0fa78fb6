"""Saving a new case under a pseudonym that no other case has."""

from django.db import IntegrityError, transaction

from himaya.cases.models import Case
from himaya.cases.pseudonyms import pseudonym

DRAWS = 8  # that all of them are taken is a bug and not bad luck


def save_under_a_pseudonym(case: Case) -> None:
    """Draw until the pseudonym is free. Only the database knows: other desks' cases are hidden."""
    for _draw in range(DRAWS - 1):
        case.pseudonym = pseudonym()
        try:
            with transaction.atomic():
                case.save(force_insert=True)
        except IntegrityError:
            continue
        return
    case.pseudonym = pseudonym()
    case.save(force_insert=True)
