"""A person apart from their cases: how they belong together with others."""

from django.db.models import Q, QuerySet

from himaya.cases.errors import NoSuchCase
from himaya.cases.merged import all_of_one
from himaya.cases.models import Case, PersonLink
from himaya.kernel.access import Actor


def links_of(case: Case) -> QuerySet[PersonLink]:
    """How the person of a case belongs together with others, also what has ended; newest first.

    The database shows a link only to whoever may see both ends.
    """
    one = all_of_one(case.person_id)
    return PersonLink.objects.filter(Q(person__in=one) | Q(relative__in=one)).order_by("-made_at")


def case_named(actor: Actor, number: str) -> Case:
    """The case of this number, of the actor's desks. Raises NoSuchCase for any other."""
    found = Case.objects.visible_to(actor).filter(pseudonym=number).first()
    if found is None:
        raise NoSuchCase(number=number)
    return found
