"""A connection goes from one request to the next, of another officer, and carries nothing along."""

from collections.abc import Iterator
from contextlib import contextmanager
from unittest import mock

import pytest
from django.db import DatabaseError, connection, connections
from django.db.backends.postgresql.base import DatabaseWrapper
from django.test import Client

from himaya.accounts import pages
from himaya.config import staff
from himaya.kernel.access import Actor
from himaya.web.staff import views
from tests.factories import offices, seats
from tests.factories.threats import threat

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
ASKED = ("himaya.actor", "himaya.desks", "himaya.permissions", "himaya.agency")


@contextmanager
def set_for_the_whole_session() -> Iterator[None]:
    """Settings that end with the connection, and not with the transaction."""

    def enter(actor: Actor) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT set_config('himaya.actor', %s, false),"
                " set_config('himaya.desks', %s, false)",
                [str(actor.officer_id), ",".join(map(str, actor.desk_ids))],
            )

    with mock.patch.object(pages, "enter", enter):
        yield


@pytest.fixture
def pooled(transactional_db: None) -> Iterator[DatabaseWrapper]:
    """The site's own pool, of one connection, in the place of the test's connection."""
    options = {**connection.settings_dict["OPTIONS"], "pool": {"min_size": 1, "max_size": 1}}
    settings = {**connection.settings_dict, "USER": "himaya_staff", "OPTIONS": options}
    before = connections["default"]
    made = DatabaseWrapper(settings, alias="default")
    connections["default"] = made
    yield made
    made.close()
    made.close_pool()
    connections["default"] = before


def left_behind(pool: DatabaseWrapper) -> tuple[int, dict[str, str]]:
    """The server's process behind the connection, and what the last request left set in it."""
    pool.close()  # as at the end of a request: back into the pool
    with pool.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (process,) = cursor.fetchone()
        found = {}
        for name in ASKED:
            cursor.execute("SELECT current_setting(%s, true)", [name])
            found[name] = cursor.fetchone()[0] or ""
    pool.close()
    return process, {name: value for name, value in found.items() if value}


def works(browser: Client) -> int:
    return browser.get("/").status_code


def is_refused(browser: Client) -> int:
    return browser.get("/reports/").status_code


def breaks(browser: Client) -> int:
    with mock.patch.object(views, "day_of", side_effect=RuntimeError):
        return browser.get("/").status_code


def fails_in_a_statement(browser: Client) -> int:
    def ask(*_asked: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 / 0")

    with mock.patch.object(views, "day_of", side_effect=ask):
        return browser.get("/").status_code


def is_cancelled(browser: Client) -> int:
    def ask(*_asked: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 20")
            cursor.execute("SELECT pg_sleep(5)")

    with mock.patch.object(views, "day_of", side_effect=ask):
        return browser.get("/").status_code


def is_rolled_back(browser: Client) -> int:
    with mock.patch.object(views, "day_of", side_effect=DatabaseError):
        return browser.get("/").status_code


HAPPENS = {
    works: 200,
    is_refused: 403,
    breaks: 500,
    fails_in_a_statement: 500,
    is_cancelled: 503,
    is_rolled_back: 500,
}


@threat("B9", off=set_for_the_whole_session)
def test_nothing_of_an_officer_stays_on_a_pooled_connection(request):
    """Settings of a transaction that ended badly are gone in any case; those of one that ended
    well are gone only because they were set for the transaction."""
    browser = seats.browser(seats.officer("case_worker", offices.desk()))
    browser.raise_request_exception = False
    pool = request.getfixturevalue("pooled")
    process, _settings = left_behind(pool)

    for happens, status in HAPPENS.items():
        assert happens(browser) == status, happens.__name__
        assert left_behind(pool) == (process, {}), happens.__name__
        assert works(browser) == 200
        assert left_behind(pool) == (process, {}), f"{happens.__name__}, and then a page"


def test_the_pool_is_the_one_of_the_officers_site():
    assert set(staff.environment().database("staff", pool={})["OPTIONS"]) >= {"pool"}
