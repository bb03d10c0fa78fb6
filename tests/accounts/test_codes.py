"""Codes count once; recovery codes leave an entry; secrets of both lie encrypted."""

import time
from datetime import UTC, datetime, timedelta
from unittest import mock

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache

from himaya.accounts import codes
from himaya.accounts.codes import left, step_of, use_code
from himaya.accounts.fresh import Factor
from himaya.audit.models import Pending
from tests.factories.moments import NOON
from tests.factories.officers import SECRET, make_officer
from tests.factories.races import at_once, elsewhere
from tests.factories.threats import threat

pytestmark = pytest.mark.django_db
HALF_MINUTE = timedelta(seconds=30)


@pytest.fixture
def officer():
    return make_officer()


def shown(at: datetime) -> str:
    """What the code generator shows at this moment."""
    return format_hotp_value(hotp_value(SECRET, int(at.timestamp()) // 30))


def as_the_library_does(officer, code, _at):
    """The library's guard against a second use lies in the memory of one process."""
    cache.clear()  # another process
    row = Authenticator.objects.get(user=officer, type=Authenticator.Type.TOTP)
    with mock.patch.object(time, "time", NOON.timestamp):
        return row.wrap().validate_code(code)


@threat("C6", off=lambda: mock.patch.object(codes, "_use_generated", as_the_library_does))
def test_a_code_counts_once_in_all_processes(officer):
    assert use_code(officer, shown(NOON), NOON) is Factor.CODE

    assert use_code(officer, shown(NOON), NOON) is None


def test_the_next_code_counts_and_the_one_before_it_no_more(officer):
    assert use_code(officer, shown(NOON), NOON) is Factor.CODE
    assert use_code(officer, shown(NOON - HALF_MINUTE), NOON) is None
    assert use_code(officer, shown(NOON + HALF_MINUTE), NOON + HALF_MINUTE) is Factor.CODE


def test_a_clock_that_goes_back_brings_no_code_back(officer):
    later = NOON + timedelta(days=3650)
    assert use_code(officer, shown(later), later) is Factor.CODE

    assert use_code(officer, shown(NOON), NOON) is None


@pytest.mark.parametrize(("off_by", "counts"), [(-2, False), (-1, True), (1, True), (2, False)])
def test_a_telephones_clock_may_be_half_a_minute_off(officer, off_by, counts):
    assert bool(use_code(officer, shown(NOON + off_by * HALF_MINUTE), NOON)) is counts


def test_one_officers_code_is_not_anothers(officer):
    other = make_officer()
    use_code(officer, shown(NOON), NOON)

    assert use_code(other, shown(NOON), NOON) is Factor.CODE, "each has used their own"


@pytest.mark.parametrize("code", ["", "000000", "é", "12345", "1" * 40])
def test_anything_else_is_no_code(code):
    assert step_of("AAAAAAAA", code, NOON) is None


@pytest.fixture
def sheet(officer):
    return RecoveryCodes.activate(officer).generate_codes()


def test_recovery_codes_are_ten_each_of_ten_digits(sheet):
    assert [len(code) for code in sheet] == [10] * 10
    assert len(set(sheet)) == 10


def test_a_recovery_code_counts_once_and_each_use_is_in_the_ledger(officer, sheet):
    first, second, *_ = sheet

    assert use_code(officer, first, NOON) is Factor.RECOVERY_CODE
    assert use_code(officer, first, NOON) is None
    assert use_code(officer, f"{second[:5]} {second[5:]}", NOON) is Factor.RECOVERY_CODE

    entries = Pending.objects.filter(act="accounts.recovery_code_used").order_by("pk")
    assert {entry.subject_id for entry in entries} == {officer.pk}
    assert sorted(entry.facts for entry in entries) == ['{"left":8}', '{"left":9}']
    assert left(officer) == 8


def test_where_recovery_codes_do_not_count_none_is_used_up(officer, sheet):
    assert use_code(officer, sheet[0], NOON, recovery=False) is None
    assert left(officer) == 10


def test_no_recovery_code_lies_in_the_table(officer, sheet):
    row = Authenticator.objects.get(user=officer, type=Authenticator.Type.RECOVERY_CODES)

    assert not any(code in str(row.data) for code in sheet)


@pytest.mark.race
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_of_one_code_typed_twice_at_the_same_moment_one_counts():
    officer = make_officer()
    now = datetime.now(UTC)
    typed = elsewhere(lambda: use_code(officer, shown(now), now))

    assert sorted(map(str, at_once(typed, typed))) == ["None", "code"]
