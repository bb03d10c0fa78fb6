"""What waits to be sent lies under seal, and what is sent tells nobody anything."""

from datetime import time, timedelta
from unittest import mock

import pyrage
import pytest

from himaya.kernel.access import job
from himaya.notices import outbox
from himaya.notices.delivery import send_waiting
from himaya.notices.errors import NoSuchWording, NotAnAddress, NotOurDesk
from himaya.notices.letters import Hours, Letter, opened_by_worker
from himaya.notices.models import DutyAddress, Outgoing
from himaya.notices.operations import put_away, set_duty_address
from himaya.notices.rules import MOST_TRIES, WAITS
from himaya.vault.models import Compartment, Grant, Sealed
from tests.factories import journey
from tests.factories.catalogue import ask, refused
from tests.factories.moments import NOON
from tests.factories.roles import as_officer, as_role
from tests.factories.threats import threat

pytestmark = pytest.mark.slow
SENDER = job("outbox")
ADDRESS = "dune.fern@canary.example"


def put(people, **changes):
    values = {
        "actor": people.worker.actor,
        "to": ADDRESS,
        "subject_code": "call_when_free",
        "desk_id": people.worker.desk.pk,
        "language": "en",
        "at": NOON,
    } | changes
    with people.worker.works():
        return outbox.put(**values)


def round_at(moment):
    """One round of the worker, with the worker's rights."""
    with as_role("worker"):
        return send_waiting(actor=SENDER, at=moment)


def test_a_message_is_sent_with_neutral_words_and_its_row_goes(people, mailbox):
    message = put(people)

    assert round_at(NOON) == 1
    (sent,) = mailbox.messages
    assert (sent["To"], sent["Subject"]) == (ADDRESS, "A short question")
    assert sent.get_content().strip() == "Please call when it suits you. There is no hurry."
    assert sent["Message-ID"] == f"<{message.pk}@post.example>"
    assert not Outgoing.objects.exists()


def test_nothing_of_this_machine_is_said_to_the_mail_server(people, mailbox):
    put(people)

    round_at(NOON)

    assert mailbox.greeted == ["post.example"]
    assert set(mailbox.messages[0].keys()) == {
        "From", "To", "Subject", "Date", "Message-ID",
        "Content-Type", "Content-Transfer-Encoding", "MIME-Version",
    }  # fmt: skip


def test_the_table_holds_neither_address_nor_words(people):
    put(people)

    (row,) = ask("SELECT t::text, encode(sealed, 'escape') FROM notices_outgoing t")
    for clear in (ADDRESS, "canary", "Please call"):
        assert clear not in row[0]
        assert clear not in row[1]


def test_without_a_mail_server_everything_waits_and_no_try_is_counted(people):
    message = put(people)

    assert round_at(NOON) == 0
    message.refresh_from_db()
    assert (message.attempts, message.state) == (0, Outgoing.State.WAITING)


def test_a_caller_cannot_bring_words_of_their_own(people):
    with pytest.raises(NoSuchWording):
        put(people, subject_code="The shelter has a bed for you")


def ignoring_hours():
    return mock.patch.object(Hours, "next_moment", lambda self, at, zone: at)


# Kuwait is three hours ahead of UTC: NOON is 15:00 there.
@threat("A4", off=ignoring_hours)
@pytest.mark.parametrize(
    ("start", "end", "sent_after_hours"),
    [(18, 19, 3), (8, 9, 17), (22, 6, 7), (13, 15, 22)],
)
def test_nothing_is_sent_outside_the_hours_that_the_person_gave(
    people, mailbox, start, end, sent_after_hours
):
    put(people, hours=Hours(time(start), time(end)))

    for hour in range(26):
        round_at(NOON + timedelta(hours=hour))
        if mailbox.raw:
            break

    assert hour == sent_after_hours
    assert len(mailbox.raw) == 1


@pytest.mark.parametrize(("start", "end"), [(14, 16), (15, 16), (22, 16)])
def test_within_the_hours_it_is_sent_at_once(people, mailbox, start, end):
    put(people, hours=Hours(time(start), time(end)))

    assert round_at(NOON) == 1


def test_a_refused_address_is_tried_again_and_given_up_in_the_end(people, mailbox):
    mailbox.refuses.add(ADDRESS)
    put(people)
    moment = NOON

    for tries in range(1, MOST_TRIES + 1):
        round_at(moment)
        message = Outgoing.objects.get()
        assert message.attempts == tries
        moment = message.not_before
        assert round_at(moment - timedelta(seconds=1)) == 0  # not sooner

    assert moment - NOON >= sum(WAITS, timedelta())
    assert message.state == Outgoing.State.GIVEN_UP
    mailbox.refuses.clear()
    assert round_at(moment + timedelta(days=9)) == 0  # the desk decides now


