"""A newcomer: proposed by one body, allowed by another, in with a paper that counts once."""

from contextlib import contextmanager
from datetime import timedelta

import pytest

from himaya.accounts.errors import NotApproved, RolesClash, SameBody, WrongCode
from himaya.accounts.models import Officer
from himaya.agencies.models import Agency
from himaya.enrolment import owners
from himaya.enrolment.errors import (
    DeskElsewhere,
    DoneAlready,
    NeedsDesk,
    NoDeskForRole,
    NotYourAgency,
    TokenNotValid,
    UsernameTaken,
    WorksAlready,
)
from himaya.enrolment.models import Invitation
from himaya.enrolment.operations import carrying_out, joining, proposing
from himaya.enrolment.operations.carrying_out import VALID_FOR
from himaya.enrolment.operations.proposing import Post
from himaya.enrolment.operations.suspending import Why, suspend
from himaya.enrolment.tokens import LENGTH, SIGNS, grouped, new_token, typed
from himaya.kernel.errors import NotKnown
from himaya.vault.models import MemberKey
from tests.factories import offices, personnel
from tests.factories.catalogue import ask
from tests.factories.ledger import acts
from tests.factories.moments import NOON
from tests.factories.personnel import ENTRANCE, PASSPHRASE
from tests.factories.threats import threat

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


CREDULOUS = """
CREATE OR REPLACE FUNCTION enrolment_invited(token text, moment timestamptz) RETURNS uuid
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT officer_id FROM enrolment_invitation
  WHERE token_hash = sha256(convert_to(token, 'UTF8')) $$
"""


@contextmanager
def credulous():
    """Every token that was ever given lets its officer in."""
    ask(CREDULOUS)
    yield


@pytest.fixture
def by():
    return personnel.bodies()


def test_a_newcomer_of_two_bodies_works_with_a_key_and_a_second_factor_of_their_own(by):
    paper = personnel.invited(by)
    assert not paper.officer.is_active

    joined = personnel.comes_in(paper.token)

    officer = Officer.objects.get(username="new-colleague")
    assert joined.officer == officer
    assert officer.is_active
    assert officer.check_password(PASSPHRASE)
    assert len(joined.recovery_codes) == 10
    assert MemberKey.objects.filter(officer=officer).exists()
    assert personnel.actor_of(officer).desk_ids == {by.desk.pk}
    assert acts()[-5:-3] == ["enrolment.enrol_done", "enrolment.joined"]


def test_the_token_is_nowhere_but_on_the_paper(by):
    paper = personnel.invited(by)

    kept = Invitation.objects.get(officer=paper.officer)
    assert paper.token.encode() not in bytes(kept.token_hash)
    assert kept.expires_at == NOON + VALID_FOR


def test_before_another_body_has_allowed_it_nothing_is_done(by):
    request = personnel.proposed(by)

    with pytest.raises(NotApproved):
        personnel.done(by, request)
    with by.second.works(), pytest.raises(SameBody):
        personnel.two_person.approve(actor=by.second.actor, request_id=request.pk, at=NOON)
    assert not Officer.objects.filter(username="new-colleague").exists()


def test_the_data_protection_officer_of_another_body_may_be_the_second_person(by):
    request = personnel.proposed(by)
    with by.overseer.works():
        personnel.two_person.approve(actor=by.overseer.actor, request_id=request.pk, at=NOON)

    assert personnel.done(by, request).token


def test_what_was_proposed_is_done_once_and_by_the_body_that_proposed_it(by):
    request = personnel.proposed(by)
    personnel.allow(by, request)

    with by.other.works(), pytest.raises(NotKnown):
        carrying_out.carry_out(actor=by.other.actor, proposal_id=request.subject_id, at=NOON)
    personnel.done(by, request)
    with pytest.raises(DoneAlready):
        personnel.done(by, request)


def refused_token(token, *, at=NOON):
    """True when the token lets nobody in and nothing has changed by trying."""
    with pytest.raises(TokenNotValid) as no:
        personnel.comes_in(token, at=at)
    return no.value.facts == {}


def test_a_token_counts_once(by):
    paper = personnel.invited(by)
    personnel.comes_in(paper.token)

    assert refused_token(paper.token)


@threat("B3", off=credulous)
def test_a_used_token_lets_nobody_in_again(by):
    paper = personnel.invited(by)
    personnel.comes_in(paper.token)

    with personnel.as_role("staff"):
        assert owners.invited(paper.token, NOON) is None


@threat("B3", off=credulous)
def test_a_token_ends_after_three_days(by):
    paper = personnel.invited(by)

    assert refused_token(paper.token, at=NOON + VALID_FOR)
    personnel.comes_in(paper.token, at=NOON + VALID_FOR - timedelta(seconds=1))


