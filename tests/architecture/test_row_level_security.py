"""Row-level security is no false comfort: nobody passes it, no key and no connection tells."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from himaya.kernel.access import Permission
from tests.architecture.test_database_roles import UNIQUE
from tests.factories import offices, oracle, seats
from tests.factories.catalogue import ask, column, tables
from tests.factories.threats import threat

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
ROLES = ("public", "staff", "worker", "figures")
# Functions that look with the owner's eyes, and why the policies cannot do without them.
AS_THE_OWNER = {
    "reporting_desk_keys": "public keys of desks, for a site that may read no table",
    "reporting_talk": "one conversation, for whoever shows the tag that only digits give",
    "reporting_forget": "empties the reporter's own copy of a message, shown the same tag",
    "reporting_filed": "where the ledger says that a report was received, shown the same tag",
    "reporting_hand_on": "moves a report that the actor reads, and may not see afterwards",
    "reporting_given_up": "reports that the actor's desks gave up, to hide what is said of them",
    "reporting_names_us": "whether a report names the actor's own agency, to hide it from them",
    "reporting_likeness_goes": "a trigger that takes away what a shredded report was like",
    "fieldwork_arrived": "which random numbers are records already, so that none comes twice",
    "fieldwork_of_something_else": "of himaya_tokens: numbers that no record may take",
    "hotline_on_line": "asked by policies of the hotline, which else would ask each other",
    "hotline_called_before": "of himaya_tokens: counts earlier calls; nobody reads the numbers",
    "hotline_filed": "of himaya_tokens: notes that a report came of the asker's own call",
    "hotline_forget_callers": "of himaya_tokens: forgets numbers whose time is over",
    "doors_partner_of": "whose key this is, for a site that may read no table; counts no tries",
    "vault_holds": "asked by policies of the vault, which else would ask themselves",
    "vault_members": "who of a desk can be sealed to: public halves only",
    "vault_may_admit": "asked by the policy of desk keys given on, about another's seat",
    "vault_proposed": "asked by the policy of desk keys given on, about a key not yet in force",
    "vault_readmits": "asked by the policies of a readmission, about the permission of two",
    "vault_keep_tokens": "of himaya_tokens: puts tokens in for whoever holds what they stand for",
    "vault_tokens_go": "of himaya_tokens: a trigger that takes away tokens of what is shredded",
    "occasions_screened": "whether somebody whom the asker's desk met was screened; nothing else",
    "vault_alike": "of himaya_tokens: compares tokens, for its own functions only",
    "recognition_look": "of himaya_tokens: keeps one match, counted; nobody reads the tokens",
    "recognition_shows": "of himaya_tokens: asked by policies, about a side that the asker is not",
    "recognition_other_desk": "of himaya_tokens: whom to ask about a match; never of which case",
    "recognition_ends": "of himaya_tokens: both cases, once they are said to be of one person",
    "recognition_is_the_same": "of himaya_tokens: asked by policies of persons who are one",
    "cases_called": "of himaya_tokens: one desk to ask about a token, counted; nobody reads them",
    "cases_opened_from_ours": "asked by a policy of cases, which else would ask itself",
    "vault_colleague": "asked by the policies of a readmission, about another's seat",
    "vault_uncovered": "counts keys of the asker's own that recovery does not open yet",
    "cases_edition": "which pack a case goes by, for a desk that moves a track and sees no case",
    "accounts_roles_fit": "a trigger that must see all roles to refuse two that do not fit",
    "accounts_seat_fits": "a trigger that must see the agency of an officer and of a desk",
    "enrolment_may_propose": "asked by a policy, about officers of the asker's own agency",
    "enrolment_carry_out": "does what a used act of two allows; no role may make an officer",
    "enrolment_invite_again": "a new paper for somebody whom two bodies have let in",
    "enrolment_invited": "whom a paper lets in, for somebody who is not signed in yet",
    "enrolment_join": "a paper is used once; the newcomer has no right yet",
    "enrolment_suspend": "locks an officer out whole, whatever the asker may see of them",
    "enrolment_certify": "writes a training; no role may write one",
    "clocks_by_desk": "numbers of every desk's deadlines, for whoever reads figures",
    "cases_about": "about how many cases the asker's own desks have: the planner's guess",
    "cases_desks_of": "which desks answer, for the deadlines of one track of a case not seen",
    "directory_classes_on_duty": "which class of office another desk has on duty; no name",
    "notices_duty_of": "asked by a trigger: where a desk is told what cannot wait, sealed",
    "retention_roots": "asked by policies of retention: what hangs on a case or report",
    "retention_holds": "asked by policies and triggers: whether a hold stands on something",
    "retention_find": "an id for a whole number, so that what nobody here sees can be held",
    "retention_lift_by_two": "a trigger that must see the act of two",
    "retention_erase_by_two": "a trigger that must see the act of two",
    "retention_keep": "a trigger that must see every hold to refuse what it forbids",
    "retention_keep_a_reader": "a trigger that must see every grant of what is held",
    "retention_stay_gone": "a trigger that must see what was shredded",
    "referrals_wake": "wakes what sleeps with a referral, once its receiver has accepted it",
    "referrals_forget": "ends what still sleeps with a referral that has ended",
    "referrals_answer_key": "a public key, for a desk that answers what it may not open",
    "referrals_takes_over": "asked by policies of cases, which else would ask those of referrals",
    "referrals_follow_case": "referrals of a case just taken over, which its new desk never saw",
    "referrals_by_code": "what a code on paper opens, for somebody who has no account",
    "decisions_weighed_by_me": "asked by the policy of views, which else would ask itself",
    "decisions_decided_before": "asked by triggers: what an officer decided, seen by them or not",
    "decisions_decide_anew": "a trigger: whether an officer decided before, also in a merged case",
    "decisions_made_by_enough": "a trigger that must see every view to count who agreed",
    "accountability_asleep": "asked by a policy: whether a grant sleeps for the asker's desk",
    "accountability_wake": "wakes what sleeps for a desk, by an emergency just written down",
    "accountability_reads_of": "the ledger's openings of one case, for the person's own view",
}
# Tables into which such an officer does put a row.
PUT_IN = {"cases_person", "justice_lawsuit", "oversight_meeting", "vault_sealed"}


def everybody_may() -> oracle.Actor:
    """An officer of one desk with every permission: whom the policies let do most."""
    officer = seats.officer("case_worker", offices.desk())
    return replace(seats.actor_of_officer(officer), permissions=frozenset(Permission))


def test_the_owner_of_every_table_is_no_role_of_a_process():
    owners = column("SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'")

    assert owners == ["himaya_owner"]
    assert "owner" not in ROLES


@pytest.mark.parametrize("role", ROLES)
def test_no_role_of_a_process_becomes_another_or_passes_the_policies(role):
    assert ask(
        "SELECT rolsuper, rolbypassrls, rolcreaterole FROM pg_roles WHERE rolname = %s",
        f"himaya_{role}",
    ) == [(False, False, False)]
    others = [f"himaya_{other}" for other in (*ROLES, "owner") if other != role]
    member = "SELECT r FROM unnest(%s::text[]) r WHERE pg_has_role(%s, r, 'MEMBER')"
    assert column(member, others, f"himaya_{role}") == []


def as_the_owner():
    return dict(
        ask(
            "SELECT proname, coalesce(proconfig::text, '') FROM pg_proc"
            " WHERE pronamespace = 'public'::regnamespace AND prosecdef"
        )
    )


def test_functions_that_look_with_the_owners_eyes_are_few_and_find_their_own_tables_only():
    """Without a fixed search path somebody could put a table of the same name before ours."""
    found = as_the_owner()

    assert set(found) == set(AS_THE_OWNER)
    for name, settings in found.items():
        assert "search_path=public, pg_temp" in settings, name


def test_a_careless_function_would_be_found():
    before = set(as_the_owner())
    ask("CREATE FUNCTION peep() RETURNS bigint LANGUAGE sql SECURITY DEFINER AS 'SELECT 1::bigint'")

    assert set(as_the_owner()) - before == {"peep"}


@contextmanager
def a_natural_key() -> Iterator[None]:
    """Two persons are never made at the same moment, says the database to whoever asks."""
    ask("ALTER TABLE cases_person ADD UNIQUE (made_at)")
    yield


@threat("B9", off=a_natural_key)
def test_no_key_tells_of_another_desks_row():
    found = oracle.told(everybody_may())
    telling = {one.name for one in found if one.tells and not one.random}

    assert len(found) > 20
    assert telling <= set(UNIQUE)


def test_the_trying_gets_past_the_policies_where_an_officer_may():
    """Else every row would be refused alike, and nothing could tell."""
    put_in = {one.table for one in oracle.told(everybody_may()) if one.unknown == "put in"}

    assert put_in >= PUT_IN


def references():
    """Foreign keys of tables that filter their rows, and the type of the key that they point to."""
    return ask(
        "SELECT conrelid::regclass::text, confrelid::regclass::text, a.atttypid::regtype::text"
        " FROM pg_constraint JOIN pg_attribute a ON a.attrelid = confrelid "
        " AND a.attnum = confkey[1]"
        " JOIN pg_class c ON c.oid = confrelid WHERE contype = 'f' AND c.relrowsecurity"
    )


def test_a_reference_to_a_row_nobody_may_see_tells_of_a_random_number_only():
    """PostgreSQL checks references with the owner's eyes. Whoever knows 122 random bits knows the
    row already; docs/adr/0016 says why that is taken."""
    assert len(references()) > 20
    assert [found for found in references() if found[2] != "uuid"] == []


def test_no_key_that_an_officer_is_given_counts_the_others_rows():
    may = oracle.may_insert("staff") & set(tables(oracle.FILTERED))

    assert oracle.counting(sorted(may)) == []
