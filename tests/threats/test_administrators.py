"""Whoever administers, lets in or watches reads nothing: every address, with every object there is.

The addresses and the objects are generated; what was asked and what was looked at is counted.
"""

from collections import defaultdict
from functools import lru_cache
from itertools import product
from unittest import mock

import pytest
from django.apps import apps
from django.db import transaction
from django.test import Client

from himaya.accounts import pages
from himaya.accounts.incompatible import OPENS
from himaya.accounts.models import Officer
from himaya.accounts.roles import ROLES
from himaya.agencies.models import Desk
from himaya.vault.models import Compartment
from tests.factories import journey, people
from tests.factories.canary import look_for
from tests.factories.offices import desk
from tests.factories.people import everybody
from tests.factories.reports import STORY
from tests.factories.routes import OFFICERS, routes
from tests.factories.threats import OFF, threat

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
MARK = "MARKED-NEED a quiet room by the sea"
MARKS = [STORY, MARK]
READERS = {*OPENS, "desk_supervisor", "return_counsellor"}
ADMINISTRATORS = sorted(set(ROLES) - READERS)
OPERATOR = "hotline_operator"  # sits at a hotline only, and opens nothing that was filed
SENT = {"reason": "own_work", "confirm": "on"}  # what opens a part of a file for who may
ENDS_THE_SESSION = {"account_logout", "vault:lock"}


@pytest.fixture
def scene():
    """A report, a case with a referral, and everybody who works on them."""
    found = everybody()
    report = journey.reported(found, story=STORY)
    case = journey.opened(found, report)
    journey.noted(found, case, Compartment.Kind.NEEDS, MARK)
    return found


def objects():
    """An id of each kind there is, by the name that addresses give to a place for it.

    Of a report, a case and what lies in them the first is the marked person's.
    """
    found = defaultdict(list)
    for model in apps.get_models():
        if model.__module__.startswith("himaya.") and model._meta.app_label != "audit":
            keys = list(model._base_manager.values_list("pk", flat=True))
            found[f"{model._meta.model_name}_id"] += keys[:1]
    subjects = found["report_id"] + found["case_id"]
    return found | {"subject_id": subjects}


def addresses():
    """Every address of the officers' site, with each of these objects in its place."""
    known = objects()
    for route in routes(OFFICERS):
        if route.name in ENDS_THE_SESSION:
            continue
        choices = [known.get(name) or known["case_id"] for name in route.places]
        for chosen in product(*choices):
            yield route.filled(dict(zip(route.places, chosen, strict=True)))


def answers(browser: Client):
    """What each address answers, asked for and sent to. What that changes is undone."""
    for address in addresses():
        for ask, sent in ((browser.get, None), (browser.post, SENT)):
            with transaction.atomic():
                response = ask(address, sent)
                yield address, b"".join(response) if response.streaming else response.content
                transaction.set_rollback(True)


@threat("B4")
def test_no_address_shows_an_administrator_a_word(scene, control):
    readers = [scene.worker, scene.intake]
    hotline = desk(Desk.Kind.HOTLINE, of=scene.worker.desk.agency)
    seats = [
        people.seat(role, hotline if role == OPERATOR else scene.worker.desk)
        for role in ADMINISTRATORS
    ]

    for seat in readers if control == OFF else seats:
        found = look_for(MARKS, answers(seat.browser()))

        assert found.looked_at > 300_000, "too little was looked at"
        assert found.places == []


def test_the_administrators_are_those_whose_role_opens_nothing():
    assert set(ADMINISTRATORS) == {
        "committee_secretariat",
        "data_protection_officer",
        "directory_keeper",
        "field_officer",
        OPERATOR,
        "personnel_officer",
        "system_administrator",
    }


def remembered():
    """An officer's permissions as they were when first asked for."""
    return mock.patch.object(pages, "admission_of", lru_cache(pages.admission_of))


@threat("B4", off=remembered)
def test_another_role_counts_from_the_next_request_on(scene):
    browser = scene.worker.browser()
    assert browser.get("/cases/").status_code == 200

    Officer.objects.filter(pk=scene.worker.officer.pk).update(roles=["intake_officer"])

    assert browser.get("/cases/").status_code == 403