def test_a_token_that_was_never_given_is_refused_in_the_same_words(by):
    assert refused_token(new_token())
    assert refused_token("")


@threat("B3", off=credulous)
def test_with_the_agency_its_papers_end(by):
    paper = personnel.invited(by)
    Agency.objects.filter(pk=by.desk.agency_id).update(ended_on=NOON.date())

    assert refused_token(paper.token)


@threat("B3", off=credulous)
@pytest.mark.parametrize("gone", ["personnel", "other"])
def test_with_one_of_the_two_who_agreed_the_paper_ends(by, gone):
    paper = personnel.invited(by)
    Officer.objects.filter(pk=getattr(by, gone).officer.pk).update(is_active=False)

    assert refused_token(paper.token)


@threat("B3", off=credulous)
def test_a_suspended_newcomer_does_not_come_in(by):
    paper = personnel.invited(by)
    with by.second.works():
        suspend(actor=by.second.actor, officer_id=paper.officer.pk, why=Why.OTHER_HANDS, at=NOON)

    assert refused_token(paper.token)


def test_a_lost_paper_is_worth_nothing_once_there_is_another(by):
    first = personnel.invited(by)
    with by.personnel.works():
        second = carrying_out.invite_again(
            actor=by.personnel.actor,
            officer_id=first.officer.pk,
            at=NOON + timedelta(hours=1),
        )

    assert refused_token(first.token, at=NOON + timedelta(hours=1))
    personnel.comes_in(second.token, at=NOON + timedelta(hours=1))
    with by.personnel.works(), pytest.raises(WorksAlready):
        carrying_out.invite_again(actor=by.personnel.actor, officer_id=first.officer.pk, at=NOON)


def test_a_wrong_code_leaves_the_paper_as_good_as_before(by):
    paper = personnel.invited(by)
    session = personnel.SessionStore()
    personnel.security.offered_secret(session)
    with personnel.as_role("staff"), pytest.raises(WrongCode):
        joining.join(
            actor=ENTRANCE,
            token=paper.token,
            passphrase=PASSPHRASE,
            session=session,
            code="000000x",
            at=NOON,
        )

    personnel.comes_in(paper.token)


@pytest.mark.parametrize(
    ("post", "refusal"),
    [
        ({"roles": ["case_worker", "prosecutor"]}, RolesClash),
        ({"desks": []}, NeedsDesk),
        ({"roles": ["personnel_officer"]}, NoDeskForRole),
        ({"desks": ["pier"]}, DeskElsewhere),
    ],
)
def test_what_does_not_fit_is_not_even_proposed(by, post, refusal):
    offices.desk(of=offices.agency("diwan"), code="pier")

    with pytest.raises(refusal):
        personnel.proposed(by, **post)


def test_a_user_name_is_one_persons(by):
    with pytest.raises(UsernameTaken):
        personnel.proposed(by, by.worker.officer.username.upper())
    first, second = (personnel.proposed(by, "same-name") for _ in range(2))
    personnel.allow(by, first)
    personnel.allow(by, second)
    personnel.done(by, first)
    with pytest.raises(UsernameTaken):
        personnel.done(by, second)


def elsewhere(by, agency, roles, desks=()):
    with by.personnel.works():
        return proposing.enrol(
            actor=by.personnel.actor,
            username="first",
            agency_id=agency.pk,
            post=Post(roles=roles, desks=desks),
            at=NOON,
        )


def test_of_another_agency_only_its_first_personnel_officer_may_be_proposed(by):
    young, old = offices.agency("young"), by.other.desk.agency
    desk = offices.desk(of=young)

    with pytest.raises(NotYourAgency):
        elsewhere(by, young, ["case_worker"], [desk.code])
    with pytest.raises(NotYourAgency):
        elsewhere(by, old, ["personnel_officer"])
    request = elsewhere(by, young, ["personnel_officer"])
    personnel.allow(by, request)
    paper = personnel.done(by, request)
    personnel.comes_in(paper.token)
    assert paper.officer.agency_id == young.pk


def test_a_token_can_be_typed_by_hand():
    token = "0123456789ABCDEFGHJKMNPQR"

    assert len(token) == LENGTH
    assert set(new_token()) <= set(SIGNS)
    assert typed(grouped(token)) == token
    assert typed(f" {grouped(token).lower()} ") == token
    assert typed("O1234-56789-abcde-fghjk-mnpqr") == token
    assert typed("٠١٢٣٤-٥٦٧٨٩-abcde-fghjk-mnpqr") == token
