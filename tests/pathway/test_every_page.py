"""Every page of case work: who may open it, in both directions, with few queries."""

from dataclasses import dataclass
from types import SimpleNamespace

import pytest
from django.urls import reverse

from himaya.agencies.models import Desk
from himaya.audit.sequencer import number_pending
from himaya.cases import urls as case_urls
from himaya.cases.models import Case
from himaya.config.env import ROOT
from himaya.consent import urls as consent_urls
from himaya.identification import urls as identification_urls
from himaya.identification.models import Screening
from himaya.justice import urls as justice_urls
from himaya.pathway import urls as pathway_urls
from himaya.recognition import urls as recognition_urls
from himaya.referrals import urls as referral_urls
from tests.factories import journey
from tests.factories.browsers import MOST_QUERIES, Browser, words_of
from tests.factories.offices import agency, desk
from tests.factories.people import People, Seat, seat

OFFICERS = {
    "intake",
    "other_intake",
    "identifier",
    "other_identifier",
    "worker",
    "colleague",
    "stranger",
    "shelter",
    "other_shelter",
    "prosecutor",
    "overseer",
}


@dataclass(frozen=True)
class Page:
    """An address, who opens it, and who is told that there is nothing; everybody else may not."""

    name: str
    args: tuple[str, ...]
    opens: set[str]
    unknown_to: set[str] = frozenset()


WORKERS = {"worker", "colleague"}
# Who may be asked something by another desk, but the two that asked.
ANSWERERS = {
    *("stranger", "shelter", "other_shelter", "prosecutor", "intake", "other_intake"),
    *("identifier", "other_identifier"),
}
PAGES = [
    Page("identification:index", (), {"identifier", "other_identifier"}),
    Page("identification:prepare", ("waiting",), {"identifier"}, {"other_identifier"}),
    Page("cases:index", (), WORKERS | {"stranger", "identifier", "other_identifier"}),
    Page("cases:search", (), WORKERS | {"stranger", "identifier", "other_identifier"}),
    Page("cases:open", ("report",), {"intake"}, {"other_intake"}),
    Page("cases:describe", ("case",), WORKERS, {"stranger"}),
    Page("cases:note", ("case",), WORKERS, {"stranger"}),
    Page("cases:add_document", ("case",), WORKERS, {"stranger"}),
    Page("cases:status", ("case",), {"identifier"}, {"other_identifier"}),
    Page("cases:status", ("fresh",), {"identifier"}, {"other_identifier"}),
    Page("cases:solution", ("case",), WORKERS, {"stranger"}),
    Page("cases:rights", ("case",), WORKERS | {"identifier"}, {"stranger", "other_identifier"}),
    Page("recognition:identity", ("case",), WORKERS, {"stranger"}),
    Page("cases:family", ("case",), WORKERS, {"stranger"}),
    Page(
        "cases:screen_again",
        ("case",),
        WORKERS | {"identifier"},
        {"stranger", "other_identifier"},
    ),
    Page("cases:again", ("case",), WORKERS, {"stranger"}),
    Page("consent:ask", ("case",), WORKERS, {"stranger"}),
    Page("referrals:index", (), ANSWERERS | {"worker", "colleague"}),
    Page("referrals:requests", (), WORKERS | {"stranger"}),
    Page("referrals:draft", ("case",), WORKERS, {"stranger"}),
    Page(
        "referrals:show",
        ("draft",),
        WORKERS,
        ANSWERERS,
    ),
    Page(
        "referrals:show",
        ("served",),
        WORKERS | {"shelter"},
        ANSWERERS - {"shelter"},
    ),
    Page(
        "referrals:show",
        ("taken_up",),
        WORKERS | {"prosecutor"},
        ANSWERERS - {"prosecutor"},
    ),
    Page("justice:lawsuit", ("taken_up",), {"prosecutor"}),
    Page("pathway:case", ("case",), WORKERS | {"identifier"}, {"stranger", "other_identifier"}),
    Page("pathway:case", ("fresh",), WORKERS | {"identifier"}, {"stranger", "other_identifier"}),
    Page("pathway:journey", ("case",), WORKERS | {"identifier"}, {"stranger", "other_identifier"}),
    Page("pathway:close", ("case",), WORKERS, {"stranger"}),
    Page("pathway:reopen", ("case",), WORKERS, {"stranger"}),
    Page("pathway:several", (), WORKERS | {"stranger"}),
    Page("pathway:looked", (), {"overseer"}),
    Page("pathway:subject", ("case",), {"overseer"}),
]
PRESSED = {
    "cases:read",
    "cases:end_link",
    "cases:fetch",
    *(f"consent:{verb}" for verb in ("grant", "override", "refuse", "tell", "withdraw")),
    *(f"consent:{paper}" for paper in ("keep_signed_copy", "paper", "signed_copy")),
    "pathway:decide_closure",
    "pathway:undo_merge",
    *(f"recognition:{verb}" for verb in ("ask", "answer", "take_back")),
    *(f"referrals:{verb}" for verb in ("fetch", "preview", "read", "send", "summary", "withdraw")),
    *(f"referrals:{verb}" for verb in ("acknowledge", "accept", "decline", "complete")),
    *(f"referrals:{verb}" for verb in ("begin", "release", "seen")),
    *(f"referrals:{verb}_request" for verb in ("grant", "refuse", "take_back")),
}
ELSEWHERE = {  # pages about things that this scenery has not, and where they are looked at
    "identification:paper": "tests/identification/test_pages.py",
    "identification:ask": "tests/identification/test_pages.py",
    "identification:interview": "tests/identification/test_pages.py",
    "identification:result": "tests/identification/test_pages.py",
    "identification:stop": "tests/identification/test_pages.py",
    "identification:weigh": "tests/identification/test_pages.py",
    "consent:ask_override": "tests/consent/test_pages.py",
    "consent:asked_of_two": "tests/consent/test_pages.py",
    "consent:renew": "tests/consent/test_pages.py",
    "consent:show": "tests/consent/test_pages.py",
    **dict.fromkeys(
        [f"pathway:{act}{by}" for act in ("decide", "make", "weighed") for by in ("", "_referred")],
        "tests/decisions/test_pages.py",
    ),
    "pathway:inquiry_add": "tests/inquiries/test_inquiries.py",
    "pathway:merge": "tests/pathway/test_person_pages.py",
    "pathway:referred": "tests/pathway/test_steps.py",
    "pathway:referred_step": "tests/pathway/test_steps.py",
    "pathway:step": "tests/pathway/test_steps.py",
    "recognition:seen": "tests/recognition/test_matches.py",
    "referrals:ask_instead": "tests/referrals/test_pages.py",
    "referrals:paper": "tests/referrals/test_paper.py",
    "referrals:reply": "tests/referrals/test_paper.py",
    "referrals:request": "tests/referrals/test_requests.py",
}
IDS = [f"{page.name} {' '.join(page.args)}" for page in PAGES]


