"""The frame of the officers' pages: language, navigation, deadlines, My day."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from himaya.accounts.queries import actor_of
from himaya.accounts.roles import ROLES
from himaya.config.env import environment
from himaya.web.context import page
from himaya.web.staff.day.lines import Task, in_order
from himaya.web.staff.presenters import links
from himaya.web.templatetags.frame import deadline
from tests.factories.moments import NOON
from tests.factories.officers import make_officer, signed_in

pytestmark = pytest.mark.django_db


def words_of(response) -> str:
    return response.content.decode()


@pytest.mark.parametrize(
    ("language", "opening"),
    [("en", '<html lang="en" dir="ltr">'), ("ar", '<html lang="ar" dir="rtl">')],
)
def test_an_officer_reads_in_the_language_they_chose_before_and_after_signing_in(language, opening):
    client = Client()

    done = client.post("/language", {"language": language, "next": "/login?next=/cases/"})

    assert done.headers["Location"] == "/login?next=/cases/"
    assert opening in words_of(client.get("/login"))
    client.force_login(make_officer())
    assert opening in words_of(client.get("/"))
    client.post("/logout")
    assert opening in words_of(client.get("/login"))


def test_a_language_that_the_site_does_not_speak_changes_nothing():
    client = Client()

    client.post("/language", {"language": "xx"})

    assert '<html lang="en"' in words_of(client.get("/login"))


def test_each_language_is_named_in_its_own_script_and_direction():
    with translation.override("en"):
        named = {one.code: (one.name, one.direction) for one in page()["page"].languages}

    assert named["ar"] == ("العربية", "rtl")
    assert named["en"] == ("English", "ltr")


@pytest.mark.parametrize(
    ("role", "places"),
    [
        (
            "intake_officer",
            [
                *("/", "/deadlines/", "/reports/", "/walk-in/", "/occasions/", "/referrals/"),
                *("/directory/", "/search/name", "/two-person/", "/keys/"),
            ],
        ),
        ("identification_officer", ["/"]),  # their certificate is not there
        (
            "case_worker",
            [
                *("/", "/deadlines/", "/occasions/", "/cases/", "/referrals/", "/directory/"),
                *("/search/name", "/two-person/", "/keys/"),
            ],
        ),
        (
            "shelter_worker",
            [
                *("/", "/deadlines/", "/occasions/", "/referrals/", "/directory/"),
                *("/two-person/", "/keys/"),
            ],
        ),
        (
            "prosecutor",
            [
                *("/", "/deadlines/", "/referrals/", "/directory/", "/inquiries/"),
                *("/two-person/", "/keys/"),
            ],
        ),
        (
            "committee_secretariat",
            ["/", "/deadlines/desks/", "/committee/", "/two-person/", "/keys/"],
        ),
        (
            "data_protection_officer",
            [
                *("/", "/deadlines/desks/", "/committee/", "/retention/", "/two-person/"),
                *("/keys/", "/ledger/", "/accountability/"),
            ],
        ),
        (
            "desk_supervisor",
            [
                *("/", "/deadlines/desks/", "/devices/", "/directory/", "/roster/", "/duty/"),
                *("/two-person/", "/keys/", "/accountability/"),
            ],
        ),
        ("personnel_officer", ["/", "/officers/", "/two-person/"]),
        ("directory_keeper", ["/", "/directory/"]),
        ("field_officer", ["/", "/devices/"]),
        ("system_administrator", ["/", "/installation"]),
    ],
)
def test_the_navigation_names_only_what_the_officer_may_open(role, places):
    officer = make_officer(role)
    actor = actor_of(officer, NOON.date())

    assert [link.href for link in links(actor, "/")] == places


@pytest.mark.parametrize("role", list(ROLES))
def test_every_place_in_the_navigation_opens(role):
    officer = make_officer(role)
    client = signed_in(officer)

    for link in links(actor_of(officer, NOON.date()), "/"):
        assert client.get(link.href).status_code == 200, link.href


def test_the_navigation_marks_where_the_officer_is():
    actor = actor_of(make_officer("case_worker"), NOON.date())

    here = [link.href for link in links(actor, "/cases/17/note") if link.here]

    assert here == ["/cases/"]


def test_the_header_names_officer_role_and_desk_and_says_that_content_is_sealed():
    officer = make_officer("case_worker")

    text = words_of(signed_in(officer).get("/"))

    for words in (officer.username, "Case worker", "First desk", "Locked: coded facts only"):
        assert words in text


def test_before_signing_in_the_header_names_nobody():
    text = words_of(Client().get("/login"))

    assert "Sign out" not in text
    assert "Locked" not in text


def test_the_frame_asks_the_database_little():
    client = signed_in(make_officer("committee_secretariat"))
    client.get("/")

    with CaptureQueriesContext(
        connection,
    ) as asked:
        client.get("/")

    real = [query for query in asked.captured_queries if "SAVEPOINT" not in query["sql"]]
    assert len(real) <= 9


def test_the_components_page_shows_both_directions_and_only_in_the_demo(monkeypatch):
    client = signed_in(make_officer())

    shown = words_of(client.get("/components"))
    monkeypatch.setattr(type(environment()), "demo", False)

    assert 'dir="ltr" class="stack"' in shown
    assert 'dir="rtl" class="stack"' in shown
    assert client.get("/components").status_code == 404


@pytest.mark.parametrize(
    ("left", "state", "words"),
    [
        ({"days": -3}, "late", "Late by 3 days"),
        ({"hours": -5}, "late", "Late by 5 hours"),
        ({"minutes": -5}, "late", "Just passed"),
        ({"minutes": 59}, "today", "Less than an hour left"),
        ({"hours": 1}, "today", "1 hour left"),
        ({"hours": 23}, "today", "23 hours left"),
        ({"days": 1}, "soon", "1 day left"),
        ({"days": 2, "hours": 23}, "soon", "2 days left"),
        ({"days": 3}, "later", "3 days left"),
    ],
)
def test_a_deadline_says_in_words_what_its_colour_and_shape_say(left, state, words):
    with translation.override("en"):
        shown = deadline(NOON + timedelta(**left), NOON)

    assert (shown["state"], shown["words"]) == (state, words)


def test_a_deadline_that_was_kept_is_not_late_afterwards():
    shown = deadline(NOON - timedelta(days=3), NOON, met=True)

    assert shown["state"] == "met"


def task(what: str, **more: object) -> Task:
    blank = {"kind": "report", "id": UUID(int=0), "who": "", "why_now": "", "href": "/"}
    return Task(**{"what": what, "since": NOON, **blank, **more})


def test_my_day_puts_deadlines_first_then_danger_then_dates_then_the_longest_wait():
    late = task("late", until=NOON - timedelta(days=1), legal=True)
    today = task("today", until=NOON + timedelta(hours=3), legal=True)
    unrated = task("unrated", until=NOON - timedelta(hours=1))
    danger = task("danger", danger="high", until=NOON + timedelta(days=9))
    milder = task("milder", danger="low", until=NOON + timedelta(days=2))
    dated = task("dated", until=NOON + timedelta(days=3))
    old = task("old", since=NOON - timedelta(days=40))
    new = task("new")

    ordered = in_order([new, old, dated, milder, unrated, danger, today, late], NOON)

    assert ordered == [late, today, danger, unrated, milder, dated, old, new]
    assert [each.place(NOON).name for each in ordered] == [
        *("BY_LAW", "BY_LAW", "DANGER", "PROMISED", "PROMISED", "PROMISED", "AGE", "AGE")
    ]


def test_my_day_without_work_says_what_to_do():
    text = words_of(signed_in(make_officer("case_worker")).get("/"))

    assert "Nothing waits for you now." in text
    assert '<a class="button" href="/cases/">' in text


def test_a_task_shows_what_for_whom_why_and_until_when():
    one = task("Answer", who="P-1", why_now="They asked.", danger="high", until=NOON)

    with translation.override("en"):
        shown = render_to_string("web/components/task.html", {"task": one, "at": NOON})

    for words in ("Answer", "P-1", "They asked.", "High danger", "Less than an hour left"):
        assert words in shown


def test_times_are_the_countrys(settings):
    with translation.override("en"):
        shown = words_of(signed_in(make_officer()).get("/components"))

    assert settings.TIME_ZONE == "UTC"
    assert "+03:00" in shown
