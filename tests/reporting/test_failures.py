"""When it was not stored the page says so, keeps the words, and gives the number."""

from unittest import mock

import pytest
from django.db import DatabaseError, OperationalError, connection

from himaya.packs.loader import current
from himaya.reporting import spool
from himaya.reporting.models import Report
from himaya.reporting.public import send as sending
from himaya.vault.errors import KeyNotTrusted
from himaya.vault.models import DeskEpoch
from tests.factories.desks import make_desks
from tests.factories.visitor import Visitor

pytestmark = pytest.mark.django_db
PHONE = next(line.address for line in current().channels if line.kind == "hotline")


@pytest.fixture(autouse=True)
def no_disk(monkeypatch) -> None:
    """The disk, on which reports may wait for the database, takes nothing either."""
    monkeypatch.setattr(spool, "put", mock.Mock(side_effect=OSError(28, "full")))


def at_the_last_page(visitor: Visitor) -> Visitor:
    return visitor.begin().press("report", story="canary words").press("report")


def says_that_nothing_was_stored(visitor: Visitor) -> bool:
    page = visitor.response.content.decode()
    return (
        visitor.response.status_code == 503
        and "This was not stored." in visitor.page.text
        and "canary words" in visitor.page.text
        and PHONE in visitor.page.text
        and 'class="receipt"' not in page
    )


@pytest.mark.django_db(transaction=True)
def test_an_error_at_commit_is_not_a_receipt(reporters_site):
    """The database says no at the very end, when all statements have passed."""
    make_desks()
    visitor = at_the_last_page(Visitor())

    with mock.patch.object(connection, "_commit", side_effect=OperationalError("disk is full")):
        visitor.press("report")

    assert says_that_nothing_was_stored(visitor)
    assert Report.objects.count() == 0


@pytest.mark.parametrize(
    "fault",
    [
        OperationalError("the connection was lost"),
        DatabaseError("the disk is full"),
        KeyNotTrusted(desk="some desk"),
    ],
)
def test_any_failure_to_store_is_said_and_the_next_press_succeeds(visitor, intake, fault):
    at_the_last_page(visitor)
    with mock.patch.object(sending, "submit", side_effect=fault):
        visitor.press("report")
    assert says_that_nothing_was_stored(visitor)

    visitor.press("report")

    assert visitor.receipt
    assert Report.objects.count() == 1


def test_a_desk_key_that_the_registrar_did_not_sign_is_never_sealed_to(visitor, intake):
    DeskEpoch.objects.filter(desk__code="pp_intake").update(signature=b"\x00" * 64)

    at_the_last_page(visitor).press("report")

    assert says_that_nothing_was_stored(visitor)
    assert Report.objects.count() == 0


def test_a_bug_promises_nothing(visitor, intake):
    at_the_last_page(visitor)

    with mock.patch.object(sending, "submit", side_effect=RuntimeError("canary words")):
        visitor.press("report")

    assert visitor.response.status_code == 500
    assert "Nothing from the last page was stored" in visitor.page.text
    assert PHONE in visitor.page.text
    assert "canary words" not in visitor.page.text


@pytest.mark.parametrize("path", ["/", "/1", "/5", "/9"])
def test_the_first_pages_are_there_while_the_database_is_not(reporters_site, path):
    visitor = Visitor()
    with mock.patch.object(connection, "cursor", side_effect=OperationalError("away")):
        response = visitor.client.get(path)

    assert response.status_code == 200
    assert PHONE in response.content.decode()


def test_looking_for_a_reply_fails_plainly(visitor, intake):
    number = visitor.send(story="Words.").receipt
    visitor.get("/5")

    with mock.patch(
        "himaya.reporting.public.reply.conversation_of", side_effect=OperationalError("away")
    ):
        visitor.press("reply", number=number)

    assert visitor.response.status_code == 503
    assert "This does not work now." in visitor.page.text
    assert "no message" not in visitor.page.text


def test_a_message_that_was_not_stored_stays_on_the_page(visitor, intake):
    number = visitor.send(story="Words.").receipt
    visitor.get("/5").press("reply", number=number)

    with mock.patch(
        "himaya.reporting.public.reply.write_again", side_effect=OperationalError("away")
    ):
        visitor.press("message", message="canary words")

    assert visitor.response.status_code == 503
    assert "This was not stored." in visitor.page.text
    assert visitor.page.forms["message"].fields["message"] == ["canary words"]
