"""Among twenty thousand cases every first page asks little, and never looks at a whole table."""

import json
import re
from collections.abc import Iterator

import pytest
from django.db import connection

from himaya.cases.models import Case
from tests.factories.browsers import Browser, words_of
from tests.factories.people import People
from tests.factories.roles import as_officer
from tests.factories.volume import ANALYZED, Volume, fill

pytestmark = pytest.mark.slow

MOST = 12  # questions a page
TABLES = {model._meta.db_table for model in ANALYZED} - {"cases_closure", "reporting_message"}
FIRST_PAGES = [
    ("worker", "/"),
    ("intake", "/"),
    ("identifier", "/"),
    ("shelter", "/"),
    ("worker", "/cases/"),
    ("worker", "/cases/?list=closed"),
    ("worker", "/cases/?list=mine"),
    ("worker", "/cases/search?place=jahra"),
    ("worker", "/cases/search?exploitation=organ_removal&state=closed"),
    ("worker", "/cases/search?status=none&since=2020-01-01"),
    ("worker", "/cases/search?pseudonym=KA"),
    ("shelter", "/referrals/"),
    ("shelter", "/referrals/?list=serving"),
    ("shelter", "/referrals/?list=ended"),
    ("worker", "/referrals/?list=sent"),
    ("worker", "/referrals/?list=silent"),
    ("intake", "/reports/"),
]


@pytest.fixture(scope="module")
def country(scene: People) -> People:
    """Many cases; one in ten is of the officers' desks."""
    fill(scene, Volume(20_000))
    return scene


def nodes(plan: dict[str, object]) -> Iterator[dict[str, object]]:
    """A plan's nodes, however deep."""
    yield plan
    for part in plan.get("Plans", []):
        yield from nodes(part)


def read_whole(browser: Browser, actor: object) -> set[str]:
    """Tables of many rows that a question of the last page would read from end to end."""
    found = set()
    for asked in browser.queries:
        if asked.startswith("SELECT") and "set_config" not in asked:
            with as_officer(actor), connection.cursor() as cursor:
                cursor.execute("EXPLAIN (FORMAT JSON) " + asked)
                (answer,) = cursor.fetchone()
            plan = answer if isinstance(answer, list) else json.loads(answer)
            for node in nodes(plan[0]["Plan"]):
                if node["Node Type"] == "Seq Scan" and node["Relation Name"] in TABLES:
                    found.add(node["Relation Name"])
    return found


@pytest.mark.parametrize(("who", "page"), FIRST_PAGES, ids=str)
def test_a_first_page_asks_little_and_reads_no_table_whole(country, people, who, page):
    seat = getattr(country, who)
    browser = Browser(seat)

    response = browser.get(page)

    assert response.status_code == 200
    assert len(browser.queries) <= MOST, "\n".join(browser.queries)
    assert read_whole(browser, seat.actor) == set()


def test_the_page_of_a_case_asks_little_and_reads_no_table_whole(country, people):
    case = Case.objects.filter(desk=country.worker.desk, state="open").order_by("pk").first()
    browser = Browser(country.worker)

    assert browser.get(f"/cases/{case.pk}/").status_code == 200
    assert len(browser.queries) <= MOST, "\n".join(browser.queries)
    assert read_whole(browser, country.worker.actor) == set()


def test_a_list_goes_on_and_back_by_links(country, people):
    browser = Browser(country.worker)

    def rows(address: str) -> tuple[list[str], list[str]]:
        """The pseudonyms that a page lists, and where its neighbours are."""
        page = browser.get(address).content.decode()
        names = re.findall(r'class="row-link"[^>]*><bdi>([^<]+)', page)
        return names, re.findall(r'href="(\?list=open&amp;after=[^"]+)"', page)

    first, ways = rows("/cases/?list=open")
    second, both = rows("/cases/" + ways[0].replace("&amp;", "&"))
    again, _ways = rows("/cases/" + both[0].replace("&amp;", "&"))

    assert len(first) == 50
    assert not set(first) & set(second)
    assert again == first


def test_what_is_many_is_told_as_about(country, people):
    words = words_of(Browser(country.worker).get("/cases/?list=closed"))

    about = re.search(r"About ([0-9,]+) cases", words)
    assert about is not None
    assert 1_500 <= int(about[1].replace(",", "")) <= 1_900  # 1,700 are closed


def test_a_rare_thing_is_found_although_no_index_knows_it(country, people):
    mine = Case.objects.filter(
        desk=country.worker.desk, exploitation=["organ_removal"], state="closed"
    )
    page = Browser(country.worker).get("/cases/search?exploitation=organ_removal&state=closed")

    assert mine.exists()
    for case in mine:
        assert case.pseudonym in words_of(page)
