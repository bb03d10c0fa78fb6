"""What the worker does for signing in, with the worker's rights only."""

from datetime import UTC, datetime, timedelta

import pytest

from himaya.accounts.models import Session, Tries
from himaya.accounts.tries import Count, Tried, spend
from himaya.audit.models import Pending
from himaya.installation.chores.entrance import count_wrong_tries, forget_sessions
from himaya.installation.worker import Round
from tests.factories.officers import make_officer, signed_in
from tests.factories.roles import as_role

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_the_worker_forgets_sessions_that_are_over_and_reads_none():
    signed_in(make_officer())
    signed_in(make_officer())
    over = Session.objects.first()
    Session.objects.filter(pk=over.pk).update(expire_date=datetime.now(UTC) - timedelta(hours=1))

    with as_role("worker"):
        forget_sessions()

    assert Session.objects.count() == 1


def test_the_worker_counts_wrong_tries():
    spend(Count(Tried.PASSPHRASE, "somebody", ""), datetime.now(UTC))

    with as_role("worker"):
        count_wrong_tries()

    assert Pending.objects.get(act="accounts.wrong_tries").facts == '{"tries":1}'
    assert Tries.objects.get().wrong == 0


def test_both_are_among_its_chores():
    assert {forget_sessions, count_wrong_tries} <= {chore.do for chore in Round().chores}
