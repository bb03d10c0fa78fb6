"""Marked words go in through every door. They are nowhere but in what a key opens."""

import json
from pathlib import Path
from unittest import mock

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from himaya.config import public, staff
from himaya.doors.mail.fetching import Fetching
from himaya.doors.partners.operations import add_partner
from himaya.installation.clock import now
from himaya.kernel.access import job
from himaya.reporting.models import Report
from himaya.vault.padding import pad
from tests.doors import test_mailbox, test_messages, test_paper, test_partners
from tests.factories.canary import look_for
from tests.factories.desks import make_desks
from tests.factories.roles import as_role
from tests.reporting.test_canary import everything_kept

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("gateways"),
]
ADDRESS = "canary-address@b.example"
WORDS = [
    test_mailbox.STORY,
    ADDRESS,
    test_messages.STORY,
    test_messages.NUMBER,
    test_partners.STORY,
    test_partners.NAME,
    "+965 5555 0100",
    test_paper.STORY,
    "the tailor",
]


def through_every_door(mailbox, settings) -> str:
    """One report each by mail, gateway, partner and counter; returns the partner's key."""
    officer = make_desks(pnc_intake="intake_officer")["pnc_intake"]
    mailbox.put(test_mailbox.message(sender=ADDRESS))
    with as_role("worker"):
        Fetching(now).run(mailbox.settings)
    key = add_partner(actor=job("operator"), name="A shelter", at=timezone.now()).key
    settings.ROOT_URLCONF, settings.MIDDLEWARE = public.ROOT_URLCONF, public.MIDDLEWARE
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = public.DATA_UPLOAD_MAX_MEMORY_SIZE
    assert test_messages.send().status_code == 200
    assert test_partners.send(key).status_code == 201
    settings.ROOT_URLCONF, settings.MIDDLEWARE = staff.ROOT_URLCONF, staff.MIDDLEWARE
    assert officer.browser().post("/walk-in/", test_paper.WHOLE).status_code == 200
    channels = Report.objects.values_list("channel", flat=True).order_by("channel")
    assert list(channels) == ["email", "partner", "sms", "walk_in"]
    return key


@pytest.fixture
def gateways():
    file = Path(settings.SECRETS / "gateways.toml")
    file.write_text(test_messages.SETTINGS)
    yield
    file.unlink()


def test_marked_words_are_nowhere(mailbox, settings, cluster, capfd, caplog):
    key = through_every_door(mailbox, settings)
    printed = "".join(capfd.readouterr()) + caplog.text

    kept = [*everything_kept(cluster), ("what was printed", printed.encode())]
    found = look_for([*WORDS, key], kept)

    assert found.places == []
    assert found.looked_at > 10_000_000


def test_without_sealing_they_would_be_found(mailbox, settings, cluster):
    def unsealed(_keys: object, content: bytes) -> bytes:
        return pad(content)

    with mock.patch("himaya.reporting.sealing.sealed_to", unsealed):
        through_every_door(mailbox, settings)

    kept = [each for each in everything_kept(cluster) if each[0] == "dump"]
    for word in (test_mailbox.STORY, test_messages.STORY, test_partners.STORY, test_paper.STORY):
        assert "dump" in look_for([word], kept).places


def test_a_request_that_is_cut_off_before_its_commit_left_nothing(settings):
    """The gateway keeps what it got no answer to, and sends it again."""
    make_desks()
    settings.ROOT_URLCONF, settings.MIDDLEWARE = public.ROOT_URLCONF, public.MIDDLEWARE
    body = json.dumps(test_messages.MESSAGE).encode()
    header = test_messages.signed(body)

    class CutOff(BaseException):
        """The process ends here."""

    with (
        mock.patch("himaya.doors.messages.views.take", side_effect=CutOff),
        pytest.raises(CutOff),
        as_role("public"),
    ):
        Client().post("/in/sms", body, "application/json", headers={"Himaya-Signature": header})
    assert not Report.objects.exists()

    assert test_messages.send(body, header=header).status_code == 200
    assert Report.objects.count() == 1
