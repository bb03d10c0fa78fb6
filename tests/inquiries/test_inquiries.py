"""One inquiry, many victims and suspects: never loaded whole, and the firewall holds."""

import pytest
from django.db.utils import ProgrammingError
from django.urls import reverse

from himaya.inquiries.errors import InquiryClosed, NoRole, NothingChosen, NotReferred
from himaya.inquiries.models import Inquiry, Member, Part, Suspect
from himaya.inquiries.operations import leading, suspects
from himaya.inquiries.operations.leading import Referred
from himaya.inquiries.queries import counts_of
from himaya.kernel.errors import NotKnown, NotPermitted, Stale
from himaya.pathway.inquiring import add_referred
from himaya.referrals.models import Referral
from himaya.vault.models import Grant, Sealed
from tests.factories import cases
from tests.factories.browsers import Browser, words_of
from tests.factories.catalogue import ask
from tests.factories.moments import NOON
from tests.factories.people import seat

pytestmark = [pytest.mark.usefixtures("people"), pytest.mark.slow]
MOST_QUERIES = 12
Role = Part.Role


@pytest.fixture
def inquiry(people):
    """An inquiry of the prosecution, just opened."""
    with people.prosecutor.works():
        return leading.open_inquiry(
            actor=people.prosecutor.actor,
            desk_id=people.prosecutor.desk.pk,
            kind=Inquiry.Kind.TRAFFICKING,
            at=NOON,
        )


def referred(people, number):
    """So many cases that the prosecution took on."""
    made = [cases.case(people.worker.desk, people.identifier.desk) for _ in range(number)]
    for each in made:
        cases.referral(
            each, people.prosecutor.desk, state=Referral.State.ACCEPTED, duty="report_crime"
        )
    return made


def add(people, inquiry, found=(), *, persons=0, by=None, role=Member.Role.VICTIM):
    """The prosecutor adds these cases and so many persons."""
    who = by or people.prosecutor
    with who.works():
        return add_referred(
            actor=who.actor,
            inquiry_id=inquiry.pk,
            case_ids=[each.pk for each in found],
            persons=persons,
            role=role,
            at=NOON,
        )


def suspect(people, inquiry, name="", by=None):
    """The prosecutor adds a suspect."""
    who = by or people.prosecutor
    with who.works():
        return suspects.add_suspect(
            actor=who.actor,
            inquiry_id=inquiry.pk,
            sex=Suspect.Sex.MALE,
            citizenship="",
            name=name,
            at=NOON,
        )


def link(people, suspect, members, roles=(Role.RECRUITER,)):
    """The prosecutor says what the suspect did."""
    with people.prosecutor.works():
        return suspects.link(
            actor=people.prosecutor.actor,
            suspect_id=suspect.pk,
            member_ids=[each.pk for each in members],
            roles=roles,
            at=NOON,
        )


def many(people, inquiry, *, victims, suspected):
    """An inquiry of this size, put in at once; each suspect is linked to every third victim."""
    desk_cases = referred(people, 9)
    add(people, inquiry, desk_cases)
    while (missing := victims - Member.objects.filter(inquiry=inquiry).count()) > 0:
        add(people, inquiry, persons=min(missing, 500))
    rows = Suspect.objects.bulk_create(
        [Suspect(inquiry=inquiry, place=place, made_at=NOON) for place in range(1, suspected + 1)]
    )
    linked = list(Member.objects.filter(inquiry=inquiry).order_by("place")[:60:3])
    Part.objects.bulk_create(
        [
            Part(suspect=each, member=member, roles=[Role.EXPLOITER], added_at=NOON)
            for each in rows[:100]
            for member in linked
        ]
    )
    return rows


@pytest.mark.parametrize(("victims", "suspected"), [(115, 48), (500, 2000)])
def test_the_pages_ask_little_whatever_the_size(people, inquiry, victims, suspected):
    rows = many(people, inquiry, victims=victims, suspected=suspected)
    browser = Browser(people.prosecutor)
    pages = (
        reverse("inquiries:index"),
        reverse("inquiries:show", args=[inquiry.pk]),
        reverse("inquiries:suspect", args=[rows[0].pk]),
        reverse("pathway:inquiry_add", args=[inquiry.pk]),
    )

    for path in pages:
        answer = browser.get(path)
        assert answer.status_code == 200
        assert len(browser.queries) <= MOST_QUERIES, browser.queries
        assert len(answer.content) < 120_000

    counts = counts_of(inquiry)
    assert (counts.cases, counts.victims, counts.suspects) == (9, victims, suspected)


def test_the_next_page_goes_on_where_this_one_ends(people, inquiry):
    many(people, inquiry, victims=115, suspected=48)
    browser = Browser(people.prosecutor)
    where = reverse("inquiries:show", args=[inquiry.pk])

    first = browser.get(where)
    after = first.content.decode().split("list=members&amp;after=")[1].split('"')[0]
    second = words_of(browser.get(f"{where}?list=members&after={after}"))

    assert "51 · no case yet" in second
    assert "50 · no case yet" not in second


def test_many_cases_come_in_at_once_and_none_twice(people, inquiry):
    found = referred(people, 3)

    add(people, inquiry, found[:2])
    add(people, inquiry, found, persons=2)

    members = Member.objects.filter(inquiry=inquiry).order_by("place")
    assert [each.place for each in members] == [1, 2, 3, 4, 5]
    assert {each.case_id for each in members} == {*(each.pk for each in found), None}


