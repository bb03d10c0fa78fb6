"""Searching by name: a desk to ask or nothing, a reason that oversight reads, a limit, an alarm."""

from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from unittest import mock

import pytest
from django.db import transaction
from django.db.utils import ProgrammingError
from django.urls import reverse

from himaya.accountability.errors import TooManySearches
from himaya.accountability.models import Alarm, NameSearch
from himaya.accountability.operations import searching
from himaya.accounts.roles import ROLES
from himaya.audit.models import Pending
from himaya.cases.models import Case
from himaya.cases.operations import file
from himaya.cases.operations.identity import identify
from himaya.kernel.access import Permission
from himaya.kernel.errors import NotPermitted
from himaya.vault.models import BlindToken, Compartment, Sealed
from himaya.vault.tokens import Domain, Said, keep, token_of
from tests.factories import cases
from tests.factories.browsers import Browser, words_of
from tests.factories.catalogue import ask, refused
from tests.factories.moments import NOON
from tests.factories.openings import watched
from tests.factories.people import seat
from tests.factories.roles import as_officer, as_role
from tests.factories.threats import threat

pytestmark = [pytest.mark.usefixtures("db"), pytest.mark.slow]
NAME = Said(Domain.NAME, "Maria CANARY Santos")
UNKNOWN = "Nobody WASEVER Here"  # as many letters
WHY = "She stands before me and says that she was helped here before."


def known(people, *, by=None, said=(NAME,), case=None):
    """A case in which these things about the person were written down."""
    who = by or people.worker
    made = case or cases.case(who.desk, people.identifier.desk)
    with who.works():
        identify(actor=who.actor, case_id=made.pk, said=said, at=NOON)
    return made


def searched(who, said=NAME, *, at=NOON):
    """What this officer is told."""
    with who.works():
        return searching.search(
            actor=who.actor,
            said=said,
            reason=NameSearch.Reason.HERE_NOW,
            words=WHY,
            at=at,
        ).possible


def test_a_desk_that_knows_the_person_is_named_and_nothing_else(people):
    known(people)

    found = searched(people.stranger, Said(Domain.NAME, "santos, MARIA canary"))

    assert (found.desk_id, found.case_id) == (people.worker.desk.pk, None)


def test_the_own_desks_match_leads_to_the_case_also_where_others_know_the_person(people):
    known(people, by=people.stranger)
    own = known(people)

    assert searched(people.worker).case_id == own.pk
    assert searched(people.stranger).desk_id == people.stranger.desk.pk


@pytest.mark.parametrize(
    "said",
    [
        Said(Domain.NAME, "Maria Santos"),
        Said(Domain.DOCUMENT, "Maria CANARY Santos"),
        Said(Domain.PHONE, "12345678"),
        Said(Domain.NAME, "M"),
    ],
    ids=["another name", "another purpose", "never said", "too little"],
)
def test_nothing_is_said_of_what_is_not_known(people, said):
    known(people)

    assert searched(people.stranger, said) is None


def test_two_who_bear_the_name_are_answered_as_one(people):
    known(people)
    once = searched(people.identifier)
    known(people)
    known(people)

    assert searched(people.stranger).desk_id == once.desk_id


def test_an_agency_that_the_case_is_kept_from_is_told_nothing(people):
    agency = people.stranger.desk.agency.code
    known(people, case=cases.case(people.worker.desk, kept_from=[agency]))

    assert searched(people.stranger) is None
    assert searched(people.worker) is not None


def test_a_merged_case_answers_with_the_one_that_took_it_over(people):
    kept = cases.case(people.worker.desk)
    absorbed = known(people)
    Case.objects.filter(pk=absorbed.pk).update(merged_into=kept)

    assert searched(people.worker).case_id == kept.pk


def test_documents_and_telephones_are_found_as_they_are_said(people):
    known(people, said=[Said(Domain.DOCUMENT, "P 123-4567"), Said(Domain.PHONE, "+965 5012 3456")])

    assert searched(people.stranger, Said(Domain.DOCUMENT, "p1234567"))
    assert searched(people.stranger, Said(Domain.PHONE, "٥٠١٢٣٤٥٦"))


def test_an_identity_without_tokens_has_them_once_it_was_opened(people):
    made = known(people)
    BlindToken.objects.all().delete()
    assert searched(people.stranger) is None

    part = Compartment.objects.get(subject_id=made.pk, kind=Compartment.Kind.IDENTITY)
    with people.worker.works():
        file.read(
            actor=people.worker.actor,
            keyring=people.worker.keyring,
            case_id=made.pk,
            compartment_id=part.pk,
            purpose="casework",
            at=NOON,
            reason="own_work",
        )

    assert searched(people.stranger).desk_id == people.worker.desk.pk
    assert BlindToken.objects.filter(token=token_of(NAME)).count() == 1


def test_what_was_shredded_is_found_no_more(people):
    made = known(people)
    Compartment.objects.filter(subject_id=made.pk).update(shredded_at=NOON)

    assert searched(people.stranger) is None
    assert not BlindToken.objects.exists()


def test_nobody_keeps_tokens_for_what_their_desk_does_not_hold(people):
    made = known(people)
    part = Compartment.objects.get(subject_id=made.pk, kind=Compartment.Kind.IDENTITY)

    with people.stranger.works():
        assert keep(compartment_id=part.pk, said=[Said(Domain.NAME, "Somebody Else")]) == 0


