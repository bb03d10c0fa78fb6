"""What is not allowed is refused: by a page's guard, by the query, again by the database."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from unittest import mock

import pytest

from himaya.accounts.roles import ROLES
from himaya.cases.models import CaseQuerySet
from himaya.inquiries.models import InquiryQuerySet
from himaya.kernel.access import Actor
from himaya.referrals.models import ReferralQuerySet
from himaya.reporting.models import ReportQuerySet
from himaya.tasks.models import TaskQuerySet
from tests.factories.ground import Ground
from tests.factories.routes import OFFICERS, Route, routes
from tests.factories.threats import threat
from tests.matrix import asking
from tests.matrix.asking import READING, SENDING, Everybody, refusals_named
from tools.documents import pages

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("db")]


@pytest.fixture(scope="module")
def everybody(country: Ground) -> Everybody:
    return Everybody(country)


@contextmanager
def every_role_may_everything() -> Iterator[None]:
    with mock.patch.object(Actor, "may", return_value=True):
        yield


@contextmanager
def queries_forget_and_the_database_trusts_them() -> Iterator[None]:
    """The code asks for nobody in particular, and row-level security is off."""
    with queries_forget(), mock.patch.object(asking, "as_role", return_value=nullcontext()):
        yield


@contextmanager
def queries_forget() -> Iterator[None]:
    with ExitStack() as forgetting:
        for rows in (CaseQuerySet, InquiryQuerySet, ReferralQuerySet, ReportQuerySet, TaskQuerySet):
            everything = mock.patch.object(rows, "visible_to", lambda rows, _actor: rows.all())
            forgetting.enter_context(everything)
        yield


def guarded() -> Iterator[tuple[Route, str]]:
    """Every page that asks for a permission, and a role that has none of them."""
    asks = {f"/{page.path}": page.permissions for page in pages() if page.permissions}
    for route in routes(OFFICERS):
        permissions = set(asks.get(f"/{route.pattern}", ()))
        without = [code for code, role in ROLES.items() if not permissions & role.permissions]
        if permissions and without:
            yield route, without[0]


def let_in(everybody: Everybody) -> list[tuple[str, str, str]]:
    """Pages that let in a role without the permission, and how they answered."""
    return [
        (route.shown, who, answer)
        for route, who in guarded()
        for method in (READING, SENDING)
        for answer in [
            everybody.ask(who, method, route.filled(everybody.country.own.of(route.name)))
        ]
        if answer not in {"no", "405"}
    ]


@threat("B5", off=every_role_may_everything)
def test_no_page_lets_in_a_role_without_its_permission(everybody):
    assert len(list(guarded())) > 40

    with refusals_named():
        assert let_in(everybody) == []


WHO_OPENS = {
    "cases/<uuid:case_id>/": "case_worker",
    "tasks/<uuid:task_id>/": "case_worker",
    "inquiries/<uuid:inquiry_id>/": "prosecutor",
    "referrals/<uuid:referral_id>/": "shelter_worker",
    "reports/<uuid:report_id>/": "intake_officer",
}


def told_of_strangers(everybody: Everybody) -> list[str]:
    """Pages that answer about a thing between strangers."""
    pages = {route.pattern: route for route in routes(OFFICERS)}
    return [
        pattern
        for pattern, who in WHO_OPENS.items()
        if everybody.ask(who, READING, pages[pattern].filled(everybody.country.other.objects))
        != "404"
    ]


@threat("B9", off=queries_forget_and_the_database_trusts_them)
def test_a_query_that_forgets_to_ask_for_whom_is_stopped_by_the_database(everybody):
    with queries_forget():
        assert told_of_strangers(everybody) == []


def test_the_pages_used_there_do_answer_about_the_desks_own_things(everybody):
    pages = {route.pattern: route for route in routes(OFFICERS)}

    for pattern, who in WHO_OPENS.items():
        path = pages[pattern].filled(everybody.country.own.objects)
        assert everybody.ask(who, READING, path) == "200"
