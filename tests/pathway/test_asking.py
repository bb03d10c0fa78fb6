"""Sections that ask side by side cost one question, and get what asking alone would give."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from himaya.agencies.models import Agency, Desk
from himaya.pathway.asking import answered, at_once, joined
from himaya.vault.models import DeskEpoch
from tests.factories import offices, seats

pytestmark = pytest.mark.django_db


def of_codes(*codes):
    """A section that asks for desks and returns their codes."""
    (found,) = yield [Desk.objects.filter(code__in=codes).order_by("code")]
    return [desk.code for desk in found]


def in_two_steps(code):
    """A section that asks again for what it has learnt."""
    (found,) = yield [Desk.objects.filter(code=code)]
    (agencies,) = yield [Agency.objects.filter(pk__in=[desk.agency_id for desk in found])]
    joined(found, "agency", agencies)
    return [desk.agency.code for desk in found]


def asking_nothing():
    return "nothing"
    yield


def test_many_sections_ask_once_a_step():
    one, other = offices.desk(), offices.desk()

    with CaptureQueriesContext(connection) as asked:
        found = answered([of_codes(one.code, other.code), in_two_steps(one.code), asking_nothing()])

    assert found == [sorted([one.code, other.code]), [one.agency.code], "nothing"]
    assert len(asked) == 2


def test_records_are_the_same_as_when_they_are_asked_for_alone():
    seats.officer("case_worker", offices.desk())
    lists = [
        Desk.objects.order_by("pk"),
        DeskEpoch.objects.order_by("pk"),
        Agency.objects.only("code").order_by("pk"),
        Desk.objects.none(),
    ]

    found = at_once(lists)

    assert found == [list(each) for each in lists]
    assert vars(found[1][0]).keys() == vars(lists[1][0]).keys()
    for name in ("opened_at", "mac", "number", "public_key"):
        alone = getattr(lists[1][0], name)
        got = getattr(found[1][0], name)
        assert got == (bytes(alone) if isinstance(alone, memoryview) else alone)
    assert "label_en" in found[2][0].get_deferred_fields()


def test_what_asks_for_nothing_asks_nothing():
    with CaptureQueriesContext(connection) as asked:
        assert at_once([Desk.objects.none(), Agency.objects.none()]) == [[], []]

    assert len(asked) == 0


def test_a_list_that_joins_other_records_is_refused():
    with pytest.raises(ValueError, match="joins no other"):
        at_once([Desk.objects.select_related("agency")])
