"""The pages of retention: what is held, falls due and was destroyed, and how to ask for it."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from himaya.accounts import two_person
from himaya.accounts.models import TwoPersonAct
from himaya.cases.models import Case
from himaya.retention.models import Erasure, Hold, Review
from himaya.retention.operations.foresee import foresee
from himaya.retention.operations.shred import erase_ordered
from tests.factories import endings, holding
from tests.factories.browsers import MOST_QUERIES, words_of
from tests.factories.browsers import Browser as AnyBrowser
from tests.factories.endings import RETENTION, closed, filed, round_of
from tests.factories.moments import NOON
from tests.factories.roles import as_role
from tests.factories.signed import make_fresh

pytestmark = pytest.mark.slow
YEARS = NOON + timedelta(days=365 * 6)


class Browser(AnyBrowser):
    """A browser of an officer who has just given their second factor."""

    def __init__(self, seat):
        super().__init__(seat)
        make_fresh(self._client)


@pytest.fixture
def file(people) -> Case:
    """A closed case with a file."""
    return closed(filed(people))


def foreseen(at):
    with as_role("worker"):
        foresee(actor=RETENTION, at=at)


def test_the_overview_shows_counts_and_numbers_and_no_name(people, file):
    round_of(NOON + timedelta(days=500))
    foreseen(YEARS)
    holding.held(people, file.pseudonym)
    browser = Browser(people.overseer)

    page = browser.get("/retention/")

    said = words_of(page)
    assert page.status_code == 200
    assert "Needs, health, counselling, shelter and tasks" in said  # destroyed
    assert "Name, documents, legal matters and what the person allowed" in said  # to be looked at
    assert file.pseudonym in said  # held
    assert endings.SECRET not in page.content.decode()
    assert holding.ORDER not in page.content.decode()
    assert len(browser.queries) <= MOST_QUERIES


@pytest.mark.parametrize("path", ["/retention/", "/retention/holds/new"])
def test_only_the_keeper_of_holds_sees_them(people, path):
    for seat in (people.worker, people.intake, people.prosecutor, people.stranger):
        assert Browser(seat).get(path).status_code == 403
    assert Browser(people.overseer).get(path).status_code == 200


def test_a_hold_is_placed_read_confirmed_and_ended_by_two(people, file):
    keeper = Browser(people.overseer)
    typed = {"number": file.pseudonym, "reason": "court_order", "words": holding.ORDER}

    assert keeper.post("/retention/holds/new", typed).status_code == 302
    hold = Hold.objects.get()
    path = f"/retention/holds/{hold.pk}/"
    assert holding.ORDER not in words_of(keeper.get(path))
    assert holding.ORDER in words_of(keeper.post(f"{path}order"))
    assert keeper.post(f"{path}confirm").status_code == 302
    assert keeper.post(f"{path}ask", {"reason": "time_over"}).status_code == 302
    assert "has not decided yet" in words_of(keeper.get(path))
    assert keeper.post(f"{path}end").status_code != 302
    request = TwoPersonAct.objects.get()
    with people.prosecutor.works():
        two_person.approve(actor=people.prosecutor.actor, request_id=request.pk, at=NOW())
    assert keeper.post(f"{path}end").status_code == 302
    hold.refresh_from_db()
    assert hold.lifted_at is not None


def NOW():  # noqa: N802 - a moment that the pages' own clock gives
    return TwoPersonAct.objects.get().asked_at


@pytest.mark.parametrize("path", ["/retention/holds/new", "/retention/erase/case/{}/"])
def test_dangerous_pages_ask_for_the_second_factor_again(people, file, path):
    for seat in (people.overseer, people.worker):
        answer = AnyBrowser(seat).get(path.format(file.pk))
        assert answer.status_code == 403


def test_who_is_asked_to_let_a_hold_end_sees_what_it_is_about_and_no_order(people, file):
    hold = holding.held(people, file.pseudonym)
    path = f"/retention/holds/{hold.pk}/"
    assert Browser(people.prosecutor).get(path).status_code == 404
    Browser(people.overseer).post(f"{path}ask", {"reason": "time_over"})

    page = Browser(people.prosecutor).get(path)

    assert file.pseudonym in words_of(page)
    assert "Reference of the order" not in words_of(page)
    assert Browser(people.prosecutor).post(f"{path}order").status_code == 403
    assert Browser(people.worker).get(path).status_code == 403


def test_a_wrong_number_keeps_what_was_typed(people):
    typed = {"number": "XX-0000", "reason": "claim", "words": "a long reference"}

    page = Browser(people.overseer).post("/retention/holds/new", typed)

    assert page.status_code == 422
    assert "a long reference" in page.content.decode()


def test_a_hold_that_does_not_exist_is_not_found(people):
    for way in ("", "order", "confirm", "ask", "end"):
        path = f"/retention/holds/{uuid4()}/{way}"
        answer = Browser(people.overseer).post(path) if way else Browser(people.overseer).get(path)
        assert answer.status_code == 404


@pytest.mark.parametrize(("decision", "left"), [("keep", True), ("let_go", False)])
def test_what_waits_for_a_look_is_kept_on_or_let_go(people, file, decision, left):
    round_of(YEARS)
    foreseen(YEARS)
    keeper = Browser(people.overseer)
    assert "Look at what would be destroyed" in words_of(keeper.get("/"))

    answer = keeper.post("/retention/review", {"what": f"{file.pk}/identity", "decision": decision})

    assert answer.status_code == 302
    assert (Review.objects.get().keep_until is not None) is left
    round_of(YEARS + timedelta(days=1))
    assert ("identity" in endings.kinds_left(file.pk)) is left


@pytest.mark.parametrize("what", ["", "x", f"{UUID(int=1)}/identity"])
def test_nothing_else_is_let_go(people, what):
    answer = Browser(people.overseer).post(
        "/retention/review", {"what": what, "decision": "let_go"}
    )

    assert answer.status_code == 404
    assert not Review.objects.exists()


def test_a_person_asks_two_agree_and_the_page_says_when_it_is_gone(people, file):
    worker, path = Browser(people.worker), f"/retention/erase/case/{file.pk}/"
    assert "Destroy what the person told" in words_of(worker.get(f"/cases/{file.pk}/"))

    assert worker.post(path, {"reason": "person_asked", "told": "on"}).status_code == 302
    assert "has not decided yet" in words_of(worker.get(path))
    request = TwoPersonAct.objects.get()
    with people.overseer.works():
        two_person.approve(actor=people.overseer.actor, request_id=request.pk, at=NOW())
    assert "Destroy what a person told, as they asked" in words_of(worker.get("/"))
    assert worker.post(path, {"do": "order"}).status_code == 302
    assert "It is being destroyed" in words_of(worker.get(path))
    with as_role("worker"):
        erase_ordered(actor=RETENTION, at=Erasure.objects.get().ordered_at)
    said = words_of(worker.get(path))
    assert "Gone here now. It is gone from backups on" in said
    assert "At the person's request" in words_of(Browser(people.overseer).get("/retention/"))


def test_the_page_says_what_it_waits_for(people, file):
    endings.before_court(file)
    holding.held(people, file.pseudonym)
    worker = Browser(people.worker)

    said = words_of(worker.get(f"/retention/erase/case/{file.pk}/"))

    assert "The prosecution or a court still has it" in said
    assert "A legal hold stands" in said
    refused = worker.post(
        f"/retention/erase/case/{file.pk}/", {"reason": "person_asked", "told": "on"}
    )
    assert refused.status_code == 409
    assert not TwoPersonAct.objects.filter(act="retention.erase").exists()


def test_strangers_find_no_case_to_erase(people, file):
    for seat, status in ((people.stranger, 404), (people.prosecutor, 403), (people.intake, 404)):
        answer = Browser(seat).get(f"/retention/erase/case/{file.pk}/")
        assert answer.status_code == status


def test_a_report_is_erased_by_the_desk_that_has_it(people, file):
    path = f"/retention/erase/report/{file.report_id}/"

    assert Browser(people.intake).get(path).status_code == 200
    assert Browser(people.worker).get(path).status_code == 404


def test_a_case_of_which_everything_is_gone_still_has_its_page(people, file):
    holding.erasure_ordered(people, file)
    with as_role("worker"):
        erase_ordered(actor=RETENTION, at=NOON)

    for seat, path in (
        (people.worker, f"/cases/{file.pk}/"),
        (people.intake, f"/reports/{file.report_id}/"),
    ):
        page = Browser(seat).get(path)
        assert page.status_code == 200
        assert endings.SECRET not in page.content.decode()