def test_only_what_was_referred_and_taken_on_comes_in(people, inquiry):
    (waiting,) = [cases.case(people.worker.desk, people.identifier.desk)]
    cases.referral(waiting, people.prosecutor.desk, duty="report_crime")

    with pytest.raises(NotReferred):
        add(people, inquiry, [waiting])
    with pytest.raises(ProgrammingError, match="row-level security"), people.prosecutor.works():
        leading.add_members(
            actor=people.prosecutor.actor,
            inquiry_id=inquiry.pk,
            cases=[Referred(waiting.pk, waiting.pseudonym)],
            persons=0,
            role=Member.Role.VICTIM,
            at=NOON,
        )


def test_the_cases_of_one_suspect_are_found(people, inquiry):
    found = referred(people, 4)
    members = add(people, inquiry, found)
    made = suspect(people, inquiry)

    link(people, made, members[:3], [Role.RECRUITER, Role.TRANSPORTER])
    link(people, made, members[:1], [Role.SOLD])

    page = Browser(people.prosecutor).get(reverse("inquiries:suspect", args=[made.pk]))
    shown = words_of(page)
    assert [each.pseudonym in shown for each in found] == [True, True, True, False]
    assert "Sold the person" in shown
    assert Part.objects.filter(suspect=made, ended_at=None).count() == 3
    assert Part.objects.filter(suspect=made).count() == 4


def test_links_are_made_by_numbers_and_ranges(people, inquiry):
    add(people, inquiry, persons=9)
    made = suspect(people, inquiry)
    where = reverse("inquiries:link", args=[made.pk])

    answer = Browser(people.prosecutor).post(where, {"roles": ["Smuggler"], "places": "1, 4-6"})

    assert answer.status_code == 302
    places = Part.objects.filter(suspect=made).values_list("member__place", flat=True)
    assert sorted(places) == [1, 4, 5, 6]
    refused = Browser(people.prosecutor).post(where, {"roles": ["Smuggler"], "places": "CANARY"})
    assert (refused.status_code, "CANARY" in refused.content.decode()) == (422, True)


def test_a_name_is_sealed_to_the_desk_alone_and_opening_it_is_recorded(people, inquiry):
    made = suspect(people, inquiry, name="CANARY Sponsor")

    assert not any(b"CANARY" in bytes(each.content) for each in Sealed.objects.all())
    grants = Grant.objects.filter(compartment=made.name_id).values_list("desk", flat=True)
    assert list(grants) == [people.prosecutor.desk.pk]
    where = reverse("inquiries:name", args=[made.pk])
    assert "CANARY Sponsor" in words_of(Browser(people.prosecutor).post(where))
    colleague = seat("prosecutor", people.worker.desk)
    assert Browser(colleague).post(where).status_code == 404


def test_a_stranger_finds_no_inquiry_and_the_case_desk_no_suspect(people, inquiry):
    (found,) = referred(people, 1)
    add(people, inquiry, [found], persons=3)
    made = suspect(people, inquiry)
    elsewhere = seat("prosecutor", people.stranger.desk)

    for path in (
        reverse("inquiries:show", args=[inquiry.pk]),
        reverse("inquiries:suspect", args=[made.pk]),
        reverse("pathway:inquiry_add", args=[inquiry.pk]),
    ):
        assert Browser(elsewhere).get(path).status_code == 404
        assert Browser(people.worker).get(path).status_code == 403
    with people.worker.works():
        assert ask("SELECT case_id FROM inquiries_member") == [(found.pk,)]
        for table in ("inquiry", "suspect", "part"):
            assert ask(f"SELECT count(*) FROM inquiries_{table}") == [(0,)]
    with people.prosecutor.works():
        assert ask("SELECT count(*) FROM cases_case") == [(0,)]
    page = words_of(Browser(people.worker).get(reverse("pathway:case", args=[found.pk])))
    assert "part of an inquiry of the prosecution" in page
    assert inquiry.number not in page


def test_nothing_is_added_to_an_inquiry_that_has_ended(people, inquiry):
    with people.prosecutor.works():
        leading.close_inquiry(actor=people.prosecutor.actor, inquiry_id=inquiry.pk, at=NOON)

    with pytest.raises(InquiryClosed):
        add(people, inquiry, persons=1)
    with pytest.raises(InquiryClosed):
        suspect(people, inquiry)


def test_who_may_not_lead_opens_none(people, inquiry):
    with pytest.raises(NotPermitted), people.worker.works():
        leading.open_inquiry(
            actor=people.worker.actor,
            desk_id=people.worker.desk.pk,
            kind=Inquiry.Kind.BOTH,
            at=NOON,
        )
    with pytest.raises(NotKnown):
        add(people, inquiry, persons=1, by=seat("prosecutor", people.stranger.desk))


def test_empty_and_stale_forms_are_refused(people, inquiry):
    members = add(people, inquiry, persons=1)
    made = suspect(people, inquiry)

    with pytest.raises(NothingChosen):
        add(people, inquiry)
    with pytest.raises(NoRole):
        link(people, made, members, [])
    with pytest.raises(Stale), people.prosecutor.works():
        suspects.describe_suspect(
            actor=people.prosecutor.actor,
            suspect_id=made.pk,
            version=9,
            sex=Suspect.Sex.MALE,
            citizenship="IND",
            standing=Suspect.Standing.HEARD,
            at=NOON,
        )


def test_those_chosen_are_marked_as_heard_and_taken_out_again(people, inquiry):
    members = add(people, inquiry, persons=3)
    browser, where = Browser(people.prosecutor), reverse("inquiries:hear", args=[inquiry.pk])

    browser.post(where, {"member": [str(each.pk) for each in members[:2]] + ["no id"]})
    browser.post(reverse("inquiries:remove", args=[inquiry.pk, members[2].pk]))

    counts = counts_of(inquiry)
    assert (counts.heard, counts.victims) == (2, 2)
