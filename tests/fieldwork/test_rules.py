"""Who may do what with devices and records, and what answers on a card show."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from himaya.fieldwork.errors import AlreadySettled, DeviceRevoked, NotThisDevice
from himaya.fieldwork.models import Card
from himaya.fieldwork.rules import (
    act_shown,
    answers_for,
    check_may_revoke,
    check_may_settle,
    check_may_sync,
    instrument_for,
    interviewed_at,
    shows,
    token_hash,
)
from himaya.kernel.access import Actor, Permission
from himaya.kernel.errors import NotKnown, NotPermitted
from himaya.packs.card import SignWhen
from himaya.packs.loader import current

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
OFFICER, OTHER, AGENCY, DESK = uuid4(), uuid4(), uuid4(), uuid4()


@dataclass
class Device:
    """A device as the rules look at it."""

    officer_id: UUID = OFFICER
    agency_id: UUID = AGENCY
    token_hash: bytes = token_hash("right")
    revoked_at: datetime | None = None
    pk: UUID = field(default_factory=uuid4)


@dataclass
class Record:
    """A record as the rules look at it."""

    desk_id: UUID = DESK
    state: str = Card.State.ARRIVED
    pk: UUID = field(default_factory=uuid4)


def actor(*held: Permission, officer: UUID = OFFICER, agency: UUID = AGENCY) -> Actor:
    return Actor(
        kind="officer",
        name="x",
        officer_id=officer,
        agency_id=agency,
        desk_ids=frozenset({DESK}),
        permissions=frozenset(held),
    )


@pytest.mark.parametrize(
    ("who", "device", "token", "refused"),
    [
        (actor(Permission.CARD_USE), Device(), "right", None),
        (actor(), Device(), "right", NotPermitted),
        (actor(Permission.CARD_USE), None, "right", NotThisDevice),
        (actor(Permission.CARD_USE, officer=OTHER), Device(), "right", NotThisDevice),
        (actor(Permission.CARD_USE), Device(), "wrong", NotThisDevice),
        (actor(Permission.CARD_USE), Device(revoked_at=AT), "right", DeviceRevoked),
        # Who does not know the secret learns nothing of the state.
        (actor(Permission.CARD_USE), Device(revoked_at=AT), "wrong", NotThisDevice),
    ],
)
def test_only_the_officers_own_device_in_use_may_send(who, device, token, refused):
    if refused is None:
        check_may_sync(who, device, token)
    else:
        with pytest.raises(refused):
            check_may_sync(who, device, token)


@pytest.mark.parametrize(
    ("who", "device", "refused"),
    [
        (actor(Permission.CARD_USE), Device(), None),
        (actor(), Device(), NotPermitted),
        (actor(Permission.ACCESS_SUPERVISE, officer=OTHER), Device(), None),
        (actor(Permission.CARD_USE, officer=OTHER), Device(), NotKnown),
        (actor(Permission.ACCESS_SUPERVISE, officer=OTHER, agency=OTHER), Device(), NotKnown),
        (actor(Permission.CARD_USE), Device(revoked_at=AT), DeviceRevoked),
    ],
)
def test_a_device_is_revoked_by_its_officer_or_who_supervises_there(who, device, refused):
    if refused is None:
        check_may_revoke(who, device)
    else:
        with pytest.raises(refused):
            check_may_revoke(who, device)


@pytest.mark.parametrize(
    ("who", "record", "refused"),
    [
        (actor(Permission.PERSON_SCREEN), Record(), None),
        (actor(Permission.CARD_USE), Record(), NotPermitted),
        (actor(Permission.PERSON_SCREEN), Record(desk_id=OTHER), NotKnown),
        (actor(Permission.PERSON_SCREEN), Record(state=Card.State.TAKEN), AlreadySettled),
        (actor(Permission.PERSON_SCREEN), Record(state=Card.State.ASIDE), AlreadySettled),
    ],
)
def test_only_the_desk_that_received_a_record_settles_it_and_once(who, record, refused):
    if refused is None:
        check_may_settle(who, record)
    else:
        with pytest.raises(refused):
            check_may_settle(who, record)


DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("began", "now", "registered", "by_our_clock"),
    [
        (AT - DAY, AT, AT - 9 * DAY, AT - DAY),
        # The clock was forty years behind, or ahead, all the time.
        (AT - 14_600 * DAY - DAY, AT - 14_600 * DAY, AT - 9 * DAY, AT - DAY),
        (AT + 14_600 * DAY - DAY, AT + 14_600 * DAY, AT - 9 * DAY, AT - DAY),
        # It was set between the interview and the sending: as near as can be told.
        (AT - 14_600 * DAY, AT, AT - 9 * DAY, AT - 9 * DAY),
        (AT + 14_600 * DAY, AT, AT - 9 * DAY, AT),
    ],
)
def test_the_time_of_an_interview_is_told_by_a_clock_that_is_years_off(
    began, now, registered, by_our_clock
):
    assert interviewed_at(began, now, since=registered, at=AT) == by_our_clock


CARD = current().card
BY_CODE = {each.code: each for each in current().instruments}


@pytest.mark.parametrize(
    ("age", "person"), [("adult", "adult"), ("child", "child"), ("unsure", "child")]
)
def test_whoever_may_be_a_child_is_asked_as_one(age, person):
    assert instrument_for(BY_CODE, CARD, age).person == person


@pytest.mark.parametrize(
    ("answer", "when_yes", "when_no"),
    [
        ("yes", "yes", "no"),
        ("no", "no", "yes"),
        ("not_known", "not_known", "not_known"),
        ("would_not_say", "would_not_say", "would_not_say"),
        ("does_not_apply", "does_not_apply", "does_not_apply"),
        ("not_asked", "not_asked", "not_asked"),
    ],
)
def test_the_six_answers_stay_different_whichever_answer_is_the_sign(answer, when_yes, when_no):
    asks_for_yes = next(each for each in CARD.questions if each.sign_when is SignWhen.YES)
    asks_for_no = next(each for each in CARD.questions if each.sign_when is SignWhen.NO)

    assert shows(asks_for_yes, {asks_for_yes.id: answer}) == when_yes
    assert shows(asks_for_no, {asks_for_no.id: answer}) == when_no
    assert shows(asks_for_no, {}) == "not_asked"


def test_a_sign_found_by_one_question_is_not_undone_by_another():
    instrument = BY_CODE["adult_labour"]
    found = answers_for(CARD, instrument, {"papers": "yes", "pay": "no", "go_out": "not_known"})

    assert found["D5.01"] == "yes"
    assert found["D4.02"] == found["D5.14"] == "no"
    assert found["D5.03"] == "not_known"
    assert found["D1.01"] == "not_asked"
    assert set(found) == {sign.id for sign in instrument.indicators}


def test_the_act_is_shown_by_its_own_question_only():
    assert act_shown(CARD, {"brought": "yes"})
    assert not act_shown(CARD, {"brought": "would_not_say", "papers": "yes"})
