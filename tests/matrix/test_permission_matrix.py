"""Who is answered how, at every address: written down, and the same as what is committed."""

from base64 import b64encode
from collections.abc import Iterator

import pytest
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.http import HttpResponse
from django.test import Client
from django.urls import clear_url_caches, path

from himaya.config.env import ROOT
from himaya.web.staff import urls
from tests.factories.ground import Ground
from tests.factories.routes import OFFICERS, routes
from tests.matrix.asking import ANONYMOUS, UNUSUAL, Asked, Everybody
from tests.matrix.drawing import Shown, matrix_md
from tools.documents import OPEN_PAGES
from tools.fields import SEALED, SECRET, fields

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("db")]
PAGE = ROOT / "docs" / "permission-matrix.md"
# Things that are made by a longer way; tests of their own concept ask about them as strangers.
NOT_MADE = {
    "alarm_id",
    "emergency_id",
    "informant_id",
    "message_id",
    "passkey_id",
    "readmission_id",
    "review_id",
}
SEEN_BY_ALL_WHO_MAY = {
    "agenda": ["committee_secretariat", "data_protection_officer"],
    "no.": ["committee_secretariat", "data_protection_officer"],
    "pseudonym": ["data_protection_officer"],  # of cases under a legal hold
    "reason of a search": ["data_protection_officer"],  # who watches all searches by name
}
REFUSED = {"404", "no", "405", "sign in"}
# Pages on which two desks' things are the same thing, and why.
FOR_ALL_WHO_MAY = {
    "GET /ledger/<subject_id>": "the data protection officer sees the whole ledger",
    "GET /committee/meetings/<meeting_id>/": "the committee's own record, of no person",
    "POST /committee/meetings/<meeting_id>/decisions/": "the committee's own record",
    "GET /committee/decisions/<decision_id>/actions/": "the committee's own record",
    "POST /committee/decisions/<decision_id>/actions/": "the committee's own record",
    "POST /committee/actions/<action_id>/done/": "the committee's own record",
    "GET /officers/asked/<proposal_id>/": "another body's personnel office has the second word",
    "GET /two-person/<request_id>/": "as above",
    "POST /two-person/<request_id>/approve": "as above",
    "POST /two-person/<request_id>/refuse": "as above",
    "POST /keys/<desk_id>/<officer_id>/admit": "who sits at which desk is known in the house",
    "GET /retention/holds/<hold_id>/": "the office that watches places and ends them all",
    "POST /retention/holds/<hold_id>/order": "the office that watches places and ends them all",
    "POST /retention/holds/<hold_id>/confirm": "as above",
    "POST /retention/holds/<hold_id>/ask": "as above",
    "POST /retention/holds/<hold_id>/end": "as above",
    "GET /accountability/orders/<case_id>": "a judge's order; the same for any number at all",
    "POST /accountability/orders/<case_id>": "as above",
    "GET /walk-in/form-<language>.pdf": "an empty form, of no person",
    "GET /card/<language>": "an empty card, of no person",
    "GET /card/<language>.webmanifest": "as above",
    "GET /referrals/<referral_id>/send": "read, it only leads back to the referral's own page",
    "GET /referrals/<referral_id>/instead": "as above",
    "GET /referrals/<referral_id>/paper": "as above",
    "GET /referrals/<referral_id>/summary": "as above",
    "GET /accountability/searches/<search_id>/why": "read, it only leads back to the list",
    "POST /accountability/searches/<search_id>/why": "whoever watches all searches by name",
    "GET /consents/overrides/<consent_id>/": "any of them may be the second person; codes, no word",
    "GET /directory/services/<service_id>/": "the directory is the country's, and of no person",
    "POST /directory/services/<service_id>/confirm": "its keeper; others are told whose it is",
    "POST /directory/services/<service_id>/free": "as above",
    "GET /directory/services/<service_id>/edit": "its keeper keeps all of it",
    "POST /directory/services/<service_id>/edit": "as above",
    "POST /directory/services/<service_id>/places/<location_id>/hide": "as above",
    "GET /directory/organizations/<organization_id>/": "as above",
    "POST /directory/organizations/<organization_id>/": "as above",
    "GET /directory/organizations/<organization_id>/new": "as above",
    "POST /directory/organizations/<organization_id>/new": "as above",
    "GET /cases/<case_id>/read/<compartment_id>": "read, it only leads back to the case's own page",
    "GET /cases/<case_id>/files/<file_id>": "as above",
    "GET /referrals/<referral_id>/files/<file_id>": "read, it only leads back to the referral's",
}


@pytest.fixture(scope="module")
def everybody(country: Ground) -> Everybody:
    return Everybody(country)


@pytest.fixture(scope="module")
def matrix(everybody: Everybody) -> list[Asked]:
    return everybody.matrix()


def missing(country):
    """Places in addresses for which the country in small has nothing."""
    places = {place for route in routes(OFFICERS) for place in route.places}
    return places - country.own.objects.keys()


def test_things_are_made_for_every_place_but_a_few(country):
    """A new page about a new thing: make it in tests/factories/ground.py."""
    assert missing(country) == NOT_MADE


