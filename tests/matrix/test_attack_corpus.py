"""Nothing that an attacker types brings a page down, waits for their statement, or talks back."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from unittest import mock

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client, override_settings

from himaya.accounts import pages
from himaya.config import public
from himaya.oversight.views import meetings
from himaya.vault import keys
from himaya.vault.models import MemberKey
from tests.factories import seats
from tests.factories.ground import Ground
from tests.factories.routes import OFFICERS, REPORTERS, Route, routes
from tests.factories.threats import threat
from tests.factories.visitor import Visitor
from tests.matrix import corpus
from tests.matrix.asking import pages_of
from tests.matrix.attacking import Attacker
from tests.matrix.corpus import Sent
from tests.matrix.forms import Form

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("db")]
NUMBER = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
Officers = Mapping[str, Attacker]


@pytest.fixture(scope="module")
def officers(country: Ground) -> Iterator[Officers]:
    """An attacker with the session of an officer of each role."""
    found = {role: seats.browser(seat.officer) for role, seat in country.officers.items()}
    for browser in found.values():
        browser.raise_request_exception = False
    # Their keys have a passphrase that nobody knows; trying one takes no time.
    MemberKey.objects.filter(salt=b"").update(salt=bytes(16), sealed=bytes(60))
    with (
        mock.patch.object(keys, "hash_secret_raw", return_value=bytes(32)),
        mock.patch.object(pages, "is_fresh", return_value=True),
    ):
        yield {role: Attacker("staff", browser) for role, browser in found.items()}


@pytest.fixture
def reporter(db: None) -> Iterator[Attacker]:
    """Somebody at the reporters' site."""
    limit = public.DATA_UPLOAD_MAX_MEMORY_SIZE
    with override_settings(
        ROOT_URLCONF=REPORTERS, MIDDLEWARE=public.MIDDLEWARE, DATA_UPLOAD_MAX_MEMORY_SIZE=limit
    ):
        settings.STATIC_ROOT.mkdir(exist_ok=True)
        yield Attacker("public", Client(raise_request_exception=False))


def forms_of_officers(country: Ground, officers: Officers) -> dict[str, tuple[str, Form]]:
    """Every form of the officers' site, by where it goes, and a role that is shown it."""
    found: dict[str, tuple[str, Form]] = {}
    for role, attacker in officers.items():
        open_to_all = [Route("", ""), Route("", "unlock"), Route("", "security")]
        for route in [*open_to_all, *pages_of(role)]:
            for form in attacker.forms(route.filled(country.own.of(route.name))):
                kind = NUMBER.sub("<id>", form.action)
                found.setdefault(f"{kind} {sorted(form.names)}", (role, form))
    return found


def forms_of_reporters() -> list[Form]:
    """Every form that a reporter meets on the way to a receipt and back."""
    visitor = Visitor()
    visitor.begin()
    found = {}
    for _step in range(6):
        for form in visitor.page.forms.values():
            action = form.action or visitor.path
            names = {*form.fields, *form.areas, "danger", "language", "number", "message"}
            found[action] = Form(action, "POST", {n: form.fields.get(n, ["1"]) for n in names})
        if "report" not in visitor.page.forms:
            break
        visitor.press("report", story="Words.")
    return [*found.values(), *(Form(f"/{n}", "POST", {"carried": [""]}) for n in range(1, 9))]


def faults(sent: Iterator[Sent]) -> list[str]:
    return [one.fault for one in sent if one.fault]


def attack_officers(
    country: Ground, officers: Officers, attacks: Sequence[str], *, whole: bool
) -> Iterator[Sent]:
    """Every form, address and header of the officers' site."""
    for role, form in forms_of_officers(country, officers).values():
        yield from officers[role].into_form(form, attacks, whole=whole)
    for place, route in enumerate(routes(OFFICERS)):
        role = list(officers)[place % len(officers)]
        own = country.own.of(route.name)
        chosen = attacks if whole else attacks[place % 4 :: 4]
        yield from officers[role].into_address(route, own, chosen)
    yield from officers["case_worker"].into_headers("/", attacks)


def attack_reporters(reporter: Attacker, attacks: Sequence[str], *, whole: bool) -> Iterator[Sent]:
    """Every form, address and header of the reporters' site."""
    for form in forms_of_reporters():
        yield from reporter.into_form(form, attacks, whole=whole)
    for route in routes(REPORTERS):
        yield from reporter.into_address(route, {}, attacks)
    yield from reporter.into_headers("/", attacks)


def test_nothing_typed_as_an_officer_brings_a_page_down_or_is_run(country, officers):
    assert faults(attack_officers(country, officers, corpus.SHORT, whole=False)) == []


def test_nothing_typed_as_a_reporter_brings_a_page_down_or_is_run(reporter):
    assert faults(attack_reporters(reporter, corpus.SHORT, whole=False)) == []


@pytest.mark.machine("patience")
def test_nothing_of_the_whole_corpus_does_as_an_officer(country, officers):
    assert faults(attack_officers(country, officers, corpus.WHOLE, whole=True)) == []


@pytest.mark.machine("patience")
def test_nothing_of_the_whole_corpus_does_as_a_reporter(reporter):
    assert faults(attack_reporters(reporter, corpus.WHOLE, whole=True)) == []


def test_the_attacks_reach_every_form(country, officers):
    """A form that nobody finds is a form that nobody tries."""
    actions = {form.action for _role, form in forms_of_officers(country, officers).values()}

    assert len(actions) > 25


@contextmanager
def a_page_that_makes_a_statement_of_what_was_sent() -> Iterator[None]:
    """The committee's list of meetings, sorted as the address says."""
    with mock.patch.object(meetings, "render", _careless(meetings.render)):
        yield


def _careless(render):
    def draw(request, *args, **kwargs):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT 1 ORDER BY '{request.GET.get('order_by', '')}'")
        return render(request, *args, **kwargs)

    return draw


@threat("C1", off=a_page_that_makes_a_statement_of_what_was_sent)
def test_a_statement_in_an_address_is_only_words(country, officers):
    route = next(route for route in routes(OFFICERS) if route.pattern == "committee/meetings/")
    secretary = officers["committee_secretariat"]

    assert faults(secretary.into_address(route, {}, corpus.STATEMENTS)) == []