def test_one_refused_address_does_not_keep_the_others_back(people, mailbox):
    mailbox.refuses.add(ADDRESS)
    put(people)
    put(people, to="other@canary.example", at=NOON + timedelta(seconds=1))

    assert round_at(NOON + timedelta(seconds=1)) == 1
    assert [each["To"] for each in mailbox.messages] == ["other@canary.example"]


def test_a_mail_server_that_is_away_costs_one_try(people, mailbox, monkeypatch):
    put(people)
    monkeypatch.setattr("himaya.notices.smtp.smtplib.SMTP.connect", away)

    assert round_at(NOON) == 0
    assert Outgoing.objects.get().attempts == 1


def away(*_args, **_options):
    raise ConnectionRefusedError


def test_a_process_that_dies_after_sending_sends_one_copy_more_known_as_the_same(
    people, mailbox, monkeypatch
):
    put(people)
    with monkeypatch.context() as dying:
        dying.setattr("himaya.notices.operations.sent", die)
        with pytest.raises(KeyboardInterrupt):
            round_at(NOON)

    assert round_at(NOON) == 0  # not at once
    assert round_at(NOON + WAITS[0]) == 1
    first, second = mailbox.messages
    assert first["Message-ID"] == second["Message-ID"]
    assert not Outgoing.objects.exists()


def die(**_named):
    raise KeyboardInterrupt


def test_only_the_desk_that_answers_for_it_puts_a_failed_message_away(people):
    message = put(people)
    Outgoing.objects.filter(pk=message.pk).update(state="given_up", attempts=9)
    for seat, left in ((people.stranger, True), (people.worker, False)):
        with seat.works():
            put_away(actor=seat.actor, message_id=message.pk, at=NOON)
        assert Outgoing.objects.exists() is left


def test_an_officer_takes_no_message_away_that_still_waits(people):
    message = put(people)

    with people.worker.works():
        ask("DELETE FROM notices_outgoing WHERE id = %s", message.pk)

    assert Outgoing.objects.filter(pk=message.pk).exists()


def set_duty(people, **changes):
    values = {
        "actor": people.worker.actor,
        "desk_id": people.worker.desk.pk,
        "address": ADDRESS,
        "language": "ar",
        "at": NOON,
    } | changes
    with people.worker.works():
        return set_duty_address(**values)


def test_a_desk_is_paged_from_anywhere_in_the_language_of_its_duty_address(people, mailbox):
    set_duty(people)
    with people.stranger.works():
        assert not DutyAddress.objects.exists()  # of another desk: neither seen nor read
        outbox.page_desk(
            actor=people.stranger.actor,
            desk_id=people.worker.desk.pk,
            subject_code="look_now",
            at=NOON,
        )

    assert round_at(NOON) == 1
    (sent,) = mailbox.messages
    assert sent["To"] == ADDRESS
    assert sent["Subject"] != "Your list"


def test_a_desk_without_a_duty_address_is_not_paged(people):
    with people.worker.works():
        page = outbox.page_desk(
            actor=people.worker.actor,
            desk_id=people.stranger.desk.pk,
            subject_code="look_now",
            at=NOON,
        )

    assert page is None


@pytest.mark.parametrize("address", ["", "somebody", "a b@c.example", "ش@بريد.example"])
def test_a_duty_address_must_be_one(people, address):
    with pytest.raises(NotAnAddress):
        set_duty(people, address=address)


def test_nobody_sets_the_duty_address_of_another_desk(people):
    with pytest.raises(NotOurDesk):
        set_duty(people, desk_id=people.stranger.desk.pk)

    made = set_duty(people)
    with as_officer(people.stranger.actor):
        ask("UPDATE notices_dutyaddress SET language = 'xx' WHERE id = %s", made.pk)
    made.refresh_from_db()
    assert made.language == "ar"


def test_the_outbox_key_opens_no_compartment(people):
    case = journey.opened(people)
    sealed = [
        *Sealed.objects.values_list("content", flat=True),
        *Grant.objects.values_list("sealed", flat=True),
    ]

    assert Compartment.objects.filter(subject_id=case.pk).exists()
    assert len(sealed) > 3
    for each in sealed:
        with pytest.raises(pyrage.DecryptError):
            opened_by_worker(each)


def test_no_other_role_sees_the_outbox(people):
    put(people)

    for role in ("public", "figures"):
        with as_role(role):
            assert refused("SELECT FROM notices_outgoing")
            assert refused("SELECT FROM notices_dutyaddress")


def test_a_letter_is_the_same_after_sealing():
    letter = Letter("a@b.example", "كلمة", "word", Hours(time(22), time(6, 30)))

    assert Letter.from_bytes(letter.to_bytes()) == letter