def unusual(client: Client) -> Iterator[str]:
    """Pages that answer an unusual method otherwise than with 405, whoever asks."""
    for route in routes(OFFICERS):
        for method in UNUSUAL:
            status = client.generic(method, route.filled({})).status_code
            if status != 405:
                yield f"`{route.shown}` answers {status} to {method}"


@pytest.fixture(scope="module")
def exceptions(country: Ground) -> list[str]:
    return list(unusual(Client(raise_request_exception=False)))


def test_the_matrix_is_as_it_was_reviewed(matrix, everybody, exceptions, request):
    """When this fails, look at what changed: make documents, then git diff."""
    own = everybody.shown_of(everybody.country.own)
    shown = Shown(own, strangers_words(everybody), missing(everybody.country))
    page = matrix_md(matrix, exceptions, shown)
    if request.config.getoption("--write"):
        PAGE.write_text(page, encoding="utf-8")

    assert PAGE.read_text(encoding="utf-8").splitlines() == page.splitlines()


def test_every_page_says_which_methods_it_knows(everybody, exceptions):
    assert exceptions == []
    assert list(unusual(everybody.browsers["case_worker"])) == []


@pytest.fixture
def careless_page(monkeypatch) -> Iterator[None]:
    """A page that says nothing of methods, beside all others."""
    careless = path("careless", lambda _request: HttpResponse())
    monkeypatch.setattr(urls, "urlpatterns", [careless])
    clear_url_caches()
    yield
    monkeypatch.undo()
    clear_url_caches()


def test_a_page_that_takes_any_method_would_be_found(careless_page):
    found = [f"`/careless` answers 200 to {method}" for method in UNUSUAL]

    assert list(unusual(Client())) == found


def strangers_words(everybody):
    """Words between strangers that somebody was shown."""
    shown = everybody.shown_of(everybody.country.other)
    return {name: roles for name, roles in shown.items() if roles}


def test_no_word_between_strangers_is_shown_to_anybody(matrix, everybody):
    assert strangers_words(everybody) == SEEN_BY_ALL_WHO_MAY


def test_nobody_unknown_is_shown_a_word(matrix, everybody):
    own = everybody.shown_of(everybody.country.own)

    assert [name for name, who in own.items() if ANONYMOUS in who] == []


def test_words_are_shown_to_those_who_work_with_them(matrix, everybody):
    """Else the search above would find nothing for want of looking."""
    shown = everybody.shown_of(everybody.country.own)

    assert len([name for name, roles in shown.items() if roles]) > 15
    assert shown["story"] == ["intake_officer"]
    assert shown["needs"] == ["case_worker", "return_counsellor", "shelter_worker"]


def kept(kinds):
    """What stands in every field of some classes, as a page might show it."""
    for field in fields():
        if field.kind in kinds:
            rows = apps.get_model(field.model)._base_manager.all()
            for value in rows.values_list(field.name, flat=True):
                yield from as_text(value)
    for data in Authenticator.objects.values_list("data", flat=True):
        yield from map(str, data.values())


def as_text(value):
    if isinstance(value, str):
        return [value]
    found = bytes(value or b"")
    return [found.hex(), b64encode(found).decode()] if len(found) >= 16 else []


def test_nothing_sealed_or_secret_is_shown_to_anybody_as_it_is_kept(matrix, everybody):
    shown = everybody.shown({text for text in kept({SEALED, SECRET}) if text})

    assert len(shown) > 100
    assert [text for text, who in shown.items() if who] == []


def strangers_who_pass(matrix, everybody):
    """Who is answered about another's thing, or about a part of it, as if it were theirs."""
    return {
        f"{one.method} {one.route.shown} {who}: {cell[1:]}"
        for one in matrix
        for who, cell in one.answers.items()
        if who != ANONYMOUS
        and one.method != "HEAD"
        and f"{one.method} {one.route.shown}" not in FOR_ALL_WHO_MAY
        and set(one.route.places) & everybody.country.own.objects.keys() - {"code", "step_id"}
        and not set(cell[1:] or cell) <= REFUSED
    }


def test_no_stranger_is_answered_about_anothers_things(matrix, everybody):
    assert "\n".join(sorted(strangers_who_pass(matrix, everybody))) == ""


def test_nobody_unknown_gets_anything_but_the_way_to_sign_in(matrix):
    free = {f"/{page}" for page in OPEN_PAGES}
    answers = {one.answers[ANONYMOUS] for one in matrix if one.route.shown not in free}

    assert answers == {("sign in",), ("401 accounts.signed_out",), ("405",)}


def test_no_page_breaks(matrix):
    broken = [
        (one.method, one.route.shown, who)
        for one in matrix
        for who, cell in one.answers.items()
        if any(answer.startswith("5") for answer in cell)
    ]

    assert broken == [], broken


def test_every_role_opens_something_that_is_its_own(matrix):
    opens = {
        who
        for one in matrix
        for who, cell in one.answers.items()
        if len(cell) > 1 and cell[0] not in REFUSED
    }

    assert {"intake_officer", "case_worker", "shelter_worker", "prosecutor"} <= opens
