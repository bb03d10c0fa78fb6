"""Who called before: counted under a blind token, and told to the operator of a call alone."""

from contextlib import contextmanager
from datetime import timedelta
from unittest import mock

import pytest
from django.db import ProgrammingError, transaction
from django.utils import timezone

from himaya.hotline.errors import CallOver, NoNumber, TooManyNumbers
from himaya.hotline.models import Call, Caller
from himaya.hotline.numbers import called_before, forget, token_of_caller
from himaya.hotline.operations import begin
from himaya.reporting.models import Report
from himaya.vault.models import BlindToken
from himaya.vault.tokens import Domain, Said, token_of
from tests.factories.calls import NUMBER, filed, notes, on_line, over, typed
from tests.factories.catalogue import ask, refused
from tests.factories.moments import NOON
from tests.factories.roles import as_role
from tests.factories.threats import threat

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("db")]
SAME = ["+965 5512 3477", "5512-3477", "٥٥١٢٣٤٧٧", "00965 55123477"]
OTHER = "+965 5512 3478"
MOST_A_CALL, MOST_AN_HOUR = 3, 30


@pytest.fixture(autouse=True)
def kept_for_a_time_that_has_not_passed(monkeypatch):
    """The country in the tests stands still; the tokens are dated by the database."""
    monkeypatch.setattr(
        "himaya.hotline.operations.begin.remembered_since",
        lambda _at: timezone.now() - timedelta(days=1),
    )


def next_call(who):
    """The operator's next call, once the one before has ended."""
    for call in Call.objects.filter(ended_at=None, operator=who.officer):
        over(who, call)
    return on_line(who)


@pytest.mark.parametrize("again", SAME)
def test_the_same_number_is_known_again_however_it_is_written(people, again):
    first = typed(people.operator, on_line(people.operator))
    second = typed(people.operator, next_call(people.operator), again)

    assert (first.earlier, first.last_on, first.waits) == (0, None, False)
    assert (second.earlier, second.last_on, second.waits) == (1, NOON.date(), False)


def test_another_number_and_a_withheld_one_are_not_known(people):
    typed(people.operator, on_line(people.operator))
    other = typed(people.operator, next_call(people.operator), OTHER)
    withheld = next_call(people.operator)

    assert other.earlier == 0
    assert withheld.earlier is None
    with pytest.raises(NoNumber):
        typed(people.operator, withheld, "12")


def test_another_operator_is_told_as_well_and_that_a_report_waits(people):
    call = typed(people.operator, on_line(people.operator, told=notes()))
    filed(people.operator, call)
    again = typed(people.elsewhere, on_line(people.elsewhere))
    Report.objects.update(state="closed", due_at=None)
    later = typed(people.operator, on_line(people.operator))

    assert (again.earlier, again.waits) == (1, True)
    assert (later.earlier, later.waits) == (2, False)


@contextmanager
def the_number_itself_is_kept():
    with mock.patch.object(begin, "token_of_caller", str.encode):
        yield


@threat("B6", off=the_number_itself_is_kept)
def test_the_number_stands_nowhere_in_clear(people):
    typed(people.operator, on_line(people.operator))

    rows = [*ask("SELECT * FROM hotline_call"), *ask("SELECT facts FROM audit_pending")]
    kept = b"".join(bytes(caller.token) for caller in Caller.objects.all())
    assert len(kept) == 32
    assert NUMBER.encode() not in kept
    assert not any(part in repr(rows) for part in ("5512 3477", "55123477"))


def test_a_callers_token_is_of_a_purpose_of_its_own():
    """The same number in the identity of a case has another one: the two cannot be put together."""
    assert token_of_caller(NUMBER) != token_of(Said(Domain.PHONE, NUMBER))
    assert not BlindToken.objects.filter(token=token_of_caller(NUMBER)).exists()


def ask_as(who, call, token=b"guessed", since=NOON - timedelta(days=9)):
    """What the function says to whoever asks it by hand."""
    try:
        with who.works(), transaction.atomic():
            return called_before(call.pk, token, since)
    except ProgrammingError as no:
        return "privilege" if "on the line" in str(no) else str(no)


def test_only_the_operator_of_a_call_that_goes_on_is_told(people):
    call = on_line(people.operator)

    assert ask_as(people.colleague, call) == "privilege"
    assert ask_as(people.intake, call) == "privilege"
    assert ask_as(people.operator, call).earlier == 0
    over(people.operator, call)
    assert ask_as(people.operator, call) == "privilege"
    with pytest.raises(CallOver):
        typed(people.operator, call)


def tried(who, call, number):
    try:
        typed(who, call, number)
    except TooManyNumbers:
        return False
    return True


@contextmanager
def no_count_is_kept():
    ask(
        "CREATE FUNCTION pg_temp_forget() RETURNS trigger LANGUAGE plpgsql AS"
        " 'BEGIN NEW.tries = 1; RETURN NEW; END'"
    )
    ask(
        "CREATE TRIGGER forget BEFORE UPDATE ON hotline_caller"
        " FOR EACH ROW EXECUTE FUNCTION pg_temp_forget()"
    )
    yield


@threat("C6", off=no_count_is_kept)
def test_nobody_tries_out_a_list_of_numbers_in_one_call(people):
    call = on_line(people.operator)

    answered = [tried(people.operator, call, f"5512 {number:04}") for number in range(6)]
    assert answered == [True] * MOST_A_CALL + [False] * 3


def test_nor_in_many_calls(people):
    ask(
        "INSERT INTO vault_tokenuse (id, officer_id, at)"
        " SELECT gen_random_uuid(), %s, now() FROM generate_series(1, %s)",
        people.operator.officer.pk,
        MOST_AN_HOUR - 1,
    )

    assert tried(people.operator, on_line(people.operator), NUMBER)
    assert not tried(people.operator, next_call(people.operator), OTHER)


@pytest.mark.parametrize("role", ["public", "staff", "worker", "figures"])
def test_no_role_of_a_process_reads_or_changes_the_tokens(people, role):
    typed(people.operator, on_line(people.operator))
    with as_role(role):
        assert refused("SELECT * FROM hotline_caller")
        assert refused("UPDATE hotline_caller SET tries = 0")
        assert refused("DELETE FROM hotline_caller")


def test_numbers_are_forgotten_when_the_countrys_time_is_over(people):
    typed(people.operator, on_line(people.operator))
    with as_role("worker"):
        assert forget(timezone.now() - timedelta(hours=1)) == 0
        assert forget(timezone.now() + timedelta(hours=1)) == 1
    assert not Caller.objects.exists()
    assert typed(people.operator, next_call(people.operator)).earlier == 0
