"""A7: a partner belongs to the network. It sees what was allowed while it was, and no more."""

from contextlib import contextmanager
from datetime import timedelta
from unittest import mock

import pytest
from django.db import connection
from django.utils import timezone

from himaya.consent.models import Consent
from himaya.referrals import sealed as referral_sealed
from himaya.vault.errors import NotGranted
from himaya.vault.models import Compartment, Grant
from himaya.vault.reveal import reveal
from tests.factories import journey
from tests.factories.moments import NOON
from tests.factories.threats import threat

pytestmark = pytest.mark.slow


def opened_by(people, part, at):
    """What the shelter's real keys open of a part, with no page and no policy in the way."""
    try:
        found = reveal(
            keyring=people.shelter.keyring,
            compartment_ids=[part.pk],
            subject_id=people.shelter.desk.pk,
            actor=people.shelter.actor,
            at=at,
            purpose="referral",
            reason="own_work",
        )
    except NotGranted:
        return None
    return [item.text() for item in found]


def parts_of(case):
    """Every sealed part of a case and of its report."""
    subjects = [case.pk, case.report_id]
    found = Compartment.objects.filter(subject_id__in=subjects)
    return {part.kind: part for part in found}


@contextmanager
def grants_without_end():
    """Control off: the grant of a share does not end with its consent."""
    real = referral_sealed.share

    def endless(**values):
        return real(**values | {"until": None})

    with mock.patch("himaya.referrals.sealed.share", endless):
        yield


@threat("A7", off=grants_without_end)
def test_when_the_time_is_over_the_partner_opens_nothing_though_the_worker_is_down(people, case):
    for kind in ("identity", "needs"):
        journey.noted(people, case, Compartment.Kind(kind), f"{kind} of the person")
    ends = NOON + timedelta(days=3650)
    consent = journey.consented(people, case, until=ends)
    referral = journey.sent(people, journey.drafted(people, case, consent))
    journey.acknowledged(people.shelter, referral)
    journey.accepted(people.shelter, referral)
    part = parts_of(case)["needs"]
    assert opened_by(people, part, ends - timedelta(seconds=1)) == ["needs of the person"]

    assert opened_by(people, part, ends) is None
    assert Consent.objects.get().state == "granted"  # nobody has noted it yet


@contextmanager
def everything_goes_along():
    """Control off: a referral takes all that the sending desk can open."""
    with (
        mock.patch("himaya.referrals.operations.sending.parts_of", _all_parts),
        mock.patch("himaya.referrals.operations.showing.parts_of", _all_parts),
    ):
        yield


def _all_parts(case, _kinds):
    held = Grant.objects.filter(desk=case.desk_id).values("compartment_id")
    return list(Compartment.objects.filter(subject_id=case.pk, id__in=held).order_by("kind"))


@threat("A7", off=everything_goes_along)
def test_the_partner_opens_exactly_the_parts_that_were_allowed(people, case):
    for kind in ("identity", "needs", "health", "counselling", "legal"):
        journey.noted(people, case, Compartment.Kind(kind), f"{kind} of the person")
    consent = journey.consented(people, case, kinds=["needs", "health"])
    referral = journey.sent(people, journey.drafted(people, case, consent))
    journey.acknowledged(people.shelter, referral)
    journey.accepted(people.shelter, referral)

    opened = {
        kind for kind, part in parts_of(case).items() if opened_by(people, part, journey.LATER)
    }

    assert opened == {"needs", "health"}


@contextmanager
def database_without_clock():
    """Control off: the database lets a desk see what it holds a grant of, over or not."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_functiondef('vault_holds'::regproc)")
        (whole,) = cursor.fetchone()
        cursor.execute(whole.replace("g.until > now()", "true"))
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(whole)


@threat("A7", off=database_without_clock)
def test_the_database_itself_shows_no_part_whose_time_is_over(people, case):
    long_ago = timezone.now() - timedelta(days=2)
    journey.noted(people, case, Compartment.Kind.NEEDS, "needs of the person")
    part = parts_of(case)["needs"]
    grant = Grant.objects.get(compartment=part)
    Grant.objects.create(
        compartment=part,
        epoch=grant.epoch,
        desk=people.shelter.desk,
        desk_epoch=grant.desk_epoch,
        sealed=b"a key",
        reason=Grant.Reason.CONSENT,
        granted_at=long_ago,
        until=long_ago + timedelta(hours=1),
    )

    with people.shelter.works():
        assert not Compartment.objects.filter(pk=part.pk).exists()