pytestmark = [pytest.mark.usefixtures("db"), pytest.mark.slow]


@pytest.fixture(scope="module")
def scenery(scene: People) -> SimpleNamespace:
    """A case that has been through everything, one just opened, and a report without a case."""
    served = journey.in_shelter(scene)
    case = Case.objects.get(pk=served.case_id)
    journey.described(scene, case)
    taken_up = journey.sent(scene, journey.drafted(scene, case))
    journey.acknowledged(scene.prosecutor, taken_up)
    journey.accepted(scene.prosecutor, taken_up, ())
    fresh = journey.opened(scene)
    while number_pending():
        pass
    return SimpleNamespace(
        case=case,
        fresh=fresh,
        waiting=Screening.objects.get(subject_id=fresh.pk),
        report=journey.reported(scene),
        served=served,
        taken_up=taken_up,
        draft=journey.drafted(scene, fresh),
    )


@pytest.fixture(scope="module")
def officers(scene: People) -> dict[str, Seat]:
    """Everybody, and one more of the roles whose strangers are told apart."""
    further = {
        "other_intake": ("intake_officer", Desk.Kind.INTAKE),
        "other_identifier": ("identification_officer", Desk.Kind.IDENTIFICATION),
    }
    found = {name: getattr(scene, name) for name in OFFICERS - further.keys()}
    for name, (role, kind) in further.items():
        found[name] = seat(role, desk(kind, of=agency("moh")))
    return found


def address(page: Page, scenery: SimpleNamespace) -> str:
    """Where the page is."""
    known = vars(scenery)
    return reverse(page.name, args=[known[arg].pk if arg in known else arg for arg in page.args])


@pytest.mark.parametrize("page", PAGES, ids=IDS)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_whoever_works_with_it_opens_the_page_in_both_directions(scenery, officers, page, language):
    direction = {"en": "ltr", "ar": "rtl"}[language]
    for who in sorted(page.opens):
        browser = Browser(officers[who], language=language)
        response = browser.get(address(page, scenery))

        assert (who, response.status_code) == (who, 200)
        assert f'lang="{language}" dir="{direction}"' in response.content.decode()
        assert len(browser.queries) <= MOST_QUERIES, "\n".join(browser.queries)


@pytest.mark.parametrize("page", PAGES, ids=IDS)
def test_nobody_else_opens_the_page_or_learns_of_it(scenery, officers, page):
    for who in sorted(OFFICERS - page.opens):
        response = Browser(officers[who]).get(address(page, scenery))

        expected = 404 if who in page.unknown_to else 403
        assert (who, response.status_code) == (who, expected)
        assert scenery.case.pseudonym not in words_of(response)


def test_a_thing_that_does_not_exist_answers_as_one_that_is_not_yours(officers):
    nothing = "00000000-0000-4000-8000-000000000000"
    for name in ("cases:describe", "pathway:case", "pathway:close", "consent:ask"):
        assert Browser(officers["worker"]).get(reverse(name, args=[nothing])).status_code == 404
    assert (
        Browser(officers["shelter"]).get(reverse("referrals:show", args=[nothing])).status_code
        == 404
    )


def test_without_signing_in_every_page_asks_for_it_first(client, scenery):
    for page in PAGES:
        response = client.get(address(page, scenery))
        assert (page.name, response.status_code) == (page.name, 302)
        assert response["Location"].startswith("/login")


def test_every_address_stands_in_one_of_the_tables():
    concepts = [case_urls, consent_urls, identification_urls, justice_urls, pathway_urls]
    names = {
        f"{urls.app_name}:{each.name}"
        for urls in [*concepts, recognition_urls, referral_urls]
        for each in urls.urlpatterns
    }

    assert names == {page.name for page in PAGES} | PRESSED | ELSEWHERE.keys()
    assert all((ROOT / test).exists() for test in ELSEWHERE.values())