def test_the_reason_is_sealed_and_data_protection_reads_it(people):
    searched(people.worker)
    search = NameSearch.objects.get()

    assert not any(b"helped here" in bytes(each.content) for each in Sealed.objects.all())
    with people.overseer.works():
        words = searching.read_why(
            actor=people.overseer.actor,
            keyring=people.overseer.keyring,
            search_id=search.pk,
            at=NOON,
        )
    assert words == WHY
    entry = Pending.objects.get(act="person.searched")
    assert entry.facts == '{"by":"name","reason":"here_now"}'
    assert "CANARY" not in f"{entry.facts} {entry.rows}"


@pytest.mark.parametrize("role", ["shelter", "prosecutor", "overseer"])
def test_roles_that_need_no_search_have_none(people, role):
    who = getattr(people, role)

    with pytest.raises(NotPermitted):
        searched(who)
    with as_officer(who.actor), pytest.raises(ProgrammingError), transaction.atomic():
        ask("SELECT * FROM cases_called('name', 'x')")


def test_the_limit_of_an_hour_holds_in_the_database(people):
    with as_officer(people.worker.actor):
        ask("SELECT cases_called('name', 'x') FROM generate_series(1, 60)")

    with pytest.raises(TooManySearches):
        searched(people.worker)
    assert searched(people.colleague) is None
    assert NameSearch.objects.count() == 1


def test_many_searches_within_an_hour_raise_one_alarm(people):
    for minute in range(12):
        searched(people.worker, at=NOON + timedelta(minutes=minute))
    searched(people.stranger)
    watched()

    alarm = Alarm.objects.get()
    assert (alarm.kind, alarm.officer_id, alarm.openings) == (
        "asking",
        people.worker.officer.pk,
        10,
    )


def page(who, said="Maria CANARY Santos", **changes):
    """The search page, sent by this officer."""
    typed = {"domain": "name", "said": said, "reason": "here_now", "words": WHY} | changes
    return Browser(who).post(reverse("accountability:search"), typed)


def test_the_page_says_whom_to_ask_and_never_repeats_the_name(people):
    known(people)

    answer = page(people.stranger)

    assert answer.status_code == 200
    assert people.worker.desk.label_en in words_of(answer)
    assert "1 possible match" in words_of(answer)
    assert Case.objects.get().pseudonym not in words_of(answer)
    assert "CANARY" not in answer.content.decode()


def test_the_own_desk_is_led_to_its_case(people):
    made = known(people)

    assert reverse("pathway:case", args=[made.pk]) in page(people.worker).content.decode()


def test_a_reason_is_needed_and_what_was_typed_survives(people):
    answer = page(people.worker, words="short")

    assert answer.status_code == 422
    assert "CANARY" in answer.content.decode()
    assert not NameSearch.objects.exists()


@contextmanager
def everybody_may_search():
    """Every role has the permission."""
    roles = {
        code: replace(role, permissions=role.permissions | {Permission.PERSON_SEARCH})
        for code, role in ROLES.items()
    }
    with mock.patch.dict(ROLES, roles):
        yield


@threat("I4", off=everybody_may_search)
def test_a_stranger_is_answered_alike_whether_a_case_exists_or_not(people):
    """For a known and an unknown name, who may not search reads the same, as long as the other."""
    known(people)
    strangers = [people.shelter, people.prosecutor, seat("prosecutor", people.stranger.desk)]

    for who in strangers:
        answers = {said: page(who, said) for said in (NAME.text, UNKNOWN)}
        one, other = (words_of(page).replace(said, "") for said, page in answers.items())
        assert one == other
        assert len({(each.status_code, len(each.content)) for each in answers.values()}) == 1


@contextmanager
def every_match_is_told():
    """The function of the tokens says each case, as a search usually does."""
    ask("DROP FUNCTION cases_called(text, bytea)")
    ask(
        "CREATE FUNCTION cases_called(asked_domain text, asked bytea) RETURNS"
        " TABLE (too_often boolean, case_id uuid, desk_id uuid) LANGUAGE sql SECURITY DEFINER AS $$"
        " SELECT false, k.subject_id, NULL::uuid FROM vault_blindtoken b"
        " JOIN vault_compartment k ON k.id = b.compartment_id WHERE b.token = asked $$"
    )
    yield


@threat("I4", off=every_match_is_told)
def test_who_may_search_learns_of_a_desk_and_never_of_a_case(people):
    first = known(people)
    with as_officer(people.stranger.actor):
        said = ask("SELECT case_id, desk_id FROM cases_called('name', %s)", token_of(NAME))

    assert said == [(None, first.desk_id)]


@contextmanager
def staff_may_read_tokens():
    """A careless grant, with its policy."""
    ask("GRANT SELECT ON vault_blindtoken TO himaya_staff, himaya_public, himaya_worker")
    ask(
        "CREATE POLICY careless ON vault_blindtoken FOR SELECT"
        " TO himaya_staff, himaya_public, himaya_worker USING (true)"
    )
    yield


@threat("B6", off=staff_may_read_tokens)
@pytest.mark.parametrize("role", ["staff", "public", "worker", "figures"])
def test_no_role_of_a_process_reads_the_table_of_tokens(role, control):
    if control == "control off" and role == "figures":
        role = "staff"
    member = "SELECT pg_has_role(%s, 'himaya_tokens', 'MEMBER')"
    assert ask(member, f"himaya_{role}") == [(False,)]
    for table in ("vault_blindtoken", "vault_tokenuse")[: 1 if control == "control off" else 2]:
        with as_role(role):
            assert refused(f"SELECT * FROM {table}")
            assert refused(f"DELETE FROM {table}")
